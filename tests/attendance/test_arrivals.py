from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4, uuid5

import pytest
from sqlalchemy import func, select

from app.attendance import queries, services
from app.attendance.entries import Entry, Guest, Scan
from app.attendance.models import ArrivalEntry, EntryKind, EntryResult
from app.db import db, now
from app.registrations.models import Channel, Registration, RegistrationStatus
from tests.attendance.factories import DoorDeviceFactory
from tests.events.factories import EventFactory, ThemeTableFactory
from tests.registrations.factories import RegistrationFactory

R = EntryResult


@pytest.fixture
def device():
    return DoorDeviceFactory(name="Nord")


@pytest.fixture
def party(device):
    return RegistrationFactory(event=device.event, name="Beispielperson", persons=2)


def arrival(attendee, at=None):
    return Entry(str(uuid4()), at or now(), attendee.id)


def undoing(entry):
    return Entry(str(uuid4()), now(), entry.attendee_id, EntryKind.UNDONE, entry.uuid)


def results(device, *entries):
    return [receipt.result for receipt in services.record(device, entries)]


def test_a_person_arrives(device, party):
    [receipt] = services.record(device, [arrival(party.attendees[0])])

    assert (receipt.result, receipt.words, receipt.is_known) == (R.RECORDED, "", False)
    assert queries.arrived(device.event_id) == 1
    assert queries.attendees_who_came(device.event_id) == [party.attendees[0]]


def test_an_entry_sent_twice_counts_once(device, party):
    entries = [arrival(attendee) for attendee in party.attendees]
    services.record(device, entries)

    again = services.record(device, entries)

    assert [(each.result, each.is_known) for each in again] == [(R.RECORDED, True)] * 2
    assert db.session.scalar(select(func.count(ArrivalEntry.id))) == 2
    assert queries.arrived(device.event_id) == 2


def test_pressing_twice_counts_once_and_says_nothing(device, party):
    attendee = party.attendees[0]

    receipts = services.record(device, [arrival(attendee), arrival(attendee)])

    assert [(each.result, each.words) for each in receipts] == [(R.RECORDED, ""), (R.ALREADY, "")]
    assert queries.arrived(device.event_id) == 1


def test_the_second_device_hears_who_was_first(device, party):
    at = now().replace(hour=7, minute=5) - timedelta(days=1)
    services.record(device, [arrival(party.attendees[0], at)])
    other = DoorDeviceFactory(event=device.event)
    entry = arrival(party.attendees[0])

    first, again = [services.record(other, [entry])[0] for _ in range(2)]

    assert first.result == again.result == R.ALREADY
    assert first.words == again.words
    assert first.words in {f"Beispielperson war schon da: {hour}.05 Uhr, Nord." for hour in (8, 9)}  # winter, summer
    assert queries.arrived(device.event_id) == 1


def test_an_arrival_is_undone_and_recorded_anew(device, party):
    entry = arrival(party.attendees[0])

    assert results(device, entry, undoing(entry)) == [R.RECORDED, R.RECORDED]
    assert queries.arrived(device.event_id) == 0
    assert results(device, arrival(party.attendees[0])) == [R.RECORDED]
    assert queries.arrived(device.event_id) == 1


def test_an_undo_of_an_arrival_that_did_not_count_leaves_that_of_the_other_device(device, party):
    other = DoorDeviceFactory(event=device.event)
    services.record(other, [arrival(party.attendees[0])])
    late = arrival(party.attendees[0])

    assert results(device, late, undoing(late)) == [R.ALREADY, R.ALREADY]
    assert queries.arrived(device.event_id) == 1


def test_an_arrival_is_undone_once(device, party):
    entry = arrival(party.attendees[0])

    assert results(device, entry, undoing(entry), undoing(entry)) == [R.RECORDED, R.RECORDED, R.ALREADY]


def test_an_undo_of_nothing_is_unknown(device, party):
    assert results(device, undoing(arrival(party.attendees[0]))) == [R.UNKNOWN]


def test_who_cancelled_meanwhile_is_named_and_not_counted(device, party):
    party.move_to(RegistrationStatus.CANCELLED, now())
    db.session.flush()

    [receipt] = services.record(device, [arrival(party.attendees[0])])

    assert (receipt.result, receipt.words) == (R.CANCELLED, "Beispielperson ist inzwischen abgemeldet.")
    assert queries.arrived(device.event_id) == 0


def test_a_device_learns_no_name_of_who_left_before_it_was_there(device, party):
    party.move_to(RegistrationStatus.CANCELLED, device.created_at - timedelta(seconds=1))
    db.session.flush()

    [receipt] = services.record(device, [arrival(party.attendees[0])])

    assert receipt.words == "Eine Ankunft betraf niemanden, der noch angemeldet ist."


def test_an_entry_that_has_the_uuid_of_a_guests_part_stops_nothing(device, party):
    guest = Guest(services.new_uuid(), now(), "Gast", 2)
    clash = replace(arrival(party.attendees[0]), uuid=str(uuid5(UUID(guest.uuid), "1")))

    receipts = services.record(device, [clash, guest])

    assert [receipt.uuid for receipt in receipts] == [clash.uuid, guest.uuid]


def test_nobody_of_another_event_arrives(device, party):
    foreign = RegistrationFactory()

    [receipt] = services.record(device, [arrival(foreign.attendees[0])])

    assert (receipt.result, receipt.words) == (
        R.UNKNOWN,
        "Eine Ankunft betraf niemanden, der noch angemeldet ist.",
    )
    assert (queries.arrived(device.event_id), queries.arrived(foreign.event_id)) == (0, 0)


def test_a_clock_that_runs_ahead_is_set_back(device, party):
    services.record(device, [arrival(party.attendees[0], now() + timedelta(days=1))])

    [row] = db.session.scalars(select(ArrivalEntry))
    assert row.at == row.received_at


def test_a_late_ticket_lets_in_the_whole_party_once(device, party):
    scan = Scan(str(uuid4()), now(), services.token_of_party(party))

    for _ in range(2):
        [receipt] = services.record(device, [scan])
        assert (receipt.uuid, receipt.result, receipt.words) == (scan.uuid, R.RECORDED, "")

    assert queries.arrived(device.event_id) == 2


def test_a_late_ticket_that_opens_nothing_says_why(device, party):
    party.status = RegistrationStatus.CANCELLED
    db.session.flush()

    [receipt] = services.record(device, [Scan(str(uuid4()), now(), services.token_of_party(party))])

    assert receipt.words == "Zu diesem Ticket gibt es keinen Platz mehr: Die Anmeldung ist abgemeldet."
    assert queries.arrived(device.event_id) == 0


def test_guests_get_a_registration_and_are_there_once(device):
    guest = Guest(str(uuid4()), now(), "Gast", 3)

    for _ in range(2):
        [receipt] = services.record(device, [guest])
        assert (receipt.uuid, receipt.result) == (guest.uuid, R.RECORDED)

    [registration] = db.session.scalars(select(Registration))
    assert (registration.channel, registration.email, registration.persons) == (Channel.DOOR, None, 3)
    assert registration.is_beyond_limit is False
    assert queries.arrived(device.event_id) == 3


@pytest.mark.parametrize(("may_exceed", "came"), [(False, 0), (True, 2)])
def test_guests_come_in_beyond_the_limit_only_where_the_link_allows_it(may_exceed, came):
    device = DoorDeviceFactory(event=EventFactory(capacity=2), may_exceed=may_exceed)
    RegistrationFactory(event=device.event)

    [receipt] = services.record(device, [Guest(str(uuid4()), now(), "Gast", 2)])

    assert queries.arrived(device.event_id) == came
    assert bool(receipt.words) is not may_exceed
    guests = db.session.scalars(select(Registration).where(Registration.channel == Channel.DOOR)).all()
    assert [guest.is_beyond_limit for guest in guests] == [True] * (came > 0)


def test_a_full_event_refuses_guests_in_words_also_when_they_are_sent_again():
    device = DoorDeviceFactory(event=EventFactory(capacity=1))
    RegistrationFactory(event=device.event)
    guest = Guest(str(uuid4()), now(), "Gast", 1)

    [first], [again] = (services.record(device, [guest]) for _ in range(2))

    assert first.words == (
        "Gast ist nicht eingetragen. Es ist kein Platz mehr frei. "
        "Über die Grenze hinaus lässt nur das Team der Veranstaltung jemanden ein."
    )
    assert again.words == "Ein Gast ist nicht eingetragen: Es war kein Platz mehr frei."


def test_who_is_checked_in_at_the_door_and_at_a_table_counts_once(device, party):
    table = ThemeTableFactory(event=device.event)
    at_table = DoorDeviceFactory(event=device.event, table=table)

    assert results(device, arrival(party.attendees[0])) == [R.RECORDED]
    assert results(at_table, arrival(party.attendees[0])) == [R.RECORDED]
    assert queries.arrived(device.event_id) == 1


def test_arrivals_outlive_a_person_who_leaves_the_party(device, party):
    services.record(device, [arrival(party.attendees[1])])
    del party.attendees[1]
    db.session.flush()
    db.session.expire_all()

    [row] = db.session.scalars(select(ArrivalEntry))
    assert (row.attendee_id, queries.arrived(device.event_id)) == (None, 0)
