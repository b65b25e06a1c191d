from datetime import timedelta

import factory

from app.db import now
from app.events.models import HOLD_HOURS, OFFER_HOURS
from app.registrations.models import (
    Attendee,
    ConsentPurpose,
    ConsentText,
    InvitationCode,
    Question,
    QuestionKind,
    QuestionOption,
    Registration,
    RegistrationStatus,
    TableWish,
)
from app.registrations.services.codes import make_code
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
    held_until = factory.LazyAttribute(lambda registration: registration.queued_at + timedelta(hours=HOLD_HOURS))
    offered_until = factory.LazyAttribute(
        lambda registration: (
            registration.queued_at + timedelta(hours=OFFER_HOURS) if registration.status is S.OFFERED else None
        )
    )
    attendees = factory.LazyAttribute(
        lambda registration: [
            Attendee(name=registration.name if number == 0 else "") for number in range(registration.persons)
        ]
    )
    wishes = factory.LazyAttribute(
        lambda registration: [TableWish(table=registration.table, rank=1)] if registration.table else []
    )


class QuestionFactory(ModelFactory):
    """A text question; `options=["A", "B"]` or `[("A", 3)]` with a limit makes options."""

    class Meta:
        model = Question

    event = factory.SubFactory(EventFactory)
    position = factory.Sequence(lambda n: n + 1)
    kind = QuestionKind.TEXT
    label = factory.Sequence(lambda n: f"Beispielfrage {n}")

    @classmethod
    def _create(cls, model_class, *args, options=(), **kwargs):
        pairs = [option if isinstance(option, tuple) else (option, None) for option in options]
        kwargs["options"] = [
            QuestionOption(position=place, label=label, capacity=capacity, translations={})
            for place, (label, capacity) in enumerate(pairs, start=1)
        ]
        return super()._create(model_class, *args, **kwargs)


class InvitationCodeFactory(ModelFactory):
    class Meta:
        model = InvitationCode

    event = factory.SubFactory(EventFactory)
    code = factory.LazyFunction(make_code)


class ConsentTextFactory(ModelFactory):
    class Meta:
        model = ConsentText

    event = factory.SubFactory(EventFactory)
    purpose = ConsentPurpose.PHOTOS
    version = 1
    text = factory.Sequence(lambda n: f"Ich bin einverstanden mit Beispiel {n}.")
