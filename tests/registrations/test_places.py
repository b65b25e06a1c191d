from datetime import timedelta

import pytest

from app.db import db, now
from app.events.models import AttendanceMode, TableChoice
from app.registrations import queries, services
from app.registrations.errors import (
    NoRoomForMore,
)
from app.registrations.models import BookingStatus, RegistrationStatus
from tests.events.factories import EventFactory, ThemeTableFactory
from tests.registrations.scene import HOUR, PARTY, bookings, choices, item_of, join, letters, option_of, taken

S = RegistrationStatus
B = BookingStatus


@pytest.mark.parametrize("name", ["tables", "items", "options"])
def test_each_thing_has_places_and_a_queue_of_its_own(name, later):
    event = EventFactory(table_choice=TableChoice.CHOOSE)
    thing = choices(event, 3)[name]
    chosen = {name: [thing]}

    pair, other_pair, single, last = (join(event, persons, **chosen) for persons in (2, 2, 1, 1))
    assert bookings(pair, other_pair, single, last) == [B.BOOKED, B.WAITING, B.BOOKED, B.WAITING]
    assert {each.status for each in (pair, other_pair, single, last)} == {S.CONFIRMED}

    later(HOUR)
    services.cancel(single)
    assert bookings(other_pair, last) == [B.WAITING, B.BOOKED]
    services.cancel(pair)
    assert bookings(other_pair, last) == [B.BOOKED, B.BOOKED]
    assert letters().count("booking_promoted") == 2
    assert bookings(pair, single) == [B.WAITING, B.WAITING]
    assert taken(event) == {"event": (3, 0), name.removesuffix("s"): (3, 0)}


def test_an_option_that_counts_parties_takes_one_place_each():
    event = EventFactory()
    option = option_of(event, capacity=2, counts_persons=False)

    parties = [join(event, 3, options=[option]) for _number in range(3)]
    services.change(parties[0], persons=5)

    assert bookings(*parties) == [B.BOOKED, B.BOOKED, B.WAITING]
    assert taken(event) == {"event": (11, 0), "option": (2, 1)}


def test_a_hybrid_event_has_two_kinds_of_places_and_two_queues():
    event = EventFactory(attendance_mode=AttendanceMode.HYBRID, capacity=1, online_capacity=1)

    on_site, waiting, online, online_waiting = (join(event, is_online=way) for way in (False, False, True, True))
    assert [each.status for each in (on_site, waiting, online, online_waiting)] == [
        *(S.CONFIRMED, S.WAITING),
        *(S.CONFIRMED, S.WAITING),
    ]
    assert [queries.position_of(each) for each in (waiting, online_waiting)] == [1, 1]

    services.cancel(online)
    assert [waiting.status, online_waiting.status] == [S.WAITING, S.OFFERED]
    with pytest.raises(NoRoomForMore):
        services.change(online_waiting, persons=1, is_online=False)


def test_change_from_the_hall_to_the_screen_frees_the_place_in_the_hall():
    event = EventFactory(attendance_mode=AttendanceMode.HYBRID, capacity=1, online_capacity=1)
    moving, waiting = join(event), join(event)

    services.change(moving, persons=1, is_online=True)

    assert [moving.status, waiting.status] == [S.CONFIRMED, S.OFFERED]
    assert taken(event) == {"event": (1, 0), "online": (1, 0)}


def test_change_in_line_to_the_other_part_joins_the_end_of_its_queue():
    event = EventFactory(attendance_mode=AttendanceMode.HYBRID, capacity=1, online_capacity=1)
    join(event), join(event, is_online=True)
    first, second = join(event), join(event, is_online=True)

    services.change(first, persons=1, is_online=True)

    assert [queries.position_of(each) for each in (second, first)] == [1, 2]


def test_a_party_in_line_for_the_event_waits_for_its_choices_and_gets_a_decision_with_its_place():
    event = EventFactory(capacity=2)
    item = item_of(event, capacity=1)
    leaving, _other = join(event), join(event)
    waiting = join(event, items=[item])
    assert (waiting.status, bookings(waiting), taken(event)) == (S.WAITING, [B.WAITING], {"event": (2, 1)})

    services.cancel(leaving)
    assert (waiting.status, bookings(waiting)) == (S.OFFERED, [B.BOOKED])

    services.confirm(waiting)
    assert (waiting.status, bookings(waiting)) == (S.CONFIRMED, [B.BOOKED])
    assert "booking_promoted" not in letters()


def test_an_offer_nobody_takes_gives_back_what_was_booked_with_it(later):
    event = EventFactory(capacity=1)
    item = item_of(event, capacity=1)
    leaving = join(event)
    waiting = join(event, items=[item])
    services.cancel(leaving)
    assert bookings(waiting) == [B.BOOKED]

    later(timedelta(hours=48))
    services.expire_due()

    assert (waiting.status, bookings(waiting), taken(event)) == (S.WAITING, [B.WAITING], {"event": (0, 1)})


def test_only_confirmed_parties_are_promoted_and_a_later_confirmation_keeps_its_turn(later):
    event = EventFactory()
    item = item_of(event, capacity=1)
    leaving = join(event, items=[item])
    later(HOUR)
    early = join(event, items=[item], confirmed=False)
    later(HOUR)
    late = join(event, items=[item])

    services.confirm(early)
    services.cancel(leaving)

    assert bookings(early, late) == [B.BOOKED, B.WAITING]


def test_confirm_takes_what_became_free_meanwhile_in_what_was_chosen():
    event = EventFactory()
    item = item_of(event, capacity=1)
    leaving = join(event, items=[item])
    unconfirmed = join(event, items=[item], confirmed=False)
    services.cancel(leaving)
    assert bookings(unconfirmed) == [B.WAITING]

    services.confirm(unconfirmed)

    assert bookings(unconfirmed) == [B.BOOKED]


def test_nothing_is_promoted_by_itself_in_the_last_hours(organiser):
    starts_at = now() + 5 * HOUR
    event = EventFactory(starts_at=starts_at, registration_closes_at=starts_at, offers_stop_hours=6)
    item = item_of(event, capacity=1)
    leaving, waiting = join(event, items=[item]), join(event, items=[item])

    services.cancel(leaving)
    assert bookings(waiting) == [B.WAITING]

    services.book_beyond_limit(waiting.bookings[0], by=organiser)
    assert (bookings(waiting), waiting.bookings[0].is_beyond_limit) == ([B.BOOKED], False)


def test_the_hours_of_holding_and_offering_are_the_event_s():
    event = EventFactory(capacity=1, hold_hours=2, offer_hours=3)
    first = join(event)
    second = join(event)
    third = join(event, confirmed=False)
    services.cancel(first)

    assert third.held_until - third.created_at == 2 * HOUR
    assert timedelta() < second.offered_until - now() <= 3 * HOUR


@pytest.mark.parametrize("count", [1, 3])
def test_register_costs_the_same_whatever_the_number_of_things(count, count_queries):
    event = EventFactory(table_choice=TableChoice.CHOOSE)
    for hour in range(count):
        ThemeTableFactory(event=event, capacity=9)
        waiting = item_of(event, hour=hour, capacity=1)
        join(event, items=[waiting])
        join(event, items=[waiting])
    db.session.expire_all()
    assert event.title

    with count_queries() as statements:
        services.register(event, **PARTY)

    reading = [statement for statement in statements if statement.startswith("SELECT")]
    assert len(reading) == 7
