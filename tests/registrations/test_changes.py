from datetime import timedelta

import pytest

from app.db import now
from app.events.models import EventStatus
from app.registrations import services
from app.registrations.errors import (
    AlreadyCancelled,
    CapacityTaken,
    EventCalledOff,
    EventOver,
    NoRoomForMore,
    PartyTooLarge,
    RegistrationClosed,
)
from app.registrations.models import RegistrationStatus
from app.registrations.services import Companion
from app.seating.queries import seated_at
from tests.events.factories import EventFactory, ThemeTableFactory
from tests.registrations.factories import RegistrationFactory
from tests.registrations.scene import OVER, PARTY, letters, statuses

S = RegistrationStatus


def test_change_takes_more_places_only_while_there_are_any():
    event = EventFactory(capacity=3)
    table = ThemeTableFactory(event=event)
    registration = RegistrationFactory(event=event, name="Beispielperson")
    RegistrationFactory(event=event)

    services.change(registration, persons=2, companions=[Companion("Zweite Beispielperson")], tables=[table])
    with pytest.raises(NoRoomForMore):
        services.change(registration, persons=3)
    with pytest.raises(PartyTooLarge):
        services.change(registration, persons=4)

    assert [attendee.name for attendee in registration.attendees] == ["Beispielperson", "Zweite Beispielperson"]
    assert list(seated_at(table)) == [registration]


def test_change_to_fewer_persons_offers_what_is_free():
    event = EventFactory(capacity=2)
    shrinking = RegistrationFactory(event=event, persons=2)
    waiting = RegistrationFactory(event=event, status=S.WAITING)

    services.change(shrinking, persons=1)

    assert statuses(shrinking, waiting) == [S.CONFIRMED, S.OFFERED]


def test_change_of_a_waiting_party_keeps_its_turn_and_may_bring_a_place():
    event = EventFactory(capacity=2)
    RegistrationFactory(event=event)
    pair = RegistrationFactory(event=event, status=S.WAITING, persons=2)
    other = RegistrationFactory(event=event, status=S.WAITING, persons=2)

    services.change(pair, persons=1)

    assert statuses(pair, other) == [S.OFFERED, S.WAITING]


@pytest.mark.parametrize(
    ("registration", "event", "error"),
    [
        ({"status": S.CANCELLED}, {}, AlreadyCancelled),
        ({}, {"status": EventStatus.CANCELLED}, EventCalledOff),
        ({}, {"registration_closes_at": now() - timedelta(days=1)}, RegistrationClosed),
        ({}, OVER, EventOver),
    ],
)
def test_change_is_refused_when_it_is_too_late(registration, event, error):
    registration = RegistrationFactory(event=EventFactory(**event), **registration)

    with pytest.raises(error):
        services.change(registration, persons=2)


def test_change_capacity_offers_what_is_added(organiser):
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event)
    first, second = RegistrationFactory.create_batch(2, event=event, status=S.WAITING)
    revised_at = event.revised_at

    services.change_capacity(event, 2, by=organiser)
    assert statuses(first, second) == [S.OFFERED, S.WAITING]

    services.change_capacity(event, None, by=organiser)
    assert second.status is S.OFFERED
    assert event.revised_at == revised_at


def test_change_capacity_never_takes_a_place_away(organiser):
    event = EventFactory(capacity=3)
    RegistrationFactory(event=event, persons=2)

    with pytest.raises(CapacityTaken):
        services.change_capacity(event, 1, by=organiser)

    services.change_capacity(event, 2, by=organiser)
    assert event.capacity == 2


def test_change_event_tells_those_who_come_only_of_time_and_place(organiser):
    event = EventFactory(title="Beispiel")
    RegistrationFactory(event=event, status=S.HELD, confirmed_at=None)
    RegistrationFactory(event=event, status=S.CANCELLED)
    for status in (S.CONFIRMED, S.WAITING, S.OFFERED):
        RegistrationFactory(event=event, status=status)

    services.change_event(event, title="Anderes Beispiel", by=organiser)
    assert letters() == []

    services.change_event(event, place="Beispielhaus", by=organiser)
    assert letters() == ["event_changed"] * 3


def test_change_event_shortens_the_time_to_answer(organiser):
    event = EventFactory(capacity=9)
    held = services.register(event, **PARTY)
    offered = RegistrationFactory(event=event, status=S.OFFERED)
    closes_at = now() + timedelta(hours=1)

    services.change_event(event, registration_closes_at=closes_at, by=organiser)

    assert (held.held_until, offered.offered_until) == (closes_at, closes_at)


def test_change_event_that_opens_registration_again_offers_free_places(organiser):
    event = EventFactory(capacity=1, registration_closes_at=now() - timedelta(hours=1))
    waiting = RegistrationFactory(event=event, status=S.WAITING)

    services.change_event(event, registration_closes_at=now() + timedelta(days=2), by=organiser)

    assert waiting.status is S.OFFERED


def test_cancel_event_tells_everyone_who_confirmed(organiser):
    event = EventFactory()
    RegistrationFactory(event=event, status=S.HELD, confirmed_at=None)
    RegistrationFactory(event=event)
    RegistrationFactory(event=event, status=S.WAITING)
    RegistrationFactory()

    services.cancel_event(event, by=organiser)

    assert event.is_cancelled
    assert letters() == ["event_cancelled"] * 2
