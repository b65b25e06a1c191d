"""Factories for what is written down at tables."""

from datetime import UTC, datetime
from uuid import uuid4

import factory

from app.capture.entries import Line
from app.capture.models import FlipchartPhoto, TableLine
from app.db import now
from app.proposals.models import Channel, ProposalKind, ProposalState
from tests.factories import ModelFactory
from tests.proposals.factories import ProposalFactory, ThemeTableFactory


class TableLineFactory(ModelFactory):
    """A line that nobody has reviewed yet."""

    class Meta:
        model = TableLine
        exclude = ("content", "language", "state")

    content = factory.Sequence(lambda n: f"Am Tisch gesagt: Beispiel {n}.")
    language = "de"
    state = ProposalState.RECEIVED
    table = factory.SubFactory(ThemeTableFactory)
    key = factory.LazyFunction(lambda: str(uuid4()))
    number = factory.Sequence(lambda n: n + 1)
    spoken_at = datetime(2026, 6, 20, 9, 0, tzinfo=UTC)
    proposal = factory.LazyAttribute(
        lambda line: ProposalFactory(
            content=line.content,
            language=line.language,
            state=line.state,
            table=line.table,
            event=line.table.event,
            channel=Channel.TABLE,
        )
    )


class FlipchartPhotoFactory(ModelFactory):
    """Without its files."""

    class Meta:
        model = FlipchartPhoto

    table = factory.SubFactory(ThemeTableFactory)
    key = factory.Sequence(lambda n: f"{n:064x}.jpg")
    small_key = factory.Sequence(lambda n: f"{n + 2**32:064x}.jpg")
    width, height, small_width, small_height = 2000, 1500, 640, 480


def said(text, *, key=None, at=None, language="de", number=1):
    """An entry as a device makes it."""
    return Line(key or str(uuid4()), at or now(), text, ProposalKind.GOAL, language, number)
