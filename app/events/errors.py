"""Why something with an event is refused."""

from flask_babel import lazy_gettext as _

from app.errors import DomainError


class EndsTooEarly(DomainError):
    message = _("Das Ende muss nach dem Anfang liegen.")


class ClosesTooLate(DomainError):
    message = _("Die Anmeldung kann nicht länger offen sein, als die Veranstaltung dauert.")


class EventCancelled(DomainError):
    message = _("Diese Veranstaltung ist abgesagt. Es lässt sich nichts mehr daran ändern.")


class TableNumberTaken(DomainError):
    message = _("Diese Nummer hat schon ein anderer Tisch.")


class TableInUse(DomainError):
    message = _("An diesem Tisch wurde schon etwas gesagt, oder jemand hat ihn gewählt. Er bleibt deshalb stehen.")
