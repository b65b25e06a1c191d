from datetime import timedelta

import factory

from app.accounts.models import Role
from app.concept.models import Section, SectionKind
from app.db import now
from app.events.models import (
    Event,
    EventKind,
    EventPhoto,
    EventReport,
    EventSection,
    EventSeries,
    EventStatus,
    ProgrammeItem,
    TeamMember,
    ThemeTable,
)
from tests.factories import AccountFactory, ModelFactory


class SectionFactory(ModelFactory):
    class Meta:
        model = Section

    slug = factory.Sequence(lambda n: f"beispielthema-{n}")
    kind = SectionKind.FIELD
    title = factory.Sequence(lambda n: f"Beispielthema {n}")


class EventFactory(ModelFactory):
    """An open event in 30 days without a limit; registration closes a week before."""

    class Meta:
        model = Event

    title = factory.Sequence(lambda n: f"Beispielveranstaltung {n}")
    kind = EventKind.DIALOGUE
    status = EventStatus.OPEN
    starts_at = factory.LazyFunction(lambda: (now() + timedelta(days=30)).replace(minute=0, second=0, microsecond=0))
    ends_at = factory.LazyAttribute(lambda event: event.starts_at + timedelta(hours=4))
    registration_closes_at = factory.LazyAttribute(lambda event: event.starts_at - timedelta(days=7))


class EventSectionFactory(ModelFactory):
    class Meta:
        model = EventSection

    event = factory.SubFactory(EventFactory)
    section = factory.SubFactory(SectionFactory)


class ThemeTableFactory(ModelFactory):
    class Meta:
        model = ThemeTable

    event = factory.SubFactory(EventFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Beispieltisch {n}")


class ProgrammeItemFactory(ModelFactory):
    """The first hour of its event."""

    class Meta:
        model = ProgrammeItem

    event = factory.SubFactory(EventFactory)
    title = factory.Sequence(lambda n: f"Beispielpunkt {n}")
    starts_at = factory.LazyAttribute(lambda item: item.event.starts_at)
    ends_at = factory.LazyAttribute(lambda item: item.starts_at + timedelta(hours=1))


class EventSeriesFactory(ModelFactory):
    class Meta:
        model = EventSeries

    slug = factory.Sequence(lambda n: f"beispielreihe-{n}")
    title = factory.Sequence(lambda n: f"Beispielreihe {n}")
    first_year = 2018


class TeamMemberFactory(ModelFactory):
    class Meta:
        model = TeamMember

    event = factory.SubFactory(EventFactory)
    account = factory.SubFactory(AccountFactory, roles=(Role.ORGANISER,))


class EventReportFactory(ModelFactory):
    """Written and not published yet."""

    class Meta:
        model = EventReport

    event = factory.SubFactory(EventFactory)
    summary = "Wir haben geredet."


class EventPhotoFactory(ModelFactory):
    """A row without files; `add_photo` makes one with them."""

    class Meta:
        model = EventPhoto

    event = factory.SubFactory(EventFactory)
    position = factory.Sequence(lambda n: n + 1)
    key = factory.Sequence(lambda n: f"{n:064x}.jpg")
    small_key = factory.LazyAttribute(lambda photo: photo.key)
    width, height, small_width, small_height = 60, 40, 60, 40
    alt = "Ein Beispielbild"
    consent = "Es ist niemand zu sehen."
