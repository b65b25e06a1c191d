from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.db import db, now
from app.errors import InvalidTransition
from app.events import queries, services
from app.events.errors import ClosesTooLate, EndsTooEarly, EventCancelled, TableInUse, TableNumberTaken
from app.events.models import Event, EventKind, EventStatus
from tests.events.factories import EventFactory, EventSectionFactory, SectionFactory, ThemeTableFactory
from tests.registrations.factories import RegistrationFactory
from tests.structures.factories import MunicipalityFactory

START = datetime(2027, 6, 24, 7, 30, tzinfo=UTC)
FIELDS = {"title": "Beispiel", "kind": EventKind.DIALOGUE, "starts_at": START, "ends_at": START + timedelta(hours=4)}


def state(event):
    return event.sequence, event.revised_at


def test_create_event_is_planned_and_closes_registration_at_the_start():
    section = SectionFactory()

    event = services.create_event(**FIELDS, sections=[section], capacity=40)

    assert (event.status, event.registration_closes_at, event.capacity) == (EventStatus.PLANNED, START, 40)
    assert event.section_titles == [section.title]
    assert db.session.scalars(select(AuditEntry.action)).all() == ["events.create"]


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"ends_at": START}, EndsTooEarly),
        ({"registration_closes_at": START + timedelta(hours=5)}, ClosesTooLate),
    ],
)
def test_create_event_refuses_impossible_times(fields, error):
    with pytest.raises(error):
        services.create_event(**FIELDS | fields)

    assert db.session.scalars(select(Event)).all() == []


def test_change_event_counts_up_only_for_time_and_place():
    event = EventFactory(title="Beispiel", guiding_question="Was fehlt?")
    revised_at = event.revised_at

    with time_machine.travel(now() + timedelta(hours=1), tick=False):
        assert services.change_event(event, guiding_question="Was hilft?", by=None) == {"guiding_question"}
        assert state(event) == (0, revised_at)
        assert services.change_event(event, title="Anderes Beispiel", by=None) == {"title"}
        assert state(event) == (0, now())
        services.change_event(event, place="Beispielhaus", municipality=MunicipalityFactory(), by=None)
        assert state(event) == (1, now())


def test_change_event_with_the_same_values_changes_nothing():
    event = EventFactory()
    placed = [EventSectionFactory(event=event) for _ in range(2)]
    before = state(event)

    changed = services.change_event(event, title=event.title, sections=[placed[1].section, placed[0].section], by=None)

    assert (changed, state(event)) == (frozenset(), before)
    assert db.session.scalars(select(AuditEntry)).all() == []


def test_change_event_exchanges_sections():
    event = EventFactory()
    kept, dropped = (EventSectionFactory(event=event).section for _ in range(2))
    added = SectionFactory()

    services.change_event(event, sections=[added, kept], by=None)

    assert {each.section for each in event.sections} == {kept, added}
    assert dropped not in {each.section for each in event.sections}


def test_change_event_refuses_impossible_times_and_keeps_the_old_ones():
    event = EventFactory(title="Beispiel")

    with pytest.raises(EndsTooEarly):
        services.change_event(event, title="Anders", ends_at=event.starts_at, by=None)

    db.session.expire_all()
    assert event.title == "Beispiel"


def test_change_event_is_refused_once_it_is_cancelled():
    with pytest.raises(EventCancelled):
        services.change_event(EventFactory(status=EventStatus.CANCELLED), title="Anders", by=None)


def test_publish_and_cancel_go_one_way():
    event = EventFactory(status=EventStatus.PLANNED)
    with pytest.raises(InvalidTransition):
        services.cancel_event(event, by=None)

    services.publish(event, by=None)
    assert (event.status, event.sequence) == (EventStatus.OPEN, 0)
    with pytest.raises(InvalidTransition):
        services.publish(event, by=None)

    services.cancel_event(event, by=None)
    assert (event.status, event.sequence, event.cancelled_at) == (EventStatus.CANCELLED, 1, event.revised_at)
    with pytest.raises(InvalidTransition):
        services.cancel_event(event, by=None)


def test_tables_are_numbered_and_no_number_is_given_twice():
    event = EventFactory()
    ThemeTableFactory(number=7)

    first, second = (services.add_table(event, title="Beispieltisch", by=None) for _ in range(2))
    assert (first.number, second.number) == (1, 2)

    with pytest.raises(TableNumberTaken):
        services.add_table(event, title="Beispieltisch", number=2, by=None)
    with pytest.raises(TableNumberTaken):
        services.change_table(second, number=1, by=None)
    services.change_table(second, number=3, title="Anderer Tisch", by=None)
    assert (second.number, second.title) == (3, "Anderer Tisch")


def test_remove_table_keeps_one_that_somebody_chose():
    event = EventFactory()
    chosen, free = ThemeTableFactory.create_batch(2, event=event)
    RegistrationFactory(event=event, table=chosen)

    with pytest.raises(TableInUse):
        services.remove_table(chosen, by=None)
    services.remove_table(free, by=None)

    db.session.expire_all()
    assert event.tables == [chosen]
    assert list(queries.tables_by_id([chosen.id, free.id])) == [chosen.id]
