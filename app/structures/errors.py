"""Why something with a structure is refused."""

from flask_babel import lazy_gettext as _

from app.errors import DomainError


class SlugTaken(DomainError):
    message = _("Diese Adresse hat schon eine andere Organisation.")


class AlreadyDissolved(DomainError):
    message = _(
        "Diese Organisation ist schon aufgelöst. Was sie getan hat, bleibt lesbar, und es kommt nichts mehr dazu."
    )


class MunicipalityThere(DomainError):
    message = _("Eine Stadt oder Gemeinde mit diesem Schlüssel gibt es schon.")


class NotPlanned(DomainError):
    message = _("Diese Organisation ist nicht mehr in Planung: Sie ist schon gegründet.")


class EndsBeforeFounding(DomainError):
    message = _("Die Auflösung liegt vor der Gründung.")


class EndUnknown(DomainError):
    message = _("Geben Sie an, wann die Organisation aufgelöst wird: ein Tag, ein Monat oder ein Jahr.")


class SuccessorUnfit(DomainError):
    message = _("Nachfolge kann nur eine andere Organisation sein, die es noch gibt.")


class LeadUnfit(DomainError):
    message = _("Eine Organisation kann sich nicht selbst leiten.")


class ParentUnfit(DomainError):
    message = _("Eine Organisation kann nicht zu sich selbst oder zu einer gehören, die unter ihr steht.")


class NoMandate(DomainError):
    message = _("Einladen kann nur, wer selbst für diese Organisation handelt.")


class TooManyInvitations(DomainError):
    message = _(
        "Es sind schon zwanzig Einladungen offen. Warten Sie, bis jemand antwortet, oder ziehen Sie eine zurück."
    )


class MandateHeld(DomainError):
    message = _("Dieses Konto handelt schon für diese Organisation.")
