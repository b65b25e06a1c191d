"""Why something with a comment is refused."""

from flask_babel import lazy_gettext as _

from app.errors import DomainError


class NotOpen(DomainError):
    message = _("Dazu lässt sich nichts mehr schreiben: Der Beitrag oder der Kommentar ist nicht mehr öffentlich.")
