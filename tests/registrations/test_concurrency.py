import contextlib
from collections import Counter
from datetime import timedelta
from functools import partial
from threading import Barrier, BrokenBarrierError

import pytest
from sqlalchemy import event as events
from sqlalchemy.exc import OperationalError

from app.db import _begin_sqlite, db
from app.events.models import Event, TableChoice, ThemeTable
from app.registrations import counting, places, queries, services
from app.registrations.models import BookingStatus, Registration, RegistrationStatus
from tests.events.factories import EventFactory, ThemeTableFactory
from tests.registrations.factories import RegistrationFactory
from tests.registrations.scene import PARTY
from tests.threads import at_once

S = RegistrationStatus
CROWD = 24


@pytest.fixture
def site(own_app):
    return own_app()


def register(event_id, number=0):
    event = db.session.get_one(Event, event_id)
    registration = services.register(event, name=f"Beispielperson {number}", email=f"person{number}@example.org")
    return registration.id, registration.status


def act(service, registration_id):
    service(db.session.get_one(Registration, registration_id))


def persons_at(event_id):
    return queries.persons_at([event_id])[event_id]


def test_24_people_want_the_last_3_places(site):
    with site.app_context():
        event = EventFactory(capacity=5)
        RegistrationFactory(event=event, persons=2)
        event_id = event.id

    registered = at_once(site, *(partial(register, event_id, number) for number in range(CROWD)))
    assert Counter(status for _, status in registered) == {S.HELD: 3, S.WAITING: CROWD - 3}

    confirmed = at_once(site, *(partial(act, services.confirm, row_id) for row_id, _ in registered))
    assert confirmed == [None] * CROWD
    with site.app_context():
        assert persons_at(event_id) == (2 + 3, 0, CROWD - 3)


def test_everyone_leaves_at_once_and_each_place_is_offered_once(site):
    with site.app_context():
        event = EventFactory(capacity=6)
        leaving = [registration.id for registration in RegistrationFactory.create_batch(6, event=event)]
        for _number in range(8):
            RegistrationFactory(event=event, status=S.WAITING)
        event_id = event.id

    assert at_once(site, *(partial(act, services.cancel, row_id) for row_id in leaving)) == [None] * 6

    with site.app_context():
        assert persons_at(event_id) == (0, 6, 2)


def test_one_party_confirms_in_two_windows_at_once(site):
    with site.app_context():
        event = EventFactory(capacity=1)
        late = RegistrationFactory(event=event, status=S.EXPIRED, confirmed_at=None)
        late.held_until -= timedelta(days=3)
        db.session.flush()
        event_id, late_id = event.id, late.id

    assert at_once(site, *[partial(act, services.confirm, late_id)] * 4) == [None] * 4

    with site.app_context():
        assert persons_at(event_id) == (1, 0, 0)


@pytest.fixture
def pause_after_counting(monkeypatch):
    """Both have counted before one of them inserts, if nothing holds the second one up."""
    barrier = Barrier(2)

    def count(event_ids):
        counted = counting.counted(event_ids)
        with contextlib.suppress(BrokenBarrierError):
            barrier.wait(1)
        return counted

    monkeypatch.setattr(places, "counted", count)


def race_for_one_place(site):
    with site.app_context():
        event_id = EventFactory(capacity=1).id
    results = at_once(site, *[partial(register, event_id)] * 2)
    return [result if isinstance(result, Exception) else result[1] for result in results]


def race_for_one_seat(site):
    """At an event where there is room for all, but not at the table both want."""
    with site.app_context():
        event = EventFactory(table_choice=TableChoice.CHOOSE)
        event_id, table_id = event.id, ThemeTableFactory(event=event, capacity=1).id

    def take():
        event, table = db.session.get_one(Event, event_id), db.session.get_one(ThemeTable, table_id)
        [booking] = services.register(event, **PARTY, tables=[table]).bookings
        return booking.status

    return sorted(at_once(site, take, take))


def test_two_people_race_for_one_seat_and_one_gets_it(site, pause_after_counting):
    assert race_for_one_seat(site) == [BookingStatus.BOOKED, BookingStatus.WAITING]


def test_without_the_lock_postgresql_gives_one_seat_to_two(site, pause_after_counting, monkeypatch, request):
    if request.config.getoption("--database") != "postgresql":
        pytest.skip("SQLite locks the whole database")
    monkeypatch.setattr(places, "lock", lambda row: db.session.get_one(type(row), row.id, populate_existing=True))

    assert race_for_one_seat(site) == [BookingStatus.BOOKED, BookingStatus.BOOKED]


def test_two_people_race_for_one_place_and_one_gets_it(site, pause_after_counting):
    assert sorted(race_for_one_place(site)) == [S.HELD, S.WAITING]


def test_without_the_lock_postgresql_gives_one_place_to_two(site, pause_after_counting, monkeypatch, request):
    if request.config.getoption("--database") != "postgresql":
        pytest.skip("SQLite locks the whole database: see the next test")
    monkeypatch.setattr(places, "lock", lambda row: db.session.get_one(type(row), row.id, populate_existing=True))

    assert race_for_one_place(site) == [S.HELD, S.HELD]


def test_without_begin_immediate_sqlite_turns_people_away(site, pause_after_counting, request):
    if request.config.getoption("--database") != "sqlite":
        pytest.skip("PostgreSQL has no BEGIN IMMEDIATE: see the test before")
    with site.app_context():
        events.remove(db.engine, "begin", _begin_sqlite)
        events.listen(db.engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))

    results = race_for_one_place(site)

    assert [type(result) for result in results if result != S.HELD] == [OperationalError]
