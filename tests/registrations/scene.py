from datetime import timedelta

from sqlalchemy import select

from app.db import db, now
from app.mail.models import OutgoingMail
from app.registrations import counting, services
from app.registrations.models import QuestionKind, Registration
from tests.events.factories import ProgrammeItemFactory, ThemeTableFactory
from tests.registrations.factories import QuestionFactory

NOW = now()
OVER = {
    "starts_at": NOW - timedelta(hours=2),
    "ends_at": NOW - timedelta(hours=1),
    "registration_closes_at": NOW - timedelta(hours=2),
}
HOUR = timedelta(hours=1)
PARTY = {"name": "Beispielperson", "email": "person@example.org"}


def letters():
    return [mail.template.removeprefix("registrations/") for mail in db.session.scalars(select(OutgoingMail))]


def statuses(*registrations):
    return [db.session.get(Registration, registration.id).status for registration in registrations]


def item_of(event, *, hour=0, capacity=None, **more):
    starts_at = event.starts_at + hour * HOUR
    more = {"is_bookable": True, "starts_at": starts_at, "ends_at": starts_at + HOUR, **more}
    return ProgrammeItemFactory(event=event, capacity=capacity, **more)


def option_of(event, *, capacity=None, **more):
    question = QuestionFactory(event=event, kind=QuestionKind.SEVERAL, options=[("Beispiel", capacity)], **more)
    return question.options[0]


def join(event, persons=1, *, confirmed=True, **party):
    registration = services.register(event, **PARTY, persons=persons, **party)
    if confirmed:
        services.confirm(registration)
    return registration


def bookings(*registrations):
    return [booking.status for registration in registrations for booking in registration.bookings]


def taken(event):
    counts = counting.counted([event.id])[event.id]
    return {thing.kind.value: (each.taken, each.waiting) for thing, each in counts.items()}


def choices(event, capacity):
    """One of each kind with so many places, under the name by which `register` takes it."""
    return {
        "tables": ThemeTableFactory(event=event, capacity=capacity),
        "items": item_of(event, capacity=capacity),
        "options": option_of(event, capacity=capacity),
    }
