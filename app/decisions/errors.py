"""Why something with a decision or an answer is refused."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from app.errors import DomainError


class ReceiverMissing(DomainError):
    message = _("Schreiben Sie dazu, an wen Sie den Vorschlag weitergeleitet haben.")


class ResultMissing(DomainError):
    message = _("Sagen Sie, welches Ziel oder welche Maßnahme daraus wird.")


class DecisionReleased(DomainError):
    message = _("Diese Entscheidung ist schon freigegeben.")


class AnswerChanged(DomainError):
    message = _("Diese Antwort wurde gerade neu gefasst. Bitte lesen Sie sie noch einmal, bevor Sie sie freigeben.")


class StepNotPossible(DomainError):
    message = _("Dieser Schritt ist im jetzigen Stand nicht möglich.")


class AlreadyReferred(DomainError):
    message = _("Das liegt schon bei diesem Arbeitskreis.")


class AlreadyReturned(DomainError):
    message = _("Das liegt nicht mehr bei diesem Arbeitskreis.")


class Outdated(DomainError):
    message = _("Zu dieser Sache gibt es eine neuere Antwort. Geben Sie die neue frei.")


class WordingReplaced(Outdated):
    message = _("Die Formulierung ist neu gefasst, seit diese Antwort geschrieben wurde. Bitte entscheiden Sie neu.")


class ObjectionOpen(DomainError):
    message = _(
        "Jemand hat der gemeinsamen Formulierung widersprochen. Schreiben Sie dazu, warum Sie jetzt entscheiden."
    )


class MunicipalityMissing(DomainError):
    message = _("Wählen Sie die Gemeinde aus, an die Sie weiterleiten.")


class NothingToRelease(DomainError):
    message = _("Hier wartet keine Antwort, die Sie freigeben können.")


class MeetingRefused(DomainError):
    """Nothing of a meeting was decided, as some of it was refused; `refusals` says why, by place in the list."""

    def __init__(self, refusals: Mapping[int, str]) -> None:
        super().__init__(_("Es ist nichts entschieden: Einzelne Punkte gehen so nicht."))
        self.refusals = refusals
