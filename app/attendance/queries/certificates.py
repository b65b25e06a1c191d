"""Reading certificates of attendance."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.attendance.models import Certificate
from app.attendance.queries.arrivals import attendees_who_came
from app.db import db
from app.registrations.models import Attendee, Registration


def find_certificate(code: str) -> Certificate | None:
    """By its code, whatever case, spaces or hyphens it was typed with; with its attendee."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    statement = select(Certificate).where(Certificate.code == letters).options(joinedload(Certificate.attendee))
    return db.session.scalars(statement).one_or_none()


def certificates_of(attendees: Collection[Attendee]) -> dict[int, Certificate]:
    """By the attendee's id, as far as they were issued."""
    statement = select(Certificate).where(Certificate.attendee_id.in_([attendee.id for attendee in attendees]))
    return {each.attendee_id: each for each in db.session.scalars(statement) if each.attendee_id is not None}


def attendees_of_who_came(registration: Registration) -> Sequence[Attendee]:
    """Of one party, those who were checked in."""
    return [each for each in attendees_who_came(registration.event_id) if each.registration_id == registration.id]
