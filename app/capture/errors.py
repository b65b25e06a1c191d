"""Why something about a table is refused."""

from flask_babel import lazy_gettext as _

from app.errors import DomainError


class AlreadyReviewed(DomainError):
    message = _("Dieser Beitrag ist schon geprüft. Er lässt sich hier nicht mehr zurücknehmen.")
