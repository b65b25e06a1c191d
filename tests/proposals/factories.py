"""Factories for contributions and what they hang on."""

from datetime import UTC, date, datetime

import factory

from app.concept.models import Section, WorkingEdition
from app.db import db, now
from app.events.models import Event, EventKind, EventStatus, ThemeTable
from app.proposals.models import Attachment, Channel, Condensation, Follow, Proposal, ProposalKind, ProposalState
from app.texts.services import write
from tests.concept.factories import SectionFactory, WorkingEditionFactory
from tests.factories import ModelFactory


class EventFactory(ModelFactory):
    class Meta:
        model = Event

    title = "Beispiel: Dialogveranstaltung"
    kind = EventKind.DIALOGUE
    status = EventStatus.OPEN
    starts_at = datetime(2026, 6, 20, 7, 30, tzinfo=UTC)
    ends_at = datetime(2026, 6, 20, 12, 0, tzinfo=UTC)
    registration_closes_at = datetime(2026, 6, 13, 22, 0, tzinfo=UTC)


class ThemeTableFactory(ModelFactory):
    class Meta:
        model = ThemeTable

    event = factory.SubFactory(EventFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = "Deutsch lernen und üben"
    section = factory.SubFactory(SectionFactory)


class ProposalFactory(ModelFactory):
    class Meta:
        model = Proposal
        exclude = ("content", "language", "german")

    content = factory.Sequence(lambda n: f"In Zukunft soll es Beispiel {n} geben.")
    language = "de"
    german = ""
    reference = factory.Sequence(lambda n: f"V-2026-{9000 + n}")
    kind = ProposalKind.GOAL
    state = ProposalState.RELEASED
    channel = Channel.WEB
    received_on = date(2026, 6, 20)
    received_at = datetime(2026, 6, 20, 9, 0, tzinfo=UTC)
    text = factory.LazyAttribute(lambda each: write(each.content, language=each.language).text)
    translation = factory.LazyAttribute(lambda each: write(each.german, language="de").text if each.german else None)


class AttachmentFactory(ModelFactory):
    """A row without its file."""

    class Meta:
        model = Attachment

    proposal = factory.SubFactory(ProposalFactory)
    name = "Bank.jpg"
    media_type = "image/jpeg"
    key = factory.Sequence(lambda n: f"{n:064x}.jpg")
    size = 2048


class CondensationFactory(ModelFactory):
    class Meta:
        model = Condensation
        exclude = ("content",)

    content = factory.Sequence(lambda n: f"Es soll Beispiel {n} für alle geben.")
    text = factory.LazyAttribute(lambda each: write(each.content, language="de").text)


class FollowFactory(ModelFactory):
    class Meta:
        model = Follow

    email = factory.Sequence(lambda n: f"folgt{n}@example.org")
    consent = "folgen-2026-11"
    confirmed_at = factory.LazyFunction(now)


def working_section() -> Section:
    """A section of the working edition, which is there from now on."""
    if db.session.get(WorkingEdition, 1) is None:
        WorkingEditionFactory()
    return SectionFactory()
