"""Reading who sits where. Seats of whoever has left are not shown: the place is free."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload, selectinload

from app.db import db
from app.events.models import Event, ThemeTable
from app.registrations import queries as registrations
from app.registrations.models import Attendee, Registration, RegistrationStatus, TableWish
from app.seating.models import PlanStatus, SeatingPlan, TableSeat
from app.seating.overview import Overview

HERE = (RegistrationStatus.CONFIRMED, RegistrationStatus.HELD)


def get_event(event_id: int) -> Event | None:
    """With its tables, which is all a plan needs."""
    return db.session.get(Event, event_id, options=[selectinload(Event.tables)])


def get_plan(plan_id: int) -> SeatingPlan | None:
    return db.session.get(SeatingPlan, plan_id, options=[joinedload(SeatingPlan.event)])


def plan_of(event_id: int, status: PlanStatus) -> SeatingPlan | None:
    """The draft, or the published plan."""
    statement = select(SeatingPlan).where(SeatingPlan.event_id == event_id, SeatingPlan.status == status)
    return db.session.scalars(statement).one_or_none()


def plan_before(plan: SeatingPlan) -> SeatingPlan | None:
    """The one made last before it, to compare the figures with."""
    statement = (
        select(SeatingPlan)
        .where(SeatingPlan.event_id == plan.event_id, SeatingPlan.id < plan.id)
        .order_by(SeatingPlan.id.desc())
        .limit(1)
    )
    return db.session.scalars(statement).one_or_none()


def parties_of(event_id: int, *, includes_held: bool = False) -> Sequence[Registration]:
    """Everyone who comes to the place itself, in order of registration, with what they wish."""
    statement = (
        select(Registration)
        .where(
            Registration.event_id == event_id,
            Registration.status.in_(HERE if includes_held else HERE[:1]),
            Registration.is_online.is_(False),
        )
        .options(
            selectinload(Registration.attendees),
            selectinload(Registration.wishes),
            selectinload(Registration.bookings),
        )
        .order_by(Registration.id)
    )
    return [party for party in db.session.scalars(statement) if party.attendees]


def get_party(event_id: int, registration_id: int) -> Registration | None:
    """With persons, wishes and bookings; None where it is no party of the event that comes."""
    statement = (
        select(Registration)
        .where(Registration.id == registration_id, Registration.event_id == event_id, Registration.status.in_(HERE))
        .options(
            selectinload(Registration.attendees),
            selectinload(Registration.wishes).joinedload(TableWish.table),
            selectinload(Registration.bookings),
        )
    )
    return db.session.scalars(statement).one_or_none()


def overview(plan: SeatingPlan) -> Overview:
    """The plan as the organisers see it."""
    return Overview(
        plan=plan,
        tables=plan.event.tables,
        parties=parties_of(plan.event_id, includes_held=plan.includes_held),
        seats=seats_in(plan.id),
    )


def changed_parties(plan: SeatingPlan) -> list[tuple[Registration, list[TableSeat]]]:
    """Who would sit elsewhere than in the published plan, with where they would sit."""
    own, before = _by_party(seats_in(plan.id)), _by_party(seats_of(plan.event_id))
    return [
        (own[key][0].attendee.registration, own[key])
        for key in sorted(own)
        if _where(own[key]) != _where(before.get(key, []))
    ]


def _by_party(seats: Sequence[TableSeat]) -> dict[int, list[TableSeat]]:
    parties: dict[int, list[TableSeat]] = {}
    for seat in seats:
        parties.setdefault(seat.attendee.registration_id, []).append(seat)
    return parties


def _where(seats: Sequence[TableSeat]) -> set[tuple[int, int, int]]:
    return {(seat.attendee_id, seat.round, seat.table_id) for seat in seats}


def seats_in(plan_id: int) -> Sequence[TableSeat]:
    """With person, party and table; by round, table and party."""
    return db.session.scalars(_seats().where(TableSeat.plan_id == plan_id)).all()


def seats_of(event_id: int) -> Sequence[TableSeat]:
    """The published seats of an event, with person, party and table; by round, table and party."""
    return db.session.scalars(_seats().where(_is_published_at(event_id))).all()


def seats_of_party(registration: Registration) -> Sequence[TableSeat]:
    """The published seats of one party, by round."""
    statement = _seats().where(_is_published_at(registration.event_id), Registration.id == registration.id)
    return db.session.scalars(statement).all()


def seats_of_party_in(plan: SeatingPlan, registration: Registration) -> Sequence[TableSeat]:
    """By round."""
    statement = _seats().where(TableSeat.plan_id == plan.id, Registration.id == registration.id)
    return db.session.scalars(statement).all()


def seated_at(table: ThemeTable) -> Sequence[Registration]:
    """Confirmed registrations with somebody at this table in any round, each once.

    Before a plan is published: who chose the table, or wishes it most.
    """
    statement = (
        select(Registration)
        .where(Registration.status == RegistrationStatus.CONFIRMED, Registration.id.in_(_parties_at(table)))
        .options(selectinload(Registration.attendees))
        .order_by(Registration.id)
    )
    return db.session.scalars(statement).all()


def _parties_at(table: ThemeTable) -> Select[int]:
    if plan_of(table.event_id, PlanStatus.PUBLISHED) is None:
        tables = registrations.tables_of_parties().subquery()
        return select(tables.c.registration_id).where(tables.c.table_id == table.id)
    return (
        select(Attendee.registration_id)
        .join(TableSeat, TableSeat.attendee_id == Attendee.id)
        .where(TableSeat.table_id == table.id, _is_published_at(table.event_id))
    )


def _is_published_at(event_id: int) -> ColumnElement[bool]:
    plan = select(SeatingPlan.id).where(SeatingPlan.event_id == event_id, SeatingPlan.status == PlanStatus.PUBLISHED)
    return TableSeat.plan_id.in_(plan)


def _seats() -> Select[TableSeat]:
    return (
        select(TableSeat)
        .join(TableSeat.attendee)
        .join(Attendee.registration)
        .join(TableSeat.table)
        .where(Registration.status.in_(HERE))
        .options(
            joinedload(TableSeat.attendee).joinedload(Attendee.registration),
            joinedload(TableSeat.table),
        )
        .order_by(TableSeat.round, ThemeTable.number, Registration.id, Attendee.id)
    )
