from datetime import UTC, date, datetime, timedelta

import pytest

from app.db import now
from app.events import queries
from app.events.models import EventKind, EventStatus
from app.events.queries import Wanted
from app.events.queries import events as event_queries
from tests.events.factories import EventFactory, EventSectionFactory, SectionFactory
from tests.structures.factories import MunicipalityFactory, OrganizationFactory

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


def event_on(day, **attributes):
    starts_at = datetime(2027, 3, day, 8, tzinfo=UTC)
    times = {"ends_at": starts_at + timedelta(hours=2), "registration_closes_at": starts_at}
    return EventFactory(starts_at=starts_at, **times, **attributes)


@pytest.fixture
def march():
    """One event that matches everything, and one beside it that matches nothing."""
    place = MunicipalityFactory(ags="08335043")
    inviting = OrganizationFactory(slug="ami")
    wanted = event_on(10, title="Übersetzen 100%", municipality=place, organization=inviting)
    EventSectionFactory(event=wanted, section=SectionFactory(slug="sprache"))
    other = event_on(20, title="Anderes", municipality=MunicipalityFactory(), organization=OrganizationFactory())
    EventSectionFactory(event=other)
    event_on(11, title="Übersetzen 100%", status=EventStatus.PLANNED, municipality=place, organization=inviting)
    return wanted


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(section="sprache"),
        Wanted(organization="ami"),
        Wanted(municipality="08335043"),
        Wanted(last_day=date(2027, 3, 10)),
        Wanted(first_day=date(2027, 3, 10), last_day=date(2027, 3, 19)),
        Wanted(text="100%"),
        Wanted(text="bersetzen"),
    ],
)
def test_find_events_narrows_to_public_ones(march, wanted):
    assert queries.find_events(wanted, NOW) == ([march], 1)


def test_find_events_shows_what_is_to_come_first_and_what_was_on_demand():
    past, running, later = event_on(1), event_on(5), event_on(9)
    running.ends_at = datetime(2027, 3, 6, 13, tzinfo=UTC)
    at = datetime(2027, 3, 6, 12, tzinfo=UTC)

    assert queries.find_events(Wanted(), at) == ([running, later], 2)
    assert queries.find_events(Wanted(last_day=date(2027, 3, 6)), at) == ([running, past], 2)
    assert queries.find_events(Wanted(first_day=date(2027, 3, 1)), at) == ([past, running, later], 3)


def test_find_events_counts_a_day_in_berlin():
    late = event_on(10, title="Spät")
    late.starts_at = datetime(2027, 3, 10, 23, 30, tzinfo=UTC)  # half past midnight on the 11th
    late.ends_at = datetime(2027, 3, 11, 1, tzinfo=UTC)

    assert queries.find_events(Wanted(last_day=date(2027, 3, 10)), NOW) == ([], 0)
    assert queries.find_events(Wanted(last_day=date(2027, 3, 11)), NOW) == ([late], 1)


def test_find_events_in_pages(monkeypatch):
    monkeypatch.setattr(event_queries, "PAGE_SIZE", 2)
    first, second, third = (event_on(day) for day in (5, 6, 7))

    assert queries.find_events(Wanted(), NOW) == ([first, second], 3)
    assert queries.find_events(Wanted(), NOW, page=2) == ([third], 3)


def test_upcoming_leaves_out_what_nobody_can_go_to():
    event_on(2, status=EventStatus.PLANNED)
    event_on(3, status=EventStatus.CANCELLED)
    event_on(1)
    first, second = event_on(8), event_on(9)

    assert queries.upcoming(NOW) == [first, second]
    assert queries.upcoming(NOW, limit=1) == [first]


def test_open_beside_names_events_of_the_same_kind_first():
    event = EventFactory(kind=EventKind.WORKSHOP)
    EventFactory(kind=EventKind.WORKSHOP, status=EventStatus.CANCELLED)
    EventFactory(kind=EventKind.WORKSHOP, registration_closes_at=now() - timedelta(hours=1))
    other = EventFactory(kind=EventKind.CONFERENCE)
    same = EventFactory(kind=EventKind.WORKSHOP, starts_at=now() + timedelta(days=60))

    assert queries.open_beside(event, now()) == [same, other]


def test_choices_with_events_offer_only_what_leads_somewhere(march):
    choices = queries.choices_with_events()

    assert [section.slug for section in choices.sections][:1] == ["sprache"]
    assert len(choices.sections) == len(choices.organizations) == len(choices.municipalities) == 2
