"""Who sits where, as far as it is known: in the plan that was published, else what they booked or wish most."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from app.db import db
from app.events.models import ThemeTable
from app.registrations.models import Attendee, Registration
from app.registrations.queries import tables_of_parties
from app.seating.models import PlanStatus
from app.seating.queries import plan_of, seats_of


class Seat(NamedTuple):
    """`round_number` 0: no plan was published yet."""

    round_number: int
    table: ThemeTable


def seats_at(event_id: int) -> dict[int, list[Seat]]:
    """By attendee; who has no seat is left out."""
    if plan_of(event_id, PlanStatus.PUBLISHED) is None:
        found = _wished(event_id)
    else:
        found = [(seat.attendee_id, Seat(seat.round, seat.table)) for seat in seats_of(event_id)]
    seats: dict[int, list[Seat]] = {}
    for attendee_id, seat in found:
        seats.setdefault(attendee_id, []).append(seat)
    return seats


def published_seats(event_id: int) -> dict[int, list[Seat]]:
    """By attendee; only what a ticket may promise."""
    return {} if plan_of(event_id, PlanStatus.PUBLISHED) is None else seats_at(event_id)


def attendees_at(event_id: int, table_id: int) -> set[int]:
    """Ids of those who sit at a table, in any round."""
    seats = seats_at(event_id)
    return {attendee_id for attendee_id, own in seats.items() if table_id in {seat.table.id for seat in own}}


def _wished(event_id: int) -> Sequence[tuple[int, Seat]]:
    tables = tables_of_parties().subquery()
    statement = (
        select(Attendee.id, ThemeTable)
        .join(Registration)
        .join(tables, tables.c.registration_id == Registration.id)
        .join(ThemeTable, ThemeTable.id == tables.c.table_id)
        .where(Registration.event_id == event_id)
        .order_by(Attendee.id, ThemeTable.number)
    )
    return [(attendee_id, Seat(0, table)) for attendee_id, table in db.session.execute(statement)]
