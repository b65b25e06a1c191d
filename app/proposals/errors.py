"""Why something with a contribution is refused."""

from flask_babel import lazy_gettext as _

from app.errors import DomainError


class ReasonMissing(DomainError):
    message = _("Bitte nennen Sie den Grund. Er wird veröffentlicht.")


class ReceiptUnknown(DomainError):
    message = _("Zu dieser Belegnummer gibt es keinen Beitrag. Bitte vergleichen Sie jedes Zeichen.")


class NotReleased(DomainError):
    message = _("Nur veröffentlichte Beiträge lassen sich zusammenführen und entscheiden.")


class ConsentMissing(DomainError):
    message = _("Ohne Ihre Einwilligung dürfen wir Ihnen nicht schreiben.")
