from datetime import timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.db import db, now
from app.errors import DomainError, InvalidTransition
from app.events import services
from app.events.errors import DeadlinePassed, EndsTooEarly, NewTimeNeeded
from app.events.models import TRANSITIONS, EventStatus, ProgrammeItem
from app.mail.models import OutgoingMail
from app.registrations import services as registrations
from app.registrations.services.letters import tell
from tests.events.factories import EventFactory, ProgrammeItemFactory
from tests.registrations.factories import RegistrationFactory, S
from tests.registrations.scene import letters

E = EventStatus
HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)
STEPS = {
    (E.PLANNED, E.OPEN): services.publish,
    (E.OPEN, E.CLOSED): registrations.close_event,
    (E.CLOSED, E.OPEN): registrations.reopen_event,
    (E.OPEN, E.POSTPONED): registrations.postpone_event,
    (E.CLOSED, E.POSTPONED): registrations.postpone_event,
    (E.OPEN, E.CANCELLED): registrations.cancel_event,
    (E.CLOSED, E.CANCELLED): registrations.cancel_event,
    (E.POSTPONED, E.CANCELLED): registrations.cancel_event,
}
VERBS = {
    "publish": services.publish,
    "close": registrations.close_event,
    "reopen": registrations.reopen_event,
    "postpone": registrations.postpone_event,
    "cancel": registrations.cancel_event,
    "reschedule": lambda event, by: registrations.reschedule_event(
        event, starts_at=event.starts_at + WEEK, ends_at=event.ends_at + WEEK, by=by
    ),
    "move": lambda event, by: registrations.change_event(event, place=f"{event.place}x", by=by),
    "reword": lambda event, by: registrations.change_event(event, guiding_question=f"{event.sequence}?", by=by),
}


def test_every_step_of_the_table_has_a_service_and_no_other_is_let_through():
    allowed = {(before, after) for before, afters in TRANSITIONS.items() for after in afters}
    assert allowed == {*STEPS, (E.POSTPONED, E.OPEN)}

    for before in E:
        for (_, after), step in STEPS.items():
            event = EventFactory(status=before)
            if (before, after) in STEPS and STEPS[before, after] is step:
                step(event, by=None)
                assert event.status is after
            elif step not in {STEPS.get((before, other)) for other in E}:
                with pytest.raises(InvalidTransition):
                    step(event, by=None)
                assert event.status is before


def test_reschedule_moves_programme_and_deadlines_along():
    event = EventFactory(status=E.POSTPONED, sequence=1)
    event.registration_opens_at = event.starts_at - timedelta(days=20)
    event.changes_until = event.starts_at - HOUR
    item = ProgrammeItemFactory(event=event)
    before = event.starts_at, event.registration_closes_at, event.registration_opens_at, event.changes_until

    services.reschedule_event(event, starts_at=event.starts_at + WEEK, ends_at=event.ends_at + WEEK, by=None)

    after = event.starts_at, event.registration_closes_at, event.registration_opens_at, event.changes_until
    assert after == tuple(moment + WEEK for moment in before)
    assert db.session.get(ProgrammeItem, item.id).starts_at == before[0] + WEEK
    assert (event.status, event.sequence) == (E.OPEN, 2)
    assert db.session.scalars(select(AuditEntry.action)).all() == ["events.reschedule"]


@pytest.mark.parametrize(("start", "end", "error"), [(-2, -1, NewTimeNeeded), (48, 47, EndsTooEarly)])
def test_reschedule_refuses_times_that_cannot_be(start, end, error):
    event = EventFactory(status=E.POSTPONED)

    with pytest.raises(error):
        services.reschedule_event(event, starts_at=now() + start * HOUR, ends_at=now() + end * HOUR, by=None)

    db.session.expire_all()
    assert event.status is E.POSTPONED


def test_reopen_is_refused_when_the_deadline_is_over():
    event = EventFactory(status=E.CLOSED, registration_closes_at=now() - HOUR)

    with pytest.raises(DeadlinePassed):
        services.reopen_event(event, by=None)

    assert event.status is E.CLOSED


def test_postponing_tells_everyone_who_said_they_come():
    event = EventFactory()
    told = [RegistrationFactory(event=event, status=status) for status in (S.CONFIRMED, S.OFFERED, S.WAITING)]
    RegistrationFactory(event=event, status=S.CANCELLED)
    RegistrationFactory(event=event, status=S.HELD, confirmed_at=None)
    RegistrationFactory()

    registrations.postpone_event(event, by=None)

    mails = db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)).all()
    assert [mail.recipient for mail in mails] == [registration.email for registration in told]
    assert set(letters()) == {"event_postponed"}


def test_closing_and_reopening_tell_those_in_line():
    event = EventFactory(capacity=3)
    RegistrationFactory(event=event, persons=3)
    RegistrationFactory(event=event, status=S.WAITING)

    registrations.close_event(event, by=None)
    assert letters() == ["event_closed"]
    registrations.reopen_event(event, by=None)
    assert letters() == ["event_closed", "event_reopened"]


def test_reopening_offers_what_became_free():
    event = EventFactory(status=E.CLOSED, capacity=1)
    waiting = RegistrationFactory(event=event, status=S.WAITING)

    registrations.reopen_event(event, by=None)

    assert (waiting.status, letters()) == (S.OFFERED, ["offer"])


def test_changes_while_postponed_are_told_with_the_new_time(mails):
    event = EventFactory(status=E.POSTPONED, title="Beispiel")
    RegistrationFactory(event=event, email="person@example.org")

    registrations.change_event(event, place="Beispielhaus", by=None)
    assert letters() == []
    registrations.reschedule_event(event, starts_at=event.starts_at + WEEK, ends_at=event.ends_at + WEEK, by=None)

    [mail] = mails()
    assert mail.subject == "Zeit oder Ort hat sich geändert: Beispiel"
    assert "Beispielhaus" in mail.text


@pytest.mark.parametrize(
    ("letter", "status", "registered", "subject"),
    [
        ("event_postponed", E.POSTPONED, S.CONFIRMED, "Verschoben: Beispiel"),
        ("event_closed", E.CLOSED, S.WAITING, "Die Anmeldung ist geschlossen: Beispiel"),
        ("event_reopened", E.OPEN, S.WAITING, "Die Anmeldung ist wieder offen: Beispiel"),
    ],
)
def test_letter_goes_only_while_it_is_true(mails, letter, status, registered, subject):
    event = EventFactory(title="Beispiel", status=status)
    registration = RegistrationFactory(event=event, status=registered)

    tell(registration, letter)
    db.session.commit()
    assert [mail.subject for mail in mails()] == [subject]

    tell(registration, letter)
    event.status = E.CANCELLED
    db.session.commit()
    assert [mail.subject for mail in mails()] == [subject]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.sampled_from(sorted(VERBS)), max_size=8))
def test_whatever_the_organisers_say_calendars_and_people_learn_of_it(verbs):
    """After any story: SEQUENCE has grown exactly when time, place or what calendars show as status changed,
    `revised_at` never went back, and everyone registered has one letter for each step that concerns them."""
    event = EventFactory(status=E.PLANNED, capacity=1)
    RegistrationFactory(event=event)
    RegistrationFactory(event=event, status=S.WAITING)
    clock = now()
    for verb in verbs:
        clock += HOUR
        before = _as_calendars_show(event), event.sequence, event.revised_at, len(letters())
        with time_machine.travel(clock, tick=False):
            was_public, was_postponed = event.is_public, event.status is E.POSTPONED
            is_done = _try(verb, event)
        has_changed = was_public and _as_calendars_show(event) != before[0]
        is_moved_in_secret = not was_public and verb == "move" and is_done
        assert event.sequence - before[1] == (has_changed or is_moved_in_secret), verb
        assert event.revised_at >= before[2]
        concerned = {"close": 1, "reopen": 1, "postpone": 2, "cancel": 2, "reschedule": 2}.get(verb, 0)
        if verb == "move" and was_public and not was_postponed:
            concerned = 2
        assert len(letters()) - before[3] == (concerned if is_done else 0), verb


def _try(verb, event):
    try:
        VERBS[verb](event, by=None)
    except DomainError:
        db.session.refresh(event)
        return False
    return True


def _as_calendars_show(event):
    status = event.status if event.status in {E.POSTPONED, E.CANCELLED} else "takes place"
    return event.starts_at, event.ends_at, event.place, status
