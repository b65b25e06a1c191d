from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.db import db, now
from app.events.models import EventStatus
from app.registrations import letter_queries, services
from app.registrations.errors import ReminderRefused
from app.registrations.models import RegistrationStatus, Reminder, SentReminder
from tests.events.factories import EventFactory
from tests.registrations.factories import RegistrationFactory
from tests.registrations.scene import letters
from tests.threads import at_once

S = RegistrationStatus
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def clock():
    with time_machine.travel(now().replace(minute=7, second=0, microsecond=0), tick=False) as traveller:
        yield traveller


def run(clock, until, every):
    """Let the job run from now on, so often; when each letter was written."""
    written = {}
    while now() < until:
        before = len(letters())
        services.remind_due()
        for letter in letters()[before:]:
            written.setdefault(letter, []).append(now())
        clock.shift(every)
    return written


def plan(event):
    return [(each.letter.value, each.hours) for each in letter_queries.reminders_of([event.id])[event.id]]


@pytest.mark.parametrize(
    ("every", "hours"),
    [(timedelta(minutes=5), (3, 1)), (timedelta(hours=7), (168, 24)), (timedelta(hours=24), (168, 24))],
)
def test_everybody_with_a_place_is_reminded_twice_and_thanked_once(clock, every, hours):
    first, second = (timedelta(hours=each) for each in hours)
    event = EventFactory(starts_at=now() + first + 2 * every, ends_at=now() + first + 2 * every + HOUR)
    services.plan_reminders(event, before=hours, after=hours[1:], by=None)
    RegistrationFactory(event=event)
    RegistrationFactory(event=event, status=S.WAITING)
    RegistrationFactory(event=event, status=S.HELD, confirmed_at=None)
    RegistrationFactory(event=event, status=S.CANCELLED)
    RegistrationFactory(event=EventFactory(status=EventStatus.PLANNED, starts_at=event.starts_at))

    written = run(clock, event.ends_at + second + 3 * every, every)

    due = [event.starts_at - first, event.starts_at - second, event.ends_at + second]
    for at, due_at in zip([*written["reminder"], *written["thanks"]], due, strict=True):
        assert due_at <= at < due_at + every
    assert letters() == ["reminder", "reminder", "thanks"]


def test_after_a_long_break_only_the_last_one_goes(clock):
    event = EventFactory(starts_at=now() + 9 * DAY)
    RegistrationFactory(event=event)
    clock.shift(8 * DAY + 3 * HOUR)

    assert (services.remind_due(), services.remind_due()) == (1, 0)
    assert letters() == ["reminder"]


@pytest.mark.parametrize(("late", "told"), [(-timedelta(seconds=1), 1), (timedelta(0), 0)])
def test_nobody_is_reminded_of_what_has_begun(clock, late, told):
    event = EventFactory(starts_at=now() + 9 * DAY)
    RegistrationFactory(event=event)
    clock.shift(9 * DAY + late)

    assert services.remind_due() == told


def test_reminder_that_waits_in_the_outbox_is_dropped_at_the_start(clock, mails):
    event = EventFactory(starts_at=now() + 2 * HOUR)
    RegistrationFactory(event=event, confirmed_at=now() - 30 * DAY)
    assert services.remind_due() == 1

    clock.shift(2 * HOUR)

    assert mails() == []


def test_nobody_is_thanked_weeks_later(clock):
    event = EventFactory(starts_at=now() + 9 * DAY)
    RegistrationFactory(event=event)
    clock.move_to(event.ends_at + 8 * DAY)

    assert services.remind_due() == 0


def test_who_gets_a_place_later_is_not_told_at_once_what_was_said_before(clock):
    event = EventFactory(starts_at=now() + 9 * DAY, registration_closes_at=now() + 9 * DAY)
    clock.shift(4 * DAY)
    waiting = RegistrationFactory(event=event, status=S.OFFERED, confirmed_at=now() - 10 * DAY)
    services.accept_offer(waiting)
    assert services.remind_due() == 0

    clock.shift(4 * DAY)

    assert services.remind_due() == 1
    assert letters() == ["confirmed", "reminder"]


def test_reminders_follow_the_event_to_another_time(clock):
    event = EventFactory(starts_at=now() + 7 * DAY)
    RegistrationFactory(event=event)
    clock.shift(HOUR)
    assert services.remind_due() == 1

    services.change_event(event, starts_at=event.starts_at + 30 * DAY, ends_at=event.ends_at + 30 * DAY, by=None)

    written = run(clock, event.starts_at, 6 * HOUR)
    assert [event.starts_at - at for at in written["reminder"]] == [7 * DAY - HOUR, DAY - HOUR]


def test_who_was_just_told_of_another_time_is_not_reminded_at_once(clock):
    event = EventFactory(starts_at=now() + 20 * DAY, registration_closes_at=now() + DAY)
    RegistrationFactory(event=event)
    clock.shift(2 * DAY)

    services.change_event(event, starts_at=now() + 3 * DAY, ends_at=now() + 3 * DAY + HOUR, by=None)

    assert services.remind_due() == 0
    clock.shift(2 * DAY)
    assert services.remind_due() == 1


@pytest.mark.parametrize("status", [EventStatus.POSTPONED, EventStatus.CANCELLED])
def test_nobody_is_reminded_of_what_does_not_take_place(status):
    event = EventFactory(starts_at=now() + HOUR, status=status)
    RegistrationFactory(event=event, confirmed_at=now() - 30 * DAY)

    assert services.remind_due() == 0


def test_two_workers_remind_once(clock, own_app):
    app = own_app()
    with app.app_context():
        event = EventFactory(starts_at=now() + DAY)
        for _number in range(5):
            RegistrationFactory(event=event, confirmed_at=now() - 30 * DAY)
        clock.shift(HOUR)

    told = at_once(app, *[services.remind_due] * 4)

    with app.app_context():
        assert sorted(told) == [0, 0, 0, 5]
        assert letters() == ["reminder"] * 5


def test_an_event_starts_with_the_usual_plan_and_gets_its_own(organiser):
    event = EventFactory()
    assert plan(event) == [("reminder", 168), ("reminder", 24), ("thanks", 24)]
    assert db.session.scalars(select(Reminder)).all() == []

    services.plan_reminders(event, before=[48, 168], after=[], by=organiser)

    assert plan(event) == [("reminder", 168), ("reminder", 48)]
    [entry] = db.session.scalars(select(AuditEntry))
    assert (entry.action, entry.actor_id) == ("registrations.plan_reminders", organiser.id)


def test_an_event_may_remind_nobody():
    event = EventFactory(starts_at=now() + HOUR)
    RegistrationFactory(event=event, confirmed_at=now() - 30 * DAY)

    services.plan_reminders(event, before=[], after=[], by=None)

    assert (plan(event), services.remind_due()) == ([], 0)


def test_a_plan_sends_nothing_that_is_past_and_nothing_twice(clock):
    event = EventFactory(starts_at=now() + 5 * DAY)
    RegistrationFactory(event=event, confirmed_at=now() - 30 * DAY)
    assert services.remind_due() == 1

    services.plan_reminders(event, before=[24, 150], after=[24], by=None)
    services.plan_reminders(event, before=[24, 168], after=[24], by=None)

    assert services.remind_due() == 0
    clock.shift(4 * DAY)
    assert services.remind_due() == 1


@pytest.mark.parametrize("before", [[0], [-5], [60 * 24 + 1], [24, 24]])
def test_a_plan_without_sense_is_refused(before):
    event = EventFactory()

    with pytest.raises(ReminderRefused):
        services.plan_reminders(event, before=before, after=[], by=None)

    assert plan(event) == [("reminder", 168), ("reminder", 24), ("thanks", 24)]


def test_what_was_sent_goes_with_the_registration():
    event = EventFactory(starts_at=now() + HOUR)
    registration = RegistrationFactory(event=event, confirmed_at=now() - 30 * DAY)
    services.remind_due()

    db.session.delete(registration)
    db.session.flush()

    assert db.session.scalars(select(SentReminder)).all() == []


def test_reminding_costs_the_same_for_events_that_are_not_due(count_queries):
    costs = []
    for _round in range(2):
        for _number in range(2):
            RegistrationFactory(event=EventFactory())
        with count_queries() as statements:
            services.remind_due()
        costs.append(len(statements))

    assert costs == [2, 2]
