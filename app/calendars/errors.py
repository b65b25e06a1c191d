"""Why a personal calendar is refused."""

from flask_babel import lazy_gettext as _

from app.errors import DomainError


class TooManyFeeds(DomainError):
    message = _("Mehr Adressen für Ihren Kalender gibt es nicht. Beenden Sie zuerst eine, die Sie nicht mehr brauchen.")
