"""Who took part in an event: those who were checked in, or, where nobody was, those who had a place."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.attendance.queries import arrived, attendees_who_came
from app.db import db
from app.registrations.models import Registration, RegistrationStatus
from app.registrations.queries import persons_at


def count_participants(event_id: int) -> int:
    """Persons."""
    return arrived(event_id) or persons_at([event_id])[event_id].confirmed


def parties_who_took_part(event_id: int) -> Sequence[Registration]:
    """Who hears of the results: somebody of the party came, or took part online, or nobody was checked in."""
    came = {attendee.registration_id for attendee in attendees_who_came(event_id)}
    statement = (
        select(Registration)
        .where(Registration.event_id == event_id, Registration.status == RegistrationStatus.CONFIRMED)
        .options(selectinload(Registration.attendees))
        .order_by(Registration.id)
    )
    confirmed = db.session.scalars(statement).all()
    return [each for each in confirmed if not came or each.id in came or each.is_online]
