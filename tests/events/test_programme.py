from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import db
from app.events import services
from app.events.errors import EndsTooEarly, ItemInUse, LimitedWithoutChoice, OutsideTheEvent
from app.events.models import EventPerson, PersonRole, ProgrammeItem
from app.events.services import PersonFields
from app.registrations.models import Booking, BookingStatus
from tests.events.factories import EventFactory, ProgrammeItemFactory, ThemeTableFactory
from tests.registrations.factories import RegistrationFactory

HOUR = timedelta(hours=1)


def times(event, start, end):
    return {"starts_at": event.starts_at + start * HOUR, "ends_at": event.starts_at + end * HOUR}


def test_add_item_keeps_who_speaks_in_rows_of_their_own():
    event = EventFactory()
    speakers = [PersonFields(PersonRole.SPEAKER, "Beispielperson", "Beispielverein")]

    item = services.add_item(event, title="Beginn", people=speakers, by=None, **times(event, 0, 1))

    assert [(each.name, each.organization, each.role) for each in item.people] == [
        ("Beispielperson", "Beispielverein", PersonRole.SPEAKER)
    ]
    services.change_item(item, people=[], by=None)
    assert db.session.scalars(select(EventPerson)).all() == []


def test_people_who_stay_keep_their_row():
    table = ThemeTableFactory()
    host, scribe = PersonFields(PersonRole.HOST, "A"), PersonFields(PersonRole.SCRIBE, "A")
    services.change_table(table, people=[host, scribe], by=None)
    kept = table.people[0].id

    services.change_table(table, people=[PersonFields(PersonRole.SCRIBE, "B"), host], by=None)

    db.session.expire_all()
    assert [(each.id == kept, each.role, each.name) for each in table.people] == [
        (True, PersonRole.HOST, "A"),
        (False, PersonRole.SCRIBE, "B"),
    ]


@pytest.mark.parametrize(
    ("start", "end", "more", "error"),
    [
        (-1, 1, {}, OutsideTheEvent),
        (3, 5, {}, OutsideTheEvent),
        (2, 2, {}, EndsTooEarly),
        (0, 1, {"capacity": 5}, LimitedWithoutChoice),
    ],
)
def test_item_is_refused_where_it_cannot_be(start, end, more, error):
    event = EventFactory()
    kept = ProgrammeItemFactory(event=event)

    with pytest.raises(error):
        services.add_item(event, title="Beispiel", by=None, **times(event, start, end), **more)
    with pytest.raises(error):
        services.change_item(kept, by=None, **times(event, start, end), **more)

    db.session.expire_all()
    assert event.programme == [kept]
    assert kept.starts_at == event.starts_at


def test_outside_says_when_the_event_is():
    event = EventFactory()

    with pytest.raises(OutsideTheEvent, match=r"Die Veranstaltung dauert von .* bis .* Uhr"):
        services.add_item(event, title="Beispiel", by=None, **times(event, 9, 10))


def test_remove_item_keeps_one_that_somebody_chose():
    event = EventFactory()
    chosen, free = ProgrammeItemFactory.create_batch(2, event=event, is_bookable=True)
    db.session.add(Booking(registration=RegistrationFactory(event=event), item=chosen, status=BookingStatus.BOOKED))
    db.session.commit()

    with pytest.raises(ItemInUse):
        services.remove_item(chosen, by=None)
    services.remove_item(free, by=None)

    assert db.session.scalars(select(ProgrammeItem)).all() == [chosen]


def test_programme_stays_where_it_fits_and_else_moves_with_the_start():
    event = EventFactory()
    item = ProgrammeItemFactory(event=event)
    before = item.starts_at

    services.change_event(event, starts_at=event.starts_at - HOUR, by=None)
    assert item.starts_at == before
    week = timedelta(days=7)
    services.change_event(event, starts_at=event.starts_at + week, ends_at=event.ends_at + week, by=None)
    assert (item.starts_at, item.ends_at) == (before + week, before + week + HOUR)


def test_change_event_names_the_item_that_would_not_fit():
    event = EventFactory()
    ProgrammeItemFactory(event=event, title="Abschluss", ends_at=event.ends_at)

    with pytest.raises(OutsideTheEvent, match="Der Programmpunkt „Abschluss“ läge dann außerhalb"):
        services.change_event(event, ends_at=event.ends_at - HOUR, by=None)

    db.session.expire_all()
    assert event.programme[0].ends_at == event.ends_at
