"""Reading registrations. Places are always counted from the rows, one attendee each."""

from collections.abc import Collection, Sequence
from datetime import datetime
from operator import add
from typing import NamedTuple

from sqlalchemy import ColumnElement, CompoundSelect, and_, func, or_, select, union
from sqlalchemy.orm import joinedload, selectinload

from app.db import db
from app.events.models import AttendanceMode, Event
from app.registrations import counting
from app.registrations.counting import counted_at_events
from app.registrations.models import (
    OCCUPYING,
    Attendee,
    Booking,
    BookingStatus,
    InvitationCode,
    QuestionOption,
    Registration,
    RegistrationStatus,
    TableWish,
)

S = RegistrationStatus


class Persons(NamedTuple):
    """How many persons stand where at an event. `held`: not confirmed yet, or offered; `waiting`: confirmed or not."""

    confirmed: int = 0
    held: int = 0
    waiting: int = 0

    @property
    def occupied(self) -> int:
        return self.confirmed + self.held


def get_registration(registration_id: int) -> Registration | None:
    """With its event and attendees."""
    statement = (
        select(Registration)
        .where(Registration.id == registration_id)
        .options(
            joinedload(Registration.event).joinedload(Event.municipality),
            selectinload(Registration.attendees),
            selectinload(Registration.wishes).joinedload(TableWish.table),
            selectinload(Registration.bookings).joinedload(Booking.table),
        )
    )
    return db.session.scalars(statement).one_or_none()


def persons_at(event_ids: Collection[int]) -> dict[int, Persons]:
    """By event, on site and online together; also for events nobody registered for."""
    by_event = {event_id: Persons() for event_id in event_ids}
    for event_id, things in counted_at_events(event_ids).items():
        for counts in things.values():
            before = by_event[event_id]
            by_event[event_id] = Persons(*map(add, before, (counts.confirmed, counts.held, counts.waiting)))
    return by_event


def is_item_chosen(item_id: int) -> bool:
    """Whether anybody booked this item of the programme, or waits for it."""
    return db.session.scalars(select(Booking.id).where(Booking.item_id == item_id)).first() is not None


def occupied_online(events: Collection[Event]) -> dict[int, int]:
    """Persons with a place online at each hybrid event among these; no query where none is hybrid."""
    found = {event.id: 0 for event in events if event.attendance_mode is AttendanceMode.HYBRID}
    if found:
        statement = (
            select(Registration.event_id, func.count(Attendee.id))
            .join(Attendee)
            .where(
                Registration.event_id.in_(found),
                Registration.is_online.is_(True),
                Registration.status.in_(OCCUPYING),
            )
            .group_by(Registration.event_id)
        )
        found |= dict(db.session.execute(statement).all())
    return found


def queue_of(event_id: int) -> Sequence[Registration]:
    """The parties in line for the event, in order of registration: only who has confirmed."""
    statement = (
        select(Registration)
        .where(Registration.event_id == event_id, counting.is_in_line())
        .options(selectinload(Registration.attendees))
        .order_by(Registration.queued_at, Registration.id)
    )
    return db.session.scalars(statement).all()


def find_code(event_id: int, code: str) -> InvitationCode | None:
    statement = select(InvitationCode).where(InvitationCode.event_id == event_id, InvitationCode.code == code)
    return db.session.scalars(statement).one_or_none()


def is_in_line(registration: Registration) -> bool:
    return registration.status is S.WAITING and registration.is_confirmed_by_mail


def position_of(registration: Registration) -> int:
    """How many parties stand in its line up to this one; 1 is the next."""
    statement = (
        select(func.count())
        .select_from(Registration)
        .where(
            Registration.event_id == registration.event_id,
            counting.is_in_line(),
            or_(
                Registration.queued_at < registration.queued_at,
                and_(Registration.queued_at == registration.queued_at, Registration.id <= registration.id),
            ),
        )
    )
    if registration.event.attendance_mode is AttendanceMode.HYBRID:
        statement = statement.where(Registration.is_online == registration.is_online)
    return db.session.scalars(statement).one()


def registrations_of(event_id: int) -> Sequence[Registration]:
    """Everyone who registered and did not leave, those with a place first, then the queue in its order."""
    statement = (
        select(Registration)
        .where(Registration.event_id == event_id, Registration.status.not_in((S.CANCELLED, S.EXPIRED)))
        .options(
            selectinload(Registration.attendees),
            selectinload(Registration.wishes).joinedload(TableWish.table),
            selectinload(Registration.bookings).joinedload(Booking.table),
        )
        .order_by(Registration.status == S.WAITING, Registration.queued_at, Registration.id)
    )
    return db.session.scalars(statement).all()


def people_to_tell(event_id: int) -> Sequence[Registration]:
    """Who hears when the event is moved, postponed or cancelled: confirmed, with a place, in line or asking for one."""
    statement = select(Registration).where(
        Registration.event_id == event_id,
        Registration.status.in_((S.CONFIRMED, S.OFFERED, S.WAITING, S.REQUESTED)),
        Registration.confirmed_at.is_not(None),
    )
    return db.session.scalars(statement.order_by(Registration.id)).all()


def count_by_table(event_id: int) -> dict[int, int]:
    """Persons with a place who chose each table or wish it most."""
    tables = tables_of_parties().subquery()
    statement = (
        select(tables.c.table_id, func.count())
        .join_from(tables, Registration, Registration.id == tables.c.registration_id)
        .join(Attendee)
        .where(Registration.event_id == event_id, Registration.status.in_(OCCUPYING))
        .group_by(tables.c.table_id)
    )
    return dict(iter(db.session.execute(statement)))


def tables_of_parties() -> CompoundSelect[tuple[int, int]]:
    """Rows (registration_id, table_id): the table a party booked, or its first wish."""
    wishes = select(TableWish.registration_id, TableWish.table_id).where(TableWish.rank == 1)
    booked = select(Booking.registration_id, Booking.table_id).where(
        Booking.table_id.is_not(None), Booking.status == BookingStatus.BOOKED
    )
    return union(wishes, booked)


def find_by_form(event_id: int, form_id: str) -> Registration | None:
    """What a form sent before has registered."""
    if not form_id:
        return None
    statement = select(Registration).where(Registration.event_id == event_id, Registration.form_id == form_id)
    return db.session.scalars(statement).one_or_none()


def due_at(event_id: int, at: datetime) -> Sequence[Registration]:
    """Who did not answer in time, read afresh."""
    statement = (
        select(Registration)
        .where(Registration.event_id == event_id, _is_due(at))
        .options(
            selectinload(Registration.attendees),
            selectinload(Registration.bookings).joinedload(Booking.option).joinedload(QuestionOption.question),
        )
        .order_by(Registration.queued_at, Registration.id)
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(statement).all()


def events_with_something_due(at: datetime) -> Sequence[int]:
    return db.session.scalars(
        select(Registration.event_id).where(_is_due(at)).distinct().order_by(Registration.event_id)
    ).all()


def _is_due(at: datetime) -> ColumnElement[bool]:
    unconfirmed = and_(Registration.status.in_((S.HELD, S.WAITING, S.REQUESTED)), Registration.confirmed_at.is_(None))
    return or_(
        and_(unconfirmed, Registration.held_until <= at),
        and_(Registration.status == S.OFFERED, Registration.offered_until <= at),
    )
