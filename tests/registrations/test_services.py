from datetime import timedelta

import pytest
from sqlalchemy import select

from app.db import db, now
from app.errors import InvalidTransition, LinkInvalid
from app.events.models import HOLD_HOURS, EventStatus
from app.registrations import queries, services
from app.registrations.errors import (
    AlreadyCancelled,
    EventCalledOff,
    EventOver,
    PartyTooLarge,
    RegistrationClosed,
    RegistrationGone,
)
from app.registrations.models import Registration, RegistrationStatus
from app.registrations.services import Companion
from tests.events.factories import EventFactory
from tests.registrations.factories import RegistrationFactory
from tests.registrations.scene import OVER, PARTY, letters, statuses

S = RegistrationStatus


@pytest.mark.parametrize(("capacity", "status"), [(None, S.HELD), (3, S.HELD), (2, S.WAITING)])
def test_register_holds_places_while_the_whole_party_fits(capacity, status):
    event = EventFactory(capacity=capacity)
    RegistrationFactory(event=event)

    registration = services.register(event, **PARTY, persons=2, companions=[Companion("Zweite Beispielperson")])

    assert registration.status is status
    assert [attendee.name for attendee in registration.attendees] == ["Beispielperson", "Zweite Beispielperson"]
    assert letters() == [status]


def test_register_holds_for_48_hours_but_not_past_the_close():
    early = services.register(EventFactory(), **PARTY)
    closes_at = now() + timedelta(hours=5)
    late = services.register(EventFactory(registration_closes_at=closes_at), **PARTY)

    assert early.held_until - early.created_at == timedelta(hours=HOLD_HOURS)
    assert late.held_until == closes_at


def test_register_takes_the_same_address_again():
    event = EventFactory()

    services.register(event, **PARTY)
    services.register(event, **PARTY)

    assert queries.persons_at([event.id])[event.id] == (0, 2, 0)
    assert letters() == ["held", "held"]


def test_register_refuses_a_party_larger_than_the_event_and_keeps_nothing():
    event = EventFactory(capacity=1)

    with pytest.raises(PartyTooLarge):
        services.register(event, **PARTY, persons=2)

    assert (db.session.scalars(select(Registration)).all(), letters()) == ([], [])


@pytest.mark.parametrize(
    ("attributes", "error"),
    [
        ({"status": EventStatus.CANCELLED}, EventCalledOff),
        ({"status": EventStatus.PLANNED}, RegistrationClosed),
        ({"registration_closes_at": now() - timedelta(minutes=1)}, RegistrationClosed),
        (OVER, EventOver),
    ],
)
def test_register_is_refused_when_the_event_takes_nobody(attributes, error):
    with pytest.raises(RegistrationClosed) as caught:
        services.register(EventFactory(**attributes), **PARTY)

    assert type(caught.value) is error


def test_register_lets_nobody_past_those_in_line():
    """Shortly before the start nothing is offered by itself, so that places are free and people wait."""
    event = EventFactory(capacity=2, starts_at=now() + timedelta(hours=20))
    event.registration_closes_at = event.starts_at
    first = RegistrationFactory(event=event)
    RegistrationFactory(event=event)
    RegistrationFactory(event=event, status=S.WAITING)
    services.cancel(first)

    assert services.register(event, **PARTY).status is S.WAITING


def test_register_gives_a_single_place_past_a_party_of_two_in_line():
    event = EventFactory(capacity=2)
    RegistrationFactory(event=event)
    pair = RegistrationFactory(event=event, status=S.WAITING, persons=2)

    assert services.register(event, **PARTY).status is S.HELD
    assert queries.position_of(pair) == 1


def test_confirm_takes_what_is_held_and_twice_is_once():
    registration = services.register(EventFactory(), **PARTY)

    services.confirm(registration)
    services.confirm(registration)

    assert registration.status is S.CONFIRMED
    assert letters() == ["held", "confirmed"]


def test_confirm_on_the_waiting_list_joins_the_queue_in_order_of_registration(later):
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event)
    first = services.register(event, **PARTY)
    later(timedelta(minutes=1))
    second = services.register(event, **PARTY)

    services.confirm(second)
    services.confirm(first)

    assert list(queries.queue_of(event.id)) == [first, second]
    assert letters() == ["waiting", "waiting", "joined", "joined"]


def test_confirm_on_the_waiting_list_gets_a_place_that_became_free_meanwhile():
    event = EventFactory(capacity=1)
    taken = RegistrationFactory(event=event)
    waiting = services.register(event, **PARTY)
    services.cancel(taken)
    assert waiting.status is S.WAITING

    services.confirm(waiting)

    assert waiting.status is S.CONFIRMED


@pytest.mark.parametrize("has_expired", [False, True], ids=["before the job ran", "after the job ran"])
def test_confirm_late_gets_a_free_place(later, has_expired):
    registration = services.register(EventFactory(capacity=1), **PARTY)
    later(timedelta(hours=HOLD_HOURS))
    if has_expired:
        services.expire_due()
        assert registration.status is S.EXPIRED

    services.confirm(registration)

    assert (registration.status, registration.ended_at) == (S.CONFIRMED, None)


@pytest.mark.parametrize("has_expired", [False, True], ids=["before the job ran", "after the job ran"])
def test_confirm_late_joins_the_end_of_the_queue(later, has_expired):
    event = EventFactory(capacity=1)
    late = services.register(event, **PARTY)
    later(timedelta(hours=1))
    waiting = RegistrationFactory(event=event, status=S.WAITING)
    later(timedelta(hours=HOLD_HOURS))
    if has_expired:
        services.expire_due()

    services.confirm(late)

    assert statuses(late, waiting) == [S.WAITING, S.OFFERED]
    assert list(queries.queue_of(event.id)) == [late]


def test_confirm_is_refused_after_the_close(later):
    registration = services.register(EventFactory(registration_closes_at=now() + timedelta(hours=1)), **PARTY)
    later(timedelta(hours=1))

    with pytest.raises(RegistrationClosed):
        services.confirm(registration)

    assert registration.status is S.HELD


def test_confirm_is_refused_after_cancelling():
    registration = services.register(EventFactory(), **PARTY)
    services.cancel(registration)

    with pytest.raises(AlreadyCancelled):
        services.confirm(registration)


def test_cancel_offers_the_place_to_the_next_in_the_same_commit():
    event = EventFactory(capacity=2)
    leaving = RegistrationFactory(event=event, persons=2)
    unconfirmed = RegistrationFactory(event=event, status=S.WAITING, confirmed_at=None)
    first, second, third = (RegistrationFactory(event=event, status=S.WAITING) for _ in range(3))

    services.cancel(leaving)

    assert statuses(leaving, unconfirmed, first, second, third) == [
        S.CANCELLED,
        S.WAITING,
        S.OFFERED,
        S.OFFERED,
        S.WAITING,
    ]
    assert first.offered_until - first.event.registration_closes_at < timedelta(0)
    assert letters() == ["cancelled", "offer", "offer"]


def test_cancel_from_the_waiting_list_offers_nothing():
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event)
    leaving, staying = RegistrationFactory.create_batch(2, event=event, status=S.WAITING)

    services.cancel(leaving)

    assert statuses(leaving, staying) == [S.CANCELLED, S.WAITING]
    assert queries.position_of(staying) == 1


def test_cancel_skips_a_party_that_does_not_fit_and_keeps_its_turn():
    event = EventFactory(capacity=2)
    leaving, staying = RegistrationFactory.create_batch(2, event=event)
    pair = RegistrationFactory(event=event, status=S.WAITING, persons=2)
    single = RegistrationFactory(event=event, status=S.WAITING)

    services.cancel(leaving)
    assert statuses(pair, single) == [S.WAITING, S.OFFERED]

    services.cancel(staying)
    services.decline_offer(single)
    assert statuses(pair, single) == [S.OFFERED, S.CANCELLED]


def test_cancel_offers_nothing_in_the_last_24_hours_but_an_organiser_may(organiser):
    starts_at = now() + timedelta(hours=23)
    event = EventFactory(capacity=1, starts_at=starts_at, registration_closes_at=starts_at)
    leaving = RegistrationFactory(event=event)
    waiting = RegistrationFactory(event=event, status=S.WAITING)
    services.cancel(leaving)
    assert waiting.status is S.WAITING

    services.offer(waiting, by=organiser)

    assert (waiting.status, waiting.offered_until) == (S.OFFERED, starts_at)


def test_cancel_twice_is_once_and_after_the_event_too_late(later):
    registration = RegistrationFactory()
    services.cancel(registration)
    services.cancel(registration)
    assert letters() == ["cancelled"]
    stays = RegistrationFactory()
    later(timedelta(days=40))

    with pytest.raises(EventOver):
        services.cancel(stays)


def test_cancel_is_refused_for_what_has_expired():
    with pytest.raises(InvalidTransition):
        services.cancel(RegistrationFactory(status=S.EXPIRED))


def test_find_by_link_refuses_forged_old_and_foreign_links():
    registration, other = RegistrationFactory.create_batch(2)
    token = services.issue_link(registration)
    assert services.find_by_link(token) == registration

    with pytest.raises(LinkInvalid):
        services.find_by_link(services.issue_link(other).rpartition(".")[0] + ".erfunden")
    registration.link_generation += 1
    with pytest.raises(RegistrationGone):
        services.find_by_link(token)
