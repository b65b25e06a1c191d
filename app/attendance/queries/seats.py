"""Who sits where, as far as it is known: what they booked, else what they wish most."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from app.db import db
from app.events.models import ThemeTable
from app.registrations.models import Attendee, Registration
from app.registrations.queries import tables_of_parties


class Seat(NamedTuple):
    """`round_number` 0: the tables do not change."""

    round_number: int
    table: ThemeTable


def seats_at(event_id: int) -> dict[int, list[Seat]]:
    """By attendee; who has no seat is left out."""
    seats: dict[int, list[Seat]] = {}
    for attendee_id, table in _parties_tables(event_id):
        seats.setdefault(attendee_id, []).append(Seat(0, table))
    return seats


def attendees_at(event_id: int, table_id: int) -> set[int]:
    """Ids of those who sit at a table, in any round."""
    seats = seats_at(event_id)
    return {attendee_id for attendee_id, own in seats.items() if table_id in {seat.table.id for seat in own}}


def _parties_tables(event_id: int) -> Sequence[tuple[int, ThemeTable]]:
    tables = tables_of_parties().subquery()
    statement = (
        select(Attendee.id, ThemeTable)
        .join(Registration)
        .join(tables, tables.c.registration_id == Registration.id)
        .join(ThemeTable, ThemeTable.id == tables.c.table_id)
        .where(Registration.event_id == event_id)
        .order_by(Attendee.id, ThemeTable.number)
    )
    return [(attendee_id, table) for attendee_id, table in db.session.execute(statement)]
