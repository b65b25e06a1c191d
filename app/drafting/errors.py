"""Why something with a suggestion is refused."""

from flask_babel import lazy_gettext as _

from app.errors import DomainError


class HearingOver(DomainError):
    message = _("Gerade liegt kein Entwurf aus, zu dem Sie etwas anregen könnten.")


class NotAsked(DomainError):
    message = _("Um Stellungnahme gebeten sind diesmal nur bestimmte Gremien und Partner.")


class WordsMissing(DomainError):
    message = _("Schreiben Sie, was dort stehen soll.")


class SameWords(DomainError):
    message = _("So steht es schon da. Schreiben Sie, was anders sein soll.")


class AlreadyAnswered(DomainError):
    message = _("Zurückziehen lässt sich nur, was noch offen ist. Ihre Anregung ist schon beantwortet.")


class NotLookedAt(DomainError):
    message = _("Entscheiden lässt sich erst, was veröffentlicht ist.")


class StillTheSame(DomainError):
    """Nothing was taken in: the text is still the one the suggestion was made to."""

    message = _(
        "Der Wortlaut ist noch derselbe, es ist also nichts eingearbeitet. Öffnen Sie die Anregung dafür einzeln."
    )
