from functools import partial
from threading import Barrier
from uuid import uuid4

import pytest

from app.attendance import queries, services
from app.attendance.entries import Entry, Guest
from app.attendance.models import DoorDevice, EntryResult
from app.attendance.services import arrivals
from app.db import db, now
from tests.attendance.factories import DoorDeviceFactory
from tests.events.factories import EventFactory
from tests.registrations.factories import RegistrationFactory
from tests.threads import at_once

R = EntryResult
DEVICES = 8


@pytest.fixture
def site(own_app):
    return own_app()


def open_door(persons, **event):
    event = EventFactory(**event)
    party = RegistrationFactory(event=event, persons=persons)
    devices = [DoorDeviceFactory(event=event).id for _ in range(DEVICES)]
    return event.id, devices, [attendee.id for attendee in party.attendees]


def send(device_id, entries):
    return [receipt.result for receipt in services.record(db.session.get_one(DoorDevice, device_id), entries)]


def test_eight_devices_check_in_the_same_people_and_each_arrives_once(site):
    with site.app_context():
        event_id, devices, people = open_door(5)
    calls = [partial(send, device, [Entry(str(uuid4()), now(), person) for person in people]) for device in devices]

    results = at_once(site, *calls)

    assert sorted(results) == sorted([[R.ALREADY] * 5] * (DEVICES - 1) + [[R.RECORDED] * 5])
    with site.app_context():
        assert queries.arrived(event_id) == 5


def test_one_device_sends_the_same_entries_from_many_windows(site):
    with site.app_context():
        event_id, devices, people = open_door(5)
    entries = [Entry(str(uuid4()), now(), person) for person in people]

    assert at_once(site, *[partial(send, devices[0], entries)] * DEVICES) == [[R.RECORDED] * 5] * DEVICES
    with site.app_context():
        assert queries.arrived(event_id) == 5


def test_guests_at_several_doors_never_pass_the_limit(site):
    with site.app_context():
        event_id, devices, _people = open_door(1, capacity=4)

    results = at_once(site, *(partial(send, device, [Guest(str(uuid4()), now(), "Gast", 1)]) for device in devices))

    assert sorted(results) == [[R.FULL]] * (DEVICES - 3) + [[R.RECORDED]] * 3
    with site.app_context():
        assert queries.arrived(event_id) == 3


def test_without_the_lock_one_person_arrives_more_than_once(site, monkeypatch, request):
    if request.config.getoption("--database") != "postgresql":
        pytest.skip("SQLite locks the whole database")
    with site.app_context():
        _event_id, devices, people = open_door(1)
    monkeypatch.setattr(arrivals, "lock", lambda row: row)
    monkeypatch.setattr(arrivals, "standing_arrivals", slowly(arrivals.standing_arrivals))

    results = at_once(site, *(partial(send, device, [Entry(str(uuid4()), now(), people[0])]) for device in devices))

    assert results.count([R.RECORDED]) > 1


def slowly(query):
    """Everybody has looked before anybody writes."""
    barrier = Barrier(DEVICES)

    def wait(*arguments):
        found = query(*arguments)
        barrier.wait(10)
        return found

    return wait
