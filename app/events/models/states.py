"""Where an event stands: what organisers say (EventStatus) and what people see (EventState)."""

from enum import StrEnum

from flask_babel import lazy_gettext as _


class EventStatus(StrEnum):
    """What the organisers say; full and past follow from the rows and the clock."""

    PLANNED = "planned"  # not public yet
    OPEN = "open"
    CLOSED = "closed"  # takes place, but nobody registers any more
    POSTPONED = "postponed"  # does not take place at its time; a new one follows
    CANCELLED = "cancelled"


S = EventStatus
# Which status may follow which; every step has a service that tells those it concerns.
TRANSITIONS: dict[EventStatus, frozenset[EventStatus]] = {
    S.PLANNED: frozenset({S.OPEN}),
    S.OPEN: frozenset({S.CLOSED, S.POSTPONED, S.CANCELLED}),
    S.CLOSED: frozenset({S.OPEN, S.POSTPONED, S.CANCELLED}),
    S.POSTPONED: frozenset({S.OPEN, S.CANCELLED}),
    S.CANCELLED: frozenset(),
}
# Those that calendars show differently (RFC 5545, 3.8.1.11); open or closed is one to them, it takes place.
SHOWN_BY_CALENDARS = frozenset({S.POSTPONED, S.CANCELLED})


class EventState(StrEnum):
    """What people see: from the status, the clock and the places that are taken."""

    PLANNED = "planned"
    NOT_OPEN_YET = "not_open_yet"
    OPEN = "open"
    FULL = "full"  # the waiting list is open
    CLOSED = "closed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    OVER = "over"


STATE_LABELS = {
    EventState.PLANNED: _("geplant"),
    EventState.NOT_OPEN_YET: _("öffnet bald"),
    EventState.OPEN: _("offen"),
    EventState.FULL: _("ausgebucht"),
    EventState.CLOSED: _("geschlossen"),
    EventState.POSTPONED: _("verschoben"),
    EventState.CANCELLED: _("fällt aus"),
    EventState.OVER: _("vorbei"),
}
# Said beside the title wherever an event stands in a list, with the tone of the tag
STATE_TONES = {
    EventState.FULL: "warning",
    EventState.CLOSED: "neutral",
    EventState.POSTPONED: "warning",
    EventState.CANCELLED: "danger",
}
