"""Why something with an account is refused."""

from flask_babel import lazy_gettext as _

from app.errors import DomainError


class EmailTaken(DomainError):
    message = _("Zu dieser E-Mail-Adresse gibt es schon ein Konto.")


class AccountClosed(DomainError):
    message = _("Dieses Konto ist geschlossen.")


class LastAdmin(DomainError):
    message = _("Das ist das letzte Konto, das Konten verwalten darf. Geben Sie dieses Recht erst einem anderen Konto.")
