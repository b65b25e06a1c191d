"""Why something with a paper or a meeting is refused."""

from flask_babel import lazy_gettext as _

from app.errors import DomainError


class SlugTaken(DomainError):
    message = _("Diese Adresse ist schon vergeben.")


class NumberTaken(DomainError):
    message = _("Diese Drucksachen-Nummer hat schon eine andere Vorlage.")


class PaperSent(DomainError):
    message = _("Diese Vorlage ist versandt. Sie und ihre Anlagen ändern sich nicht mehr.")


class PaperNotSent(DomainError):
    message = _("Diese Vorlage ist noch nicht versandt. Einen Beschluss gibt es erst zu einer versandten Vorlage.")


class PaperChanged(DomainError):
    message = _("Jemand anders hat diese Vorlage inzwischen geändert.")


class AnotherText(DomainError):
    message = _("Dieser Text gehört nicht zu dieser Vorlage.")


class AnotherBody(DomainError):
    message = _("Diese Sitzung gehört zu einem anderen Gremium.")


class BodyDissolved(DomainError):
    message = _("Dieses Gremium gibt es an diesem Tag nicht mehr.")


class EndsBeforeStart(DomainError):
    message = _("Die Sitzung endet, bevor sie anfängt.")


class MeetingCancelled(DomainError):
    message = _("Diese Sitzung ist abgesagt.")
