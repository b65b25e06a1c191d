"""Remind people before an event, and thank them after it: each once, whenever the job runs."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from app.accounts.models import Account
from app.audit import log
from app.db import db, lock, now, transactional
from app.events.models import Event
from app.registrations import letter_queries
from app.registrations.errors import ReminderRefused
from app.registrations.models import LONGEST_REMINDER, LetterKind, Registration, Reminder, SentReminder
from app.registrations.models.letters import LATEST_THANKS
from app.registrations.services.letters import tell

HOUR = timedelta(hours=1)


def remind_due() -> int:
    """Tell everybody what is due, a commit for each event; returns how many letters.

    It may run every minute or once a day, after a long break and twice at once: who was told since a reminder was due
    is not told again. Of several that are due only the last one goes.
    """
    at = now()
    around = letter_queries.events_around(at, LONGEST_REMINDER * HOUR + LATEST_THANKS)
    plans = letter_queries.reminders_of([event.id for event in around])
    due = [event for event in around if _due_now(plans[event.id], event, at)]
    return sum(_remind_at(event.id) for event in due)


@transactional
def plan_reminders(event: Event, *, before: Collection[int], after: Collection[int], by: Account | None) -> None:
    """So many hours before the start people are reminded, and so many after the end they are thanked.

    What was sent stays sent, and what would have gone before now does not go. Raises ReminderRefused.
    """
    wanted = {(LetterKind.REMINDER, hours) for hours in before} | {(LetterKind.THANKS, hours) for hours in after}
    if len(wanted) != len(before) + len(after) or any(not 1 <= hours <= LONGEST_REMINDER for _, hours in wanted):
        raise ReminderRefused
    event = lock(event)
    at = now()
    _stored(event)
    rows = {(each.letter, each.hours): each for each in letter_queries.all_reminders_of(event.id)}
    for key, reminder in rows.items():
        if key not in wanted:
            reminder.removed_at = reminder.removed_at or at
    for key in sorted(wanted):
        reminder = rows.get(key) or Reminder(event_id=event.id, letter=key[0], hours=key[1], removed_at=at)
        _start(reminder, event, at)
    log.record("registrations.plan_reminders", event, by=by)


@transactional
def skip_due(event: Event) -> None:
    """Everybody was just told when and where: what was due before is not said again."""
    at = now()
    for reminder in _due_now(_stored(event), event, at):
        _skip(reminder, event, at)


@transactional
def _remind_at(event_id: int) -> int:
    event = lock(db.session.get_one(Event, event_id))
    at = now()
    due = _due_now(_stored(event), event, at)
    told = 0
    for reminder in {reminder.letter: reminder for reminder in due}.values():
        registrations = letter_queries.to_remind(event.id, reminder, reminder.due_at(event))
        for registration in registrations:
            tell(registration, reminder.letter)
        _note(reminder, registrations, at)
        told += len(registrations)
    return told


def _start(reminder: Reminder, event: Event, at: datetime) -> None:
    """Nothing changes for one that is running."""
    if reminder.removed_at is None:
        return
    reminder.removed_at = None
    db.session.add(reminder)
    db.session.flush()
    if reminder.is_due(event, at):
        _skip(reminder, event, at)


def _skip(reminder: Reminder, event: Event, at: datetime) -> None:
    _note(reminder, letter_queries.to_remind(event.id, reminder, reminder.due_at(event)), at)


def _due_now(plan: Collection[Reminder], event: Event, at: datetime) -> list[Reminder]:
    """In the order of their times."""
    due = [reminder for reminder in plan if reminder.is_due(event, at)]
    return sorted(due, key=lambda reminder: reminder.due_at(event))


def _stored(event: Event) -> list[Reminder]:
    """What reminds people of this event, with the defaults written down the first time."""
    plan = letter_queries.reminders_of([event.id])[event.id]
    for reminder in plan:
        if reminder.id is None:
            reminder.event_id = event.id
            db.session.add(reminder)
    db.session.flush()
    return plan


def _note(reminder: Reminder, registrations: Sequence[Registration], at: datetime) -> None:
    sent = letter_queries.sent_reminders(reminder, registrations)
    for registration in registrations:
        if registration.id in sent:
            sent[registration.id].at = at
        else:
            db.session.add(SentReminder(reminder_id=reminder.id, registration_id=registration.id, at=at))
    db.session.flush()
