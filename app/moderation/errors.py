"""Why something in moderation is refused."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.errors import DomainError
from app.proposals.models import STATE_LABELS, Proposal


class DecidedMeanwhile(DomainError):
    """Somebody else was faster."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(
            gettext(
                "%(reference)s hat inzwischen jemand anderes bearbeitet: %(state)s. Bitte lesen Sie den neuen Stand.",
                reference=proposal.reference,
                state=STATE_LABELS[proposal.state],
            )
        )


class NothingToUndo(DomainError):
    message = _("Dieser Schritt lässt sich nicht mehr zurücknehmen. Das geht zehn Minuten lang und nur beim letzten.")


class AlreadyUsed(DomainError):
    message = _("Der Beitrag ist schon zusammengeführt oder entschieden. Sie können ihn noch zurückhalten.")


class ReferredAlready(DomainError):
    message = _("Der Beitrag liegt schon bei einem Arbeitskreis. Sie können ihn noch zurückhalten.")


class PassageUnknown(DomainError):
    """What was to be blackened stands nowhere."""

    def __init__(self, words: str) -> None:
        super().__init__(
            gettext("„%(words)s“ steht so nicht im Beitrag. Bitte schreiben Sie es Zeichen für Zeichen.", words=words)
        )


class NothingToAppeal(DomainError):
    message = _("Dagegen können Sie keine Beschwerde mehr einlegen: Es ist schon geprüft, oder die Frist ist vorbei.")


class WithdrawnMeanwhile(DomainError):
    message = _(
        "Der Beitrag ist inzwischen zurückgezogen, niemand liest ihn mehr. "
        "Lehnen Sie die Beschwerde ab und schreiben Sie das dazu."
    )


class AppealOpen(DomainError):
    message = _("Ihre Beschwerde ist schon da. Jemand anderes als zuvor liest sie.")


class AlreadyAnswered(DomainError):
    message = _("Darauf hat inzwischen jemand geantwortet. Bitte laden Sie die Seite neu.")


class NotDoneYet(DomainError):
    message = _("Das ist noch nicht geschehen. Handeln Sie zuerst, dann antworten Sie.")


class Overruled(DomainError):
    message = _(
        "Eine zweite Person hat Ihre Entscheidung nach einer Beschwerde geändert. Das entscheidet jemand anders."
    )
