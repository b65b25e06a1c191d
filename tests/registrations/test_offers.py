from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import db, now
from app.events.models import HOLD_HOURS, EventStatus
from app.registrations import queries, services
from app.registrations.errors import (
    EventCalledOff,
    EventOver,
    NoRoomForMore,
    NotInLine,
)
from app.registrations.models import Attendee, Registration, RegistrationStatus
from app.registrations.services import retention
from tests.events.factories import EventFactory
from tests.registrations.factories import RegistrationFactory
from tests.registrations.scene import OVER, PARTY, letters, statuses

S = RegistrationStatus


def test_offer_is_refused_without_room_or_confirmation(organiser):
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event)
    unconfirmed = RegistrationFactory(event=event, status=S.WAITING, confirmed_at=None)
    waiting = RegistrationFactory(event=event, status=S.WAITING)

    with pytest.raises(NoRoomForMore):
        services.offer(waiting, by=organiser)
    with pytest.raises(NotInLine):
        services.offer(unconfirmed, by=organiser)


def test_offer_by_hand_after_the_close_can_be_accepted(organiser, later):
    event = EventFactory(capacity=1)
    waiting = RegistrationFactory(event=event, status=S.WAITING)
    later(event.registration_closes_at - now())

    services.offer(waiting, by=organiser)
    services.accept_offer(waiting)

    assert waiting.status is S.CONFIRMED


@pytest.mark.parametrize("closed", [{"status": EventStatus.CANCELLED}, OVER])
def test_offer_is_refused_when_the_event_does_not_take_place_any_more(organiser, closed):
    event = EventFactory(**closed)
    waiting = RegistrationFactory(event=event, status=S.WAITING)
    offered = RegistrationFactory(event=event, status=S.OFFERED)

    with pytest.raises((EventCalledOff, EventOver)):
        services.offer(waiting, by=organiser)
    with pytest.raises((EventCalledOff, EventOver)):
        services.accept_offer(offered)


def test_accept_offer_makes_the_place_sure():
    registration = RegistrationFactory(status=S.OFFERED)

    services.accept_offer(registration)

    assert registration.status is S.CONFIRMED
    assert letters() == ["confirmed"]


def test_accept_offer_late_gets_what_nobody_else_fits_into(later):
    event = EventFactory(capacity=2)
    offered = RegistrationFactory(event=event, status=S.OFFERED, persons=2)
    later(timedelta(hours=49))

    services.accept_offer(offered)

    assert offered.status is S.CONFIRMED


def test_accept_offer_late_waits_when_the_next_fits(later):
    event = EventFactory(capacity=2)
    offered = RegistrationFactory(event=event, status=S.OFFERED, persons=2)
    waiting = RegistrationFactory(event=event, status=S.WAITING)
    later(timedelta(hours=49))

    services.accept_offer(offered)

    assert statuses(offered, waiting) == [S.WAITING, S.OFFERED]
    assert list(queries.queue_of(event.id)) == [offered]


def test_expire_due_frees_held_places_for_those_in_line(later):
    event = EventFactory(capacity=1)
    held = services.register(event, **PARTY)
    unconfirmed = services.register(event, **PARTY)
    other = services.register(EventFactory(), **PARTY)
    later(timedelta(hours=HOLD_HOURS) - timedelta(seconds=1))
    waiting = RegistrationFactory(event=event, status=S.WAITING)
    fresh = services.register(event, **PARTY)
    assert services.expire_due() == 0

    later(timedelta(seconds=1))

    assert services.expire_due() == 3
    assert statuses(held, unconfirmed, other, waiting, fresh) == [
        S.EXPIRED,
        S.EXPIRED,
        S.EXPIRED,
        S.OFFERED,
        S.WAITING,
    ]
    assert services.expire_due() == 0


def test_expire_due_lets_an_offer_lapse_to_the_end_of_the_queue_until_confirmed_again(later):
    event = EventFactory(capacity=1)
    offered = RegistrationFactory(event=event, status=S.OFFERED)
    waiting = RegistrationFactory(event=event, status=S.WAITING)
    later(timedelta(hours=48))

    services.expire_due()
    assert statuses(offered, waiting) == [S.WAITING, S.OFFERED]
    assert list(queries.queue_of(event.id)) == []
    assert letters() == ["offer_expired", "offer"]

    services.confirm(offered)
    assert list(queries.queue_of(event.id)) == [offered]


def test_expire_due_offers_the_same_place_to_the_same_person_only_once(later):
    event = EventFactory(capacity=1)
    offered = RegistrationFactory(event=event, status=S.OFFERED)

    for _hours in range(4):
        later(timedelta(hours=48))
        services.expire_due()

    assert offered.status is S.EXPIRED
    assert letters() == ["offer_expired"]


def test_remove_expired_deletes_what_expired_before_then(later):
    expired = RegistrationFactory(status=S.EXPIRED, ended_at=now())
    RegistrationFactory(status=S.CANCELLED, ended_at=now())
    RegistrationFactory()
    assert retention.remove_expired_before(now() - timedelta(seconds=1)) == 0

    assert retention.remove_expired_before(now()) == 1

    assert db.session.get(Registration, expired.id) is None
    assert len(db.session.scalars(select(Attendee)).all()) == 2
