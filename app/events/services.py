"""What can be done with events and their tables.

Changing, cancelling and resizing an event concern those who are registered: app.registrations.services does these
and calls what stands here.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict, Unpack, cast

from sqlalchemy.exc import IntegrityError

from app.accounts.models import Account
from app.audit import log
from app.concept.models import Section
from app.council.models import Meeting
from app.db import db, lock, now, transactional
from app.events.errors import ClosesTooLate, EndsTooEarly, EventCancelled, TableInUse, TableNumberTaken
from app.events.models import Event, EventKind, EventSection, ThemeTable
from app.structures.models import Municipality, Organization


class EventFields(TypedDict, total=False):
    """What organisers say about an event and may say anew. Whatever is left out stays as it is."""

    title: str
    kind: EventKind
    starts_at: datetime
    ends_at: datetime
    is_all_day: bool
    registration_closes_at: datetime
    place: str
    address: str
    municipality: Municipality | None
    organization: Organization | None
    meeting: Meeting | None
    summary: str
    guiding_question: str
    accessibility: str
    offers: list[str]
    sections: Sequence[Section]


class TableFields(TypedDict, total=False):
    title: str
    number: int
    section: Section | None
    capacity: int | None
    languages: list[str]
    note: str


MOVING = frozenset({"starts_at", "ends_at", "is_all_day", "place", "address", "municipality"})
SHOWN_IN_CALENDARS = MOVING | {"title", "summary", "sections", "organization"}


@transactional
def create_event(
    *, capacity: int | None = None, is_example: bool = False, by: Account | None = None, **fields: Unpack[EventFields]
) -> Event:
    """A planned event, not public yet. Registration closes when it starts, unless said otherwise.

    Raises EndsTooEarly or ClosesTooLate.
    """
    sections = fields.pop("sections", ())
    fields.setdefault("registration_closes_at", fields["starts_at"])
    event = Event(capacity=capacity, is_example=is_example, **fields)
    event.sections = [EventSection(section=section) for section in sections]
    _check_times(event)
    db.session.add(event)
    log.record("events.create", event, by=by)
    return event


@transactional
def change_event(event: Event, *, by: Account | None, **fields: Unpack[EventFields]) -> frozenset[str]:
    """Which fields changed. Calendars learn of another time or place by a higher SEQUENCE (RFC 5545, 3.8.7.4).

    Raises EventCancelled, EndsTooEarly or ClosesTooLate.
    """
    event = lock(event)
    if event.is_cancelled:
        raise EventCancelled
    changed = frozenset(name for name, value in fields.items() if _differs(event, name, value))
    for name in changed - {"sections"}:
        setattr(event, name, fields[name])  # type: ignore[literal-required]
    if "sections" in changed:
        _set_sections(event, fields["sections"])
    _check_times(event)
    if changed & SHOWN_IN_CALENDARS:
        event.revise(now(), moved=bool(changed & MOVING))
    if changed:
        log.record("events.change", event, by=by, fields=sorted(changed))
    return changed


@transactional
def publish(event: Event, *, by: Account | None) -> None:
    """From now on everyone sees it and may register. Raises InvalidTransition unless it is planned."""
    event = lock(event)
    event.publish(now())
    log.record("events.publish", event, by=by)


@transactional
def cancel_event(event: Event, *, by: Account | None) -> None:
    """It does not take place. Raises InvalidTransition unless it is open."""
    event = lock(event)
    event.cancel(now())
    log.record("events.cancel", event, by=by)


@transactional
def add_table(event: Event, *, by: Account | None, **fields: Unpack[TableFields]) -> ThemeTable:
    """With the next number, unless another is given. Raises TableNumberTaken."""
    event = lock(event)
    numbers = {table.number for table in event.tables}
    number = fields.setdefault("number", max(numbers, default=0) + 1)
    if number in numbers:
        raise TableNumberTaken
    table = ThemeTable(event=event, **fields)
    db.session.add(table)
    log.record("events.add_table", table, by=by)
    return table


@transactional
def change_table(table: ThemeTable, *, by: Account | None, **fields: Unpack[TableFields]) -> None:
    """Raise TableNumberTaken when another table of the event has the number."""
    event = lock(table.event)
    if fields.get("number") in {other.number for other in event.tables if other.id != table.id}:
        raise TableNumberTaken
    for name, value in fields.items():
        setattr(table, name, value)
    log.record("events.change_table", table, by=by, fields=list(fields))


@transactional
def remove_table(table: ThemeTable, *, by: Account | None) -> None:
    """Raise TableInUse when somebody chose it or something was said at it."""
    lock(table.event)
    log.record("events.remove_table", table, by=by)
    db.session.delete(table)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise TableInUse from error


def _differs(event: Event, name: str, value: object) -> bool:
    if name == "sections":
        return {each.section for each in event.sections} != set(cast("Sequence[Section]", value))
    return bool(getattr(event, name) != value)


def _set_sections(event: Event, sections: Sequence[Section]) -> None:
    for each in list(event.sections):
        if each.section not in sections:
            event.sections.remove(each)
            db.session.delete(each)
    kept = {each.section for each in event.sections}
    event.sections.extend(EventSection(section=section) for section in sections if section not in kept)


def _check_times(event: Event) -> None:
    if event.starts_at >= event.ends_at:
        raise EndsTooEarly
    if event.registration_closes_at > event.ends_at:
        raise ClosesTooLate
