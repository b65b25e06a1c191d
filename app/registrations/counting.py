"""How many persons hold what, counted from the rows: one attendee each. Nowhere is a number kept."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, false, func, literal, select, union_all
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.db import db
from app.events.models import AttendanceMode, Event, ProgrammeItem, ThemeTable
from app.registrations.models import (
    OCCUPYING,
    Attendee,
    Booking,
    BookingStatus,
    Question,
    QuestionOption,
    Registration,
    RegistrationStatus,
    Thing,
    ThingKind,
)
from app.registrations.models.things import thing_of

S = RegistrationStatus
K = ThingKind


class Counts(NamedTuple):
    """Persons; for an option that counts each party once, parties.

    `held`: not confirmed yet, or offered; `waiting`: confirmed or not; `beyond`: of those with a place, the ones
    an organiser let in although it was full.
    """

    confirmed: int = 0
    held: int = 0
    waiting: int = 0
    requested: int = 0
    beyond: int = 0

    @property
    def taken(self) -> int:
        return self.confirmed + self.held


class Titled(NamedTuple):
    thing: Thing
    title: str
    capacity: int | None


NONE = Counts()
FIELD_OF = {S.CONFIRMED: "confirmed", S.HELD: "held", S.OFFERED: "held", S.WAITING: "waiting", S.REQUESTED: "requested"}


ByThing = dict[Thing, Counts]


def counted(event_ids: Collection[int]) -> dict[int, ByThing]:
    """By event and thing; what nobody asked for is left out. Two queries, whatever the number of things."""
    at_events, at_choices = counted_at_events(event_ids), counted_at_choices(event_ids)
    return {event_id: at_events[event_id] | at_choices[event_id] for event_id in event_ids}


def counted_at_events(event_ids: Collection[int]) -> dict[int, ByThing]:
    """Only the events themselves and their online parts. One query."""
    sums = _Sums()
    for event_id, is_online, status, is_beyond, persons in db.session.execute(_parties(event_ids)):
        thing = Thing(K.ONLINE if is_online else K.EVENT, event_id)
        sums.add(event_id, thing, FIELD_OF[status], persons, is_beyond=is_beyond and status in OCCUPYING)
    return sums.by_event(event_ids)


def counted_at_choices(event_ids: Collection[int]) -> dict[int, ByThing]:
    """Only tables, items and options. One query."""
    sums = _Sums()
    for event_id, *what, status, booked, is_beyond, persons in db.session.execute(_bookings(event_ids)):
        is_booked = booked is BookingStatus.BOOKED
        name = FIELD_OF[status] if is_booked else "waiting"
        sums.add(event_id, thing_of(*what), name, persons, is_beyond=is_beyond and is_booked)
    return sums.by_event(event_ids)


def capacities(event: Event) -> dict[Thing, int | None]:
    """Of all that is scarce at an event; None: no limit. One query."""
    found = {Thing(K.EVENT, event.id): event.capacity}
    if event.attendance_mode is AttendanceMode.HYBRID:
        found[Thing(K.ONLINE, event.id)] = event.online_capacity
    return found | {each.thing: each.capacity for each in titles([event.id])[event.id]}


def titles(event_ids: Collection[int]) -> dict[int, list[Titled]]:
    """All tables, bookable items and options of each event, with what they are called. One query."""
    found: dict[int, list[Titled]] = {event_id: [] for event_id in event_ids}
    statement = union_all(
        select(literal(K.TABLE.value), ThemeTable.event_id, ThemeTable.id, ThemeTable.title, ThemeTable.capacity),
        select(
            literal(K.ITEM.value),
            ProgrammeItem.event_id,
            ProgrammeItem.id,
            ProgrammeItem.title,
            ProgrammeItem.capacity,
        ).where(ProgrammeItem.is_bookable),
        select(
            literal(K.OPTION.value),
            Question.event_id,
            QuestionOption.id,
            QuestionOption.label,
            QuestionOption.capacity,
        ).join_from(QuestionOption, Question),
    ).subquery()
    kind, event_id, row_id, title, capacity = statement.c
    rows = select(kind, event_id, row_id, title, capacity).where(event_id.in_(event_ids)).order_by(kind, row_id)
    for each in db.session.execute(rows):
        found[each[1]].append(Titled(Thing(K(each[0]), each[2]), each[3], each[4]))
    return found


def lines(event_id: int) -> dict[Thing, list[Registration | Booking]]:
    """Who stands in which queue, in order: parties for the event; bookings of confirmed parties for everything else.

    Read afresh: what the session knew from before the lock may be out of date.
    """
    found: dict[Thing, list[Registration | Booking]] = defaultdict(list)
    claims: list[Registration | Booking] = [*_parties_in_line(event_id), *_bookings_in_line(event_id)]
    for claim in claims:
        found[claim.thing].append(claim)
    return found


def is_in_line() -> ColumnElement[bool]:
    """A party waits for the event and has confirmed."""
    return and_(Registration.status == S.WAITING, Registration.confirmed_at.is_not(None))


def count_with_code(code_id: int, *, but: int | None = None) -> int:
    """Persons who came by an invitation code and did not leave, `but` for one registration."""
    statement = (
        select(func.count(Attendee.id))
        .join(Registration)
        .where(Registration.invitation_code_id == code_id, Registration.status.in_(FIELD_OF))
    )
    if but is not None:
        statement = statement.where(Registration.id != but)
    return db.session.scalars(statement).one()


def _parties(event_ids: Collection[int]) -> Select[int, bool, RegistrationStatus, bool, int]:
    is_hybrid = Event.attendance_mode == AttendanceMode.HYBRID
    is_online = case((is_hybrid, Registration.is_online), else_=false()).label("is_in_online_part")
    return (
        select(
            Registration.event_id, is_online, Registration.status, Registration.is_beyond_limit, func.count(Attendee.id)
        )
        .join(Event)
        .join(Attendee, Attendee.registration_id == Registration.id)
        .where(Registration.event_id.in_(event_ids), Registration.status.in_(FIELD_OF))
        .group_by(Registration.event_id, "is_in_online_part", Registration.status, Registration.is_beyond_limit)
    )


def _bookings(
    event_ids: Collection[int],
) -> Select[int, int | None, int | None, int | None, RegistrationStatus, BookingStatus, bool, int]:
    sizes = _sizes(event_ids)
    persons = case((Question.counts_persons.is_(False), 1), else_=sizes.c.persons)
    what = (Booking.table_id, Booking.item_id, Booking.option_id)
    kept = (Registration.status, Booking.status, Booking.is_beyond_limit)
    return (
        select(Registration.event_id, *what, *kept, func.sum(persons))
        .join_from(Booking, Registration)
        .join(sizes, sizes.c.registration_id == Registration.id)
        .outerjoin(QuestionOption, Booking.option_id == QuestionOption.id)
        .outerjoin(Question)
        .where(Registration.event_id.in_(event_ids), Registration.status.in_(OCCUPYING))
        .group_by(Registration.event_id, *what, *kept)
    )


def _sizes(event_ids: Collection[int]) -> Subquery:
    return (
        select(Attendee.registration_id, func.count().label("persons"))
        .join(Registration)
        .where(Registration.event_id.in_(event_ids))
        .group_by(Attendee.registration_id)
        .subquery()
    )


def _parties_in_line(event_id: int) -> Iterable[Registration]:
    statement = (
        select(Registration)
        .where(Registration.event_id == event_id, is_in_line())
        .options(selectinload(Registration.attendees), joinedload(Registration.event))
        .order_by(Registration.queued_at, Registration.id)
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(statement)


def _bookings_in_line(event_id: int) -> Iterable[Booking]:
    statement = (
        select(Booking)
        .join(Booking.registration)
        .where(
            Registration.event_id == event_id,
            Registration.status == S.CONFIRMED,
            Booking.status == BookingStatus.WAITING,
        )
        .options(
            contains_eager(Booking.registration).selectinload(Registration.attendees),
            joinedload(Booking.option).joinedload(QuestionOption.question),
        )
        .order_by(Booking.queued_at, Booking.id)
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(statement)


class _Sums:
    def __init__(self) -> None:
        self.sums: dict[int, dict[Thing, dict[str, int]]] = defaultdict(
            lambda: defaultdict(lambda: dict.fromkeys(Counts._fields, 0))
        )

    def add(self, event_id: int, thing: Thing, name: str, persons: int, *, is_beyond: bool) -> None:
        fields = self.sums[event_id][thing]
        fields[name] += int(persons)  # PostgreSQL sums to a Decimal
        fields["beyond"] += int(persons) * is_beyond

    def by_event(self, event_ids: Collection[int]) -> dict[int, ByThing]:
        return {
            event_id: {thing: Counts(**fields) for thing, fields in self.sums[event_id].items()}
            for event_id in event_ids
        }
