from datetime import datetime, timedelta

import pytest

from app.db import db, now
from app.errors import InvalidTransition
from app.events.models import AttendanceMode, EventStatus, TableChoice
from app.local_time import BERLIN
from app.registrations import counting, queries, services
from app.registrations.errors import (
    CapacityTaken,
    ChangesClosed,
    CodeInvalid,
    CodeMissing,
    CodeUsedUp,
    EventPostponed,
    ItemsOverlap,
    NoRoomAt,
    NoRoomForMore,
    NoSuchChoice,
    NotConfirmedYet,
    NotInLine,
    PartyOutOfRange,
    PartyTooLargeForThing,
    RegistrationNotOpenYet,
    RequestDeclined,
    TooManyChoices,
)
from app.registrations.models import BookingStatus, Channel, QuestionKind, RegistrationStatus, Thing, ThingKind
from tests.events.factories import EventFactory, ProgrammeItemFactory, ThemeTableFactory
from tests.registrations.factories import InvitationCodeFactory, QuestionFactory
from tests.registrations.scene import PARTY, letters

S = RegistrationStatus
B = BookingStatus
HOUR = timedelta(hours=1)


def item_of(event, *, hour=0, capacity=None, **more):
    starts_at = event.starts_at + hour * HOUR
    more = {"is_bookable": True, "starts_at": starts_at, "ends_at": starts_at + HOUR, **more}
    return ProgrammeItemFactory(event=event, capacity=capacity, **more)


def option_of(event, *, capacity=None, **more):
    question = QuestionFactory(event=event, kind=QuestionKind.SEVERAL, options=[("Beispiel", capacity)], **more)
    return question.options[0]


def join(event, persons=1, *, confirmed=True, **party):
    registration = services.register(event, **PARTY, persons=persons, **party)
    if confirmed:
        services.confirm(registration)
    return registration


def bookings(*registrations):
    return [booking.status for registration in registrations for booking in registration.bookings]


def taken(event):
    counts = counting.counted([event.id])[event.id]
    return {thing.kind.value: (each.taken, each.waiting) for thing, each in counts.items()}


def choices(event, capacity):
    """One of each kind with so many places, under the name by which `register` takes it."""
    return {
        "tables": ThemeTableFactory(event=event, capacity=capacity),
        "items": item_of(event, capacity=capacity),
        "options": option_of(event, capacity=capacity),
    }


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


def test_choices_that_overlap_are_refused_naming_both_with_times():
    event = EventFactory(starts_at=datetime(2030, 6, 24, 9, 30, tzinfo=BERLIN))
    first, second = item_of(event, title="Ankommen"), item_of(event, hour=0.5, title="Wohnen")

    with pytest.raises(ItemsOverlap) as caught:
        join(event, items=[second, first])

    assert str(caught.value) == (
        "„Ankommen“ (9.30 bis 10.30 Uhr) und „Wohnen“ (10 bis 11 Uhr) überschneiden sich. Bitte wählen Sie eines davon."
    )
    one_after_the_other = join(event, items=[first, item_of(event, hour=1)])
    assert bookings(one_after_the_other) == [B.BOOKED, B.BOOKED]


@pytest.mark.parametrize("name", ["tables", "items", "options", "answers"])
def test_what_belongs_to_another_event_is_refused_and_nothing_kept(name):
    event, other = EventFactory(table_choice=TableChoice.CHOOSE), EventFactory()
    foreign = {"tables": ThemeTableFactory, "items": item_of, "options": option_of}
    party = (
        {name: [foreign[name](event=other)]} if name in foreign else {"answers": {QuestionFactory(event=other): "x"}}
    )

    with pytest.raises(NoSuchChoice):
        join(event, **party)

    assert queries.registrations_of(event.id) == []


def test_what_is_not_for_choosing_is_refused():
    event = EventFactory(table_choice=TableChoice.CHOOSE)
    tables = ThemeTableFactory.create_batch(2, event=event)
    options = QuestionFactory(event=event, kind=QuestionKind.ONE, options=["Eins", "Zwei"]).options

    with pytest.raises(NoSuchChoice):
        join(event, items=[item_of(event, is_bookable=False)])
    with pytest.raises(NoSuchChoice):
        join(event, options=[option_of(event, is_retired=True)])
    with pytest.raises(TooManyChoices):
        join(event, tables=tables)
    with pytest.raises(TooManyChoices):
        join(event, options=options)
    event.table_choice = TableChoice.NONE
    with pytest.raises(TooManyChoices):
        join(event, tables=tables[:1])


@pytest.mark.parametrize("persons", [-1, 0, 51, 10**12])
def test_a_party_has_1_to_50_persons(persons):
    with pytest.raises(PartyOutOfRange):
        join(EventFactory(), persons)


def test_a_party_larger_than_what_it_chose_is_refused_by_its_name():
    event = EventFactory()

    with pytest.raises(PartyTooLargeForThing) as caught:
        join(event, 2, items=[item_of(event, capacity=1, title="Wohnen")])

    assert str(caught.value) == "So viele Plätze hat „Wohnen“ nicht."


def test_registration_that_has_not_opened_says_when_and_a_postponed_event_says_so():
    opens_at = now() + timedelta(days=1)

    with pytest.raises(RegistrationNotOpenYet, match="Die Anmeldung öffnet am"):
        join(EventFactory(registration_opens_at=opens_at))
    with pytest.raises(EventPostponed):
        join(EventFactory(status=EventStatus.POSTPONED))


def test_change_swaps_grows_and_shrinks_what_is_booked():
    event = EventFactory()
    first, second = item_of(event, capacity=2), item_of(event, hour=1, capacity=1)
    registration = join(event, items=[first])
    waiting = join(event, 2, items=[first])

    services.change(registration, persons=1, items=[second])
    assert (bookings(registration, waiting), taken(event)["item"]) == ([B.BOOKED, B.BOOKED], (1, 0))
    with pytest.raises(PartyTooLargeForThing):
        services.change(registration, persons=2, items=[second])
    with pytest.raises(NoRoomAt):
        services.change(registration, persons=2)
    assert registration.persons == 1

    services.change(waiting, persons=1)
    services.change(registration, persons=1, items=[])
    assert registration.bookings == []
    assert {thing: each.taken for thing, each in counting.counted([event.id])[event.id].items()} == {
        Thing(ThingKind.EVENT, event.id): 2,
        Thing(ThingKind.ITEM, first.id): 1,
    }


def test_change_gives_no_sure_table_up_for_a_full_one():
    event = EventFactory(table_choice=TableChoice.CHOOSE)
    full, free = ThemeTableFactory(event=event, capacity=1), ThemeTableFactory(event=event, capacity=1)
    join(event, tables=[full])
    registration = join(event, tables=[free])

    with pytest.raises(NoRoomAt):
        services.change(registration, persons=1, tables=[full])

    assert [booking.table for booking in registration.bookings] == [free]


def test_change_and_cancel_by_link_end_at_the_deadline_but_not_for_organisers(organiser, later):
    event = EventFactory(contact="Telefon 07531 800-0")
    event.changes_until = event.starts_at - timedelta(days=2)
    first, second = join(event), join(event)
    later(event.changes_until - now())

    with pytest.raises(ChangesClosed, match=r"Ändern und absagen ging bis .* Telefon 07531 800-0"):
        services.change(first, persons=1)
    with pytest.raises(ChangesClosed):
        services.cancel(first)
    services.change(first, persons=2, by=organiser)
    services.cancel(second, by=organiser)

    assert (first.persons, second.status) == (2, S.CANCELLED)


def test_a_code_counts_the_persons_who_came_by_it_and_takes_back_who_left():
    event = EventFactory(is_by_invitation=True)
    code = InvitationCodeFactory(event=event, code="K7QM34XW", persons=3)

    first = join(event, 2, code="k7qm-34xw ")
    with pytest.raises(CodeUsedUp):
        join(event, 2, code="K7QM34XW")
    with pytest.raises(CodeUsedUp):
        services.change(first, persons=4)
    services.cancel(first)
    join(event, 3, code="K7QM34XW")

    assert counting.count_with_code(code.id) == 3


def test_a_code_must_be_given_known_and_valid(organiser):
    event = EventFactory(is_by_invitation=True)
    InvitationCodeFactory(event=event, code="A", revoked_at=now())
    InvitationCodeFactory(event=event, code="B", valid_until=now())
    InvitationCodeFactory(code="C")

    with pytest.raises(CodeMissing):
        join(event)
    for code in "ABC":
        with pytest.raises(CodeInvalid):
            join(event, code=code)
    assert services.register(event, name="Am Telefon", email=None, by=organiser).status is S.CONFIRMED


def test_a_late_confirmation_checks_the_code_again(later):
    event = EventFactory(is_by_invitation=True)
    InvitationCodeFactory(event=event, code="K7QM34XW", persons=1)
    late = join(event, code="K7QM34XW", confirmed=False)
    later(timedelta(hours=48))
    services.expire_due()
    join(event, code="K7QM34XW")

    with pytest.raises(CodeUsedUp):
        services.confirm(late)

    assert late.status is S.EXPIRED


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


def test_change_capacity_online_is_the_online_part_s(organiser):
    event = EventFactory(attendance_mode=AttendanceMode.HYBRID, capacity=1, online_capacity=1)
    join(event, is_online=True)
    waiting = join(event, is_online=True)

    services.change_capacity(event, 2, online=True, by=organiser)

    assert (waiting.status, event.capacity, event.online_capacity) == (S.OFFERED, 1, 2)


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
