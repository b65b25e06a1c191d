"""Why the demo is refused."""

from flask_babel import lazy_gettext as _

from app.errors import DomainError


class DatabaseNotEmpty(DomainError):
    message = _("In dieser Datenbank steht schon etwas; die Demo gehört in eine leere.")
