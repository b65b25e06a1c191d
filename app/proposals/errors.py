"""Why something with a contribution is refused."""

from flask_babel import lazy_gettext as _

from app.errors import DomainError


class ReceiptUnknown(DomainError):
    message = _("Zu dieser Belegnummer gibt es keinen Beitrag. Bitte vergleichen Sie jedes Zeichen.")


class NotReleased(DomainError):
    message = _("Nur veröffentlichte Beiträge lassen sich zusammenführen und entscheiden.")


class ConsentMissing(DomainError):
    message = _("Ohne Ihre Einwilligung dürfen wir Ihnen nicht schreiben.")


class TextTooLong(DomainError):
    message = _("Ein Beitrag hat höchstens 20.000 Zeichen. Bitte teilen Sie ihn auf.")


class TooManyFiles(DomainError):
    message = _("Zu einem Beitrag gehören höchstens fünf Dateien.")


class NotRepresenting(DomainError):
    message = _("Für diese Organisation dürfen Sie nicht schreiben. Wer das darf, steht beim Amt.")


class DraftGone(DomainError):
    message = _("Diesen Entwurf gibt es nicht mehr: Er ist gesendet, gelöscht oder älter als 30 Tage.")


class DraftTooLong(DomainError):
    message = _("Das ist zu lang zum Aufheben. Bitte bleiben Sie unter 20.000 Zeichen.")
