"""Why something with a decision or an answer is refused."""

from flask_babel import lazy_gettext as _

from app.errors import DomainError


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
