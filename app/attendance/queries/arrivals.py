"""Who has arrived: a recorded arrival that nobody undid."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from app.attendance.models import ArrivalEntry, EntryKind, EntryResult
from app.db import db
from app.registrations.models import Attendee, Registration


def arrived(event_id: int) -> int:
    """Persons; who was checked in at the door and at a table counts once."""
    statement = select(func.count(ArrivalEntry.attendee_id.distinct())).where(
        _stands(), ArrivalEntry.event_id == event_id
    )
    return db.session.scalars(statement).one()


def attendees_who_came(event_id: int) -> Sequence[Attendee]:
    """With their registration, in the order they registered."""
    ids = select(ArrivalEntry.attendee_id).where(_stands(), ArrivalEntry.event_id == event_id)
    statement = (
        select(Attendee)
        .where(Attendee.id.in_(ids))
        .options(joinedload(Attendee.registration).joinedload(Registration.event))
        .order_by(Attendee.registration_id, Attendee.id)
    )
    return db.session.scalars(statement).all()


def standing_arrivals(event_id: int, table_id: int | None) -> dict[int, ArrivalEntry]:
    """By attendee: their arrival at the door (None), or at one table; with the device that recorded it."""
    statement = (
        select(ArrivalEntry)
        .where(
            _stands(),
            ArrivalEntry.event_id == event_id,
            ArrivalEntry.table_id.is_not_distinct_from(table_id),
            ArrivalEntry.attendee_id.is_not(None),
        )
        .options(joinedload(ArrivalEntry.device))
        .order_by(ArrivalEntry.id)
    )
    return {entry.attendee_id: entry for entry in db.session.scalars(statement) if entry.attendee_id is not None}


def _stands() -> ColumnElement[bool]:
    undo = aliased(ArrivalEntry)
    return (
        (ArrivalEntry.kind == EntryKind.ARRIVED)
        & (ArrivalEntry.result == EntryResult.RECORDED)
        & ~exists().where(undo.undoes_id == ArrivalEntry.id)
    )
