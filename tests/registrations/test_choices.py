from datetime import datetime, timedelta

import pytest

from app.db import now
from app.events.models import EventStatus, TableChoice
from app.local_time import BERLIN
from app.registrations import counting, queries, services
from app.registrations.errors import (
    ChangesClosed,
    CodeInvalid,
    CodeMissing,
    CodeUsedUp,
    EventPostponed,
    ItemsOverlap,
    NoRoomAt,
    NoSuchChoice,
    PartyOutOfRange,
    PartyTooLargeForThing,
    RegistrationNotOpenYet,
    TooManyChoices,
)
from app.registrations.models import BookingStatus, QuestionKind, RegistrationStatus, Thing, ThingKind
from tests.events.factories import EventFactory, ThemeTableFactory
from tests.registrations.factories import InvitationCodeFactory, QuestionFactory
from tests.registrations.scene import bookings, item_of, join, option_of

S = RegistrationStatus
B = BookingStatus


def persons_at(event):
    return {thing: each.taken for thing, each in counting.counted([event.id])[event.id].items()}


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
    assert bookings(registration, waiting) == [B.BOOKED, B.BOOKED]
    assert persons_at(event) == {
        Thing(ThingKind.EVENT, event.id): 3,
        Thing(ThingKind.ITEM, first.id): 2,
        Thing(ThingKind.ITEM, second.id): 1,
    }
    with pytest.raises(PartyTooLargeForThing):
        services.change(registration, persons=2, items=[second])
    with pytest.raises(NoRoomAt):
        services.change(registration, persons=2)
    assert registration.persons == 1

    services.change(waiting, persons=1)
    services.change(registration, persons=1, items=[])
    assert registration.bookings == []
    assert persons_at(event) == {
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
