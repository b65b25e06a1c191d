"""The mail of thanks goes to those who came."""

from app.attendance.queries.arrivals import attendees_who_came
from app.db import db
from app.mail.outbox import Letter, adds_to
from app.registrations.models import Registration


@adds_to("registrations/thanks")
def only_who_came(letter: Letter, registration_id: int, **_: int | str) -> Letter | None:
    """Where nobody was checked in at all, everybody with a place is thanked."""
    event_id = db.session.get_one(Registration, registration_id).event_id
    came = {attendee.registration_id for attendee in attendees_who_came(event_id)}
    return letter if not came or registration_id in came else None
