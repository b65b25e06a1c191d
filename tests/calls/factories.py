"""Factories for calls and sheets."""

from datetime import UTC, date, datetime

import factory

from app.calls.models import Call, CallWording, Sheet
from tests.factories import ModelFactory


class CallFactory(ModelFactory):
    """Open from 1 to 30 June 2026, by the clocks of the county."""

    class Meta:
        model = Call
        exclude = ("question", "title")

    title = factory.Sequence(lambda n: f"Aufruf {n}")
    question = "Was fehlt beim Wohnen?"
    slug = factory.Sequence(lambda n: f"aufruf-{n}")
    opens_at = datetime(2026, 5, 31, 22, 0, tzinfo=UTC)
    closes_at = datetime(2026, 6, 30, 22, 0, tzinfo=UTC)
    is_published = True
    versions = factory.LazyAttribute(
        lambda call: [
            CallWording(
                language="de", title=call.title, question=call.question, introduction="", written_at=call.opens_at
            )
        ]
    )


class SheetFactory(ModelFactory):
    class Meta:
        model = Sheet

    call = factory.SubFactory(CallFactory)
    number = factory.Sequence(lambda n: n + 1)
    key = factory.Sequence(lambda n: f"{n:064x}.jpg")
    width, height = 1414, 2000
    received_on = date(2026, 6, 20)
