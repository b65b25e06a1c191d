"""What organisers say about an event, and say anew."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict, Unpack, cast

from app.accounts.models import Account
from app.audit import log
from app.concept.models import Measure, Section
from app.council.models import Meeting
from app.db import db, lock, now, transactional
from app.events.errors import EventCancelled
from app.events.models import AttendanceMode, Event, EventKind, EventSeries, TableChoice, TeamMember
from app.events.services.attachments import ATTACHED, attach, differs
from app.events.services.times import check_times, move_along
from app.structures.models import Municipality, Organization


class EventFields(TypedDict, total=False):
    """What organisers say about an event and may say anew. Whatever is left out stays as it is."""

    title: str
    motto: str
    kind: EventKind
    format: str
    series: EventSeries | None
    starts_at: datetime
    ends_at: datetime
    is_all_day: bool
    registration_opens_at: datetime | None
    registration_closes_at: datetime
    changes_until: datetime | None
    attendance_mode: AttendanceMode
    place: str
    address: str
    latitude: float | None
    longitude: float | None
    online_address: str
    municipality: Municipality | None
    organization: Organization | None
    contact: str
    meeting: Meeting | None
    summary: str
    guiding_question: str
    accessibility: str
    offers: list[str]
    requires_approval: bool
    is_by_invitation: bool
    hold_hours: int
    offer_hours: int
    offers_stop_hours: int
    table_choice: TableChoice
    table_rounds: int
    sections: Sequence[Section]
    measures: Sequence[Measure]
    bodies: Sequence[Organization]
    municipalities: Sequence[Municipality]


# Another time or place, as calendars count it
MOVING = frozenset({"starts_at", "ends_at", "is_all_day", "place", "address", "municipality", "attendance_mode"})
# Those who are registered hear of it
TOLD = MOVING | {"online_address"}
SHOWN_IN_CALENDARS = MOVING | {"title", "summary", "sections", "organization", "latitude", "longitude"}


@transactional
def create_event(
    *,
    capacity: int | None = None,
    online_capacity: int | None = None,
    is_example: bool = False,
    by: Account | None = None,
    **fields: Unpack[EventFields],
) -> Event:
    """A planned event, not public yet; whoever creates it is in its team.

    Registration closes when it starts, unless said otherwise. Raises what `check_times` raises.
    """
    fields.setdefault("registration_closes_at", fields["starts_at"])
    own = {name: value for name, value in fields.items() if name not in ATTACHED}
    event = Event(capacity=capacity, online_capacity=online_capacity, is_example=is_example, **own)
    for name in ATTACHED.keys() & fields.keys():
        attach(event, name, cast("dict[str, object]", fields)[name])
    if by is not None:
        event.team = [TeamMember(account=by)]
    check_times(event)
    db.session.add(event)
    log.record("events.create", event, by=by)
    return event


@transactional
def change_event(event: Event, *, by: Account | None, **fields: Unpack[EventFields]) -> frozenset[str]:
    """Which fields changed. Calendars learn of another time or place by a higher SEQUENCE (RFC 5545, 3.8.7.4).

    Where the programme no longer fits, it moves with the start. Raises EventCancelled, what `check_times` raises,
    or OutsideTheEvent.
    """
    event = lock(event)
    if event.is_cancelled:
        raise EventCancelled
    changed = frozenset(name for name, value in fields.items() if _differs(event, name, value))
    before = event.starts_at
    for name in changed:
        _set(event, name, cast("dict[str, object]", fields)[name])
    check_times(event)
    move_along(event, event.starts_at - before)
    if changed & SHOWN_IN_CALENDARS:
        event.revise(now(), moved=bool(changed & MOVING))
    if changed:
        log.record("events.change", event, by=by, fields=sorted(changed))
    return changed


def _differs(event: Event, name: str, value: object) -> bool:
    return differs(event, name, value) if name in ATTACHED else bool(getattr(event, name) != value)


def _set(event: Event, name: str, value: object) -> None:
    if name in ATTACHED:
        attach(event, name, value)
    else:
        setattr(event, name, value)
