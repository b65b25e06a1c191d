import factory

from app.db import now
from app.registrations.models import HOLD, OFFER, Attendee, Registration, RegistrationStatus, TableWish
from tests.events.factories import EventFactory
from tests.factories import ModelFactory

S = RegistrationStatus


class RegistrationFactory(ModelFactory):
    """A confirmed party of one; `confirmed_at=None` and `status=S.HELD` or `S.WAITING` for one nobody has confirmed."""

    class Meta:
        model = Registration
        exclude = ("persons", "table")

    persons = 1
    table = None
    event = factory.SubFactory(EventFactory)
    status = S.CONFIRMED
    name = factory.Sequence(lambda n: f"Beispielperson {n}")
    email = factory.Sequence(lambda n: f"person{n}@example.org")
    queued_at = factory.LazyFunction(now)
    confirmed_at = factory.LazyAttribute(lambda registration: registration.queued_at)
    held_until = factory.LazyAttribute(lambda registration: registration.queued_at + HOLD)
    offered_until = factory.LazyAttribute(
        lambda registration: registration.queued_at + OFFER if registration.status is S.OFFERED else None
    )
    attendees = factory.LazyAttribute(
        lambda registration: [
            Attendee(name=registration.name if number == 0 else "") for number in range(registration.persons)
        ]
    )
    wishes = factory.LazyAttribute(
        lambda registration: [TableWish(table=registration.table, rank=1)] if registration.table else []
    )
