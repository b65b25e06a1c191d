"""Errors of the domain: each message is German text a citizen may read."""

from flask_babel import lazy_gettext as _


class DomainError(Exception):
    """Something is not possible now; `message` says why and what can be done instead."""

    message = _("Das ist gerade nicht möglich.")

    def __init__(self, message: str | None = None) -> None:
        super().__init__()
        if message is not None:
            self.message = message

    def __str__(self) -> str:
        return str(self.message)


class InvalidTransition(DomainError):
    message = _("Dieser Schritt ist im jetzigen Stand nicht mehr möglich. Bitte laden Sie die Seite neu.")


class ReasonMissing(DomainError):
    message = _("Bitte nennen Sie den Grund. Er wird veröffentlicht.")


class AnswerMissing(DomainError):
    message = _("Bitte schreiben Sie eine Antwort.")


class SecondPersonNeeded(DomainError):
    message = _("Das entscheidet immer eine zweite Person. Bitten Sie jemand anderes.")


class DoneMeanwhile(DomainError):
    message = _("Das hat gerade jemand anderes auch angelegt. Bitte laden Sie die Seite neu und sehen Sie nach.")


class GoneMeanwhile(DomainError):
    message = _("Das hat gerade jemand anderes herausgenommen. Bitte laden Sie die Seite neu und sehen Sie nach.")


class LinkInvalid(DomainError):
    message = _("Dieser Link gilt nicht mehr. Bitte fordern Sie einen neuen an.")


class LinkUsed(DomainError):
    message = _("Dieser Link wurde schon benutzt. Bitte fordern Sie einen neuen an.")
