"""Why something about a condensation is refused."""

from flask_babel import lazy_gettext as _

from app.errors import DomainError


class NothingMarked(DomainError):
    message = _("Markieren Sie mindestens einen Satz: Aus ihm entsteht die gemeinsame Formulierung.")


class CondensationDecided(DomainError):
    message = _("Über diese Zusammenführung ist schon entschieden. Ihr Wortlaut bleibt, wie er ist.")
