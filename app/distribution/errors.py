"""Why something with printing or sending is refused."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.errors import DomainError


class NotDelivered(DomainError):
    message = _("Die Hefte sind noch nicht geliefert. Tragen Sie zuerst die Lieferung ein.")


class AlreadyDelivered(DomainError):
    message = _("Die Lieferung ist schon eingetragen. Bestand und Versand bauen darauf auf.")


class TooFewLeft(DomainError):
    def __init__(self, wanted: int, left: int) -> None:
        super().__init__(
            gettext("Es sind noch %(left)s Exemplare da, gebraucht werden %(wanted)s.", left=left, wanted=wanted)
        )


class NobodyChosen(DomainError):
    message = _("Wählen Sie mindestens eine Adresse, die noch kein Exemplar bekommen hat.")


class OffTheList(DomainError):
    message = _("Diese Adresse steht nicht mehr im Verteiler.")


class TakenBack(DomainError):
    message = _("Dieser Versand ist schon zurückgenommen.")


class GroupExists(DomainError):
    message = _("Eine Gruppe mit diesem Namen gibt es schon.")


class AlreadyPresented(DomainError):
    message = _("Bei dieser Veranstaltung wird schon eine Fassung vorgestellt.")
