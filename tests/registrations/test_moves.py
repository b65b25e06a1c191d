from datetime import timedelta

import pytest

from app.errors import InvalidTransition
from app.events.models import AttendanceMode, TableChoice
from app.registrations import services
from app.registrations.errors import (
    CapacityTaken,
    ItemsOverlap,
    NoRoomAt,
    NoSuchChoice,
    NotConfirmedYet,
    NotInLine,
    RequestDeclined,
)
from app.registrations.models import BookingStatus, Channel, RegistrationStatus
from tests.events.factories import EventFactory, ThemeTableFactory
from tests.registrations.scene import PARTY, bookings, choices, item_of, join, letters, taken

S = RegistrationStatus
B = BookingStatus


def test_where_organisers_decide_a_request_holds_nothing_until_they_say_yes(organiser):
    event = EventFactory(capacity=1, requires_approval=True)
    item = item_of(event, capacity=1)
    first, second, third = (join(event, items=[item], confirmed=False) for _number in range(3))
    assert (first.status, taken(event)) == (S.REQUESTED, {"event": (0, 0)})
    with pytest.raises(NotConfirmedYet):
        services.approve(first, by=organiser)

    for each in (first, second, third):
        services.confirm(each)
        services.confirm(each)
    assert [first.status, bookings(first)] == [S.REQUESTED, [B.WAITING]]
    services.approve(second, by=organiser)
    services.approve(first, by=organiser)
    services.decline(third, reason="Die Veranstaltung ist für Fachleute.", by=organiser)

    assert [each.status for each in (first, second, third)] == [S.WAITING, S.CONFIRMED, S.DECLINED]
    assert bookings(first, second) == [B.WAITING, B.BOOKED]
    assert letters()[6:] == ["approved", "joined", "declined"]
    for service in (services.confirm, lambda party: services.change(party, persons=1)):
        with pytest.raises(RequestDeclined):
            service(third)
    with pytest.raises(InvalidTransition):
        services.approve(second, by=organiser)


def test_a_request_nobody_confirms_expires_and_a_late_one_is_decided_on(later):
    event = EventFactory(requires_approval=True)
    late = join(event, confirmed=False)
    later(timedelta(hours=48))

    assert services.expire_due() == 1
    assert late.status is S.EXPIRED
    services.confirm(late)

    assert late.status is S.REQUESTED


def test_what_an_organiser_types_needs_no_approval(organiser):
    event = EventFactory(requires_approval=True)

    assert services.register(event, name="Am Telefon", email=None, by=organiser).status is S.CONFIRMED


def test_admit_beyond_limit_is_recorded_and_frees_no_place_for_others(organiser):
    event = EventFactory(capacity=1)
    first, second, third = join(event), join(event), join(event)

    services.admit_beyond_limit(second, by=organiser)
    assert (second.status, second.is_beyond_limit, third.status) == (S.CONFIRMED, True, S.WAITING)
    services.change_capacity(event, 1, by=organiser)
    services.cancel(first)
    assert third.status is S.WAITING
    services.change_capacity(event, 2, by=organiser)
    assert third.status is S.OFFERED
    with pytest.raises(NotInLine):
        services.admit_beyond_limit(second, by=organiser)


def test_register_beyond_the_limit_is_for_those_at_the_desk():
    event = EventFactory(capacity=1)
    join(event)

    guest = services.register(event, name="Gast", email=None, channel=Channel.DOOR, beyond=True)
    visitor = services.register(event, **PARTY, beyond=True)

    assert (guest.status, guest.is_beyond_limit, visitor.status) == (S.CONFIRMED, True, S.WAITING)


def test_move_takes_a_party_to_another_table_while_there_is_room(organiser):
    event = EventFactory(table_choice=TableChoice.CHOOSE)
    first, second = ThemeTableFactory(event=event, capacity=1), ThemeTableFactory(event=event, capacity=1)
    moving, sitting = join(event, tables=[first]), join(event, tables=[second])
    waiting = join(event, tables=[first])

    with pytest.raises(NoRoomAt):
        services.move(moving, second, by=organiser)
    services.move(moving, second, beyond=True, by=organiser)

    assert [(booking.table, booking.is_beyond_limit) for booking in moving.bookings] == [(second, True)]
    assert bookings(waiting) == [B.BOOKED]
    assert letters()[-2:] == ["moved", "booking_promoted"]
    with pytest.raises(NoSuchChoice):
        services.move(sitting, second, by=organiser, instead_of=moving.bookings[0])
    services.cancel(sitting)
    with pytest.raises(InvalidTransition):
        services.move(sitting, first, by=organiser)


def test_move_refuses_items_that_overlap_and_foreign_ones(organiser):
    event = EventFactory()
    first, second = item_of(event), item_of(event)
    moving = join(event, items=[first])

    with pytest.raises(ItemsOverlap):
        services.move(moving, second, by=organiser)
    with pytest.raises(NoSuchChoice):
        services.move(moving, item_of(EventFactory()), by=organiser)
    with pytest.raises(NoSuchChoice):
        services.move(moving, ThemeTableFactory(event=event), by=organiser)
    services.move(moving, second, instead_of=moving.bookings[0], by=organiser)

    assert [booking.item for booking in moving.bookings] == [second]


@pytest.mark.parametrize("name", ["tables", "items", "options"])
def test_change_capacity_of_promotes_and_never_takes_a_place_away(name, organiser):
    event = EventFactory(table_choice=TableChoice.CHOOSE)
    thing = choices(event, 1)[name]
    placed, waiting = join(event, **{name: [thing]}), join(event, **{name: [thing]})

    services.change_capacity_of(thing, 2, by=organiser)
    assert bookings(placed, waiting) == [B.BOOKED, B.BOOKED]
    with pytest.raises(CapacityTaken):
        services.change_capacity_of(thing, 1, by=organiser)

    services.change_capacity_of(thing, None, by=organiser)
    assert thing.capacity is None


def test_change_of_a_table_or_an_item_keeps_to_what_is_taken(organiser):
    event = EventFactory(table_choice=TableChoice.CHOOSE)
    table, item = ThemeTableFactory(event=event, capacity=1), item_of(event, capacity=1)
    join(event, tables=[table], items=[item])
    waiting = join(event, tables=[table], items=[item])

    for service, thing in ((services.change_table, table), (services.change_item, item)):
        service(thing, title="Anderer Titel", capacity=2, by=organiser)
        with pytest.raises(CapacityTaken):
            service(thing, capacity=1, by=organiser)
        assert (thing.title, thing.capacity) == ("Anderer Titel", 2)
    assert bookings(waiting) == [B.BOOKED, B.BOOKED]


def test_change_of_a_hybrid_event_needs_room_for_those_online(organiser):
    event = EventFactory(attendance_mode=AttendanceMode.HYBRID, capacity=1, online_capacity=1)
    join(event), join(event, is_online=True)

    with pytest.raises(CapacityTaken):
        services.change_event(event, attendance_mode=AttendanceMode.ON_SITE, by=organiser)

    assert event.attendance_mode is AttendanceMode.HYBRID


def test_change_capacity_online_is_the_online_part_s(organiser):
    event = EventFactory(attendance_mode=AttendanceMode.HYBRID, capacity=1, online_capacity=1)
    join(event, is_online=True)
    waiting = join(event, is_online=True)

    services.change_capacity(event, 2, online=True, by=organiser)

    assert (waiting.status, event.capacity, event.online_capacity) == (S.OFFERED, 1, 2)
