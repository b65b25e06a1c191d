"""Why something with a contribution is refused."""

from flask_babel import lazy_gettext as _

from app.errors import DomainError


class ReasonMissing(DomainError):
    message = _("Bitte nennen Sie den Grund. Er wird veröffentlicht.")


class ReceiptUnknown(DomainError):
    message = _("Zu dieser Belegnummer gibt es keinen Beitrag. Bitte vergleichen Sie jedes Zeichen.")


class NotReleased(DomainError):
    message = _("Nur veröffentlichte Beiträge lassen sich zusammenführen und entscheiden.")


class AnswerMissing(DomainError):
    message = _("Zu jeder Entscheidung gehört eine öffentliche Antwort.")


class ReceiverMissing(DomainError):
    message = _("Schreiben Sie dazu, an wen Sie den Vorschlag weitergeleitet haben.")


class ResultMissing(DomainError):
    message = _("Sagen Sie, welches Ziel oder welche Maßnahme daraus wird.")


class DecisionReleased(DomainError):
    message = _("Diese Entscheidung ist schon freigegeben.")


class SecondPersonNeeded(DomainError):
    message = _("Eine Antwort gibt immer eine zweite Person frei. Bitten Sie jemanden aus Organisation oder Redaktion.")


class ConsentMissing(DomainError):
    message = _("Ohne Ihre Einwilligung dürfen wir Ihnen nicht schreiben.")
