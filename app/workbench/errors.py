"""Why something about a condensation is refused."""

from flask_babel import lazy_gettext as _

from app.errors import DomainError


class NothingMarked(DomainError):
    message = _("Markieren Sie mindestens einen Satz: Aus ihm entsteht die gemeinsame Formulierung.")


class CondensationDecided(DomainError):
    message = _("Über diese Zusammenführung ist schon entschieden. Ihr Wortlaut bleibt, wie er ist.")


class CondensedAlready(DomainError):
    message = _("Diese Formulierung aus genau diesen Stellen gibt es schon.")


class CondensationEnded(DomainError):
    message = _("Diese Zusammenführung ist schon aufgelöst oder aufgeteilt.")


class WordingChanged(DomainError):
    message = _("Der Wortlaut hat sich inzwischen geändert. Lesen Sie ihn bitte noch einmal.")


class TooFewParts(DomainError):
    message = _("Zum Aufteilen braucht es mindestens zwei Formulierungen.")


class PassagesLeft(DomainError):
    message = _("Jede Stelle gehört in mindestens einen Teil. Ordnen Sie auch die übrigen zu.")


class NoneOfYourWords(DomainError):
    message = _("In diese Formulierung ist nichts aus Ihrem Beitrag eingeflossen.")


class ObjectionTooLate(DomainError):
    message = _("Die Frist für einen Einspruch ist vorbei. Schreiben Sie uns trotzdem, wenn etwas nicht stimmt.")


class ObjectedAlready(DomainError):
    message = _("Ihr Einspruch zu diesem Wortlaut ist schon da. Wir antworten Ihnen.")


class ObjectionAnswered(DomainError):
    message = _("Dieser Einspruch ist schon beantwortet.")
