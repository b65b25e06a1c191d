"""Reading how events word their letters, and when they remind people."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from app.db import db
from app.events.models import Event, EventStatus
from app.mail.models import NO_REASON, OutgoingMail
from app.registrations.models import (
    DEFAULT_REMINDERS,
    EventWording,
    LetterKind,
    Registration,
    RegistrationStatus,
    Reminder,
    SentReminder,
)

PREFIX = "registrations/"
TAKING_PLACE = (EventStatus.OPEN, EventStatus.CLOSED)


def find_wording(event_id: int, letter: LetterKind, language: str) -> EventWording | None:
    """How the event words this letter; None when it never did."""
    statement = (
        select(EventWording)
        .where(EventWording.event_id == event_id, EventWording.letter == letter, EventWording.language == language)
        .order_by(EventWording.version.desc())
        .limit(1)
    )
    return db.session.scalars(statement).one_or_none()


def wordings_of(event_id: int) -> dict[tuple[LetterKind, str], EventWording]:
    """The last version of each wording, by letter and language; without those that went back to the default."""
    statement = select(EventWording).where(EventWording.event_id == event_id).order_by(EventWording.version)
    latest = {(wording.letter, wording.language): wording for wording in db.session.scalars(statement)}
    return {key: wording for key, wording in latest.items() if not wording.is_default}


def reminders_of(event_ids: Collection[int]) -> dict[int, list[Reminder]]:
    """What reminds people of each event, the earliest first; an event nobody has looked at has the defaults."""
    rows: dict[int, list[Reminder]] = {event_id: [] for event_id in event_ids}
    for reminder in all_reminders_of(*event_ids):
        rows[reminder.event_id].append(reminder)
    return {
        event_id: sorted(
            (reminder for reminder in (known or make_defaults()) if reminder.removed_at is None),
            key=lambda reminder: (reminder.letter, -reminder.hours),
        )
        for event_id, known in rows.items()
    }


def all_reminders_of(*event_ids: int) -> Sequence[Reminder]:
    """Those that were taken out, too."""
    return db.session.scalars(select(Reminder).where(Reminder.event_id.in_(event_ids)).order_by(Reminder.id)).all()


def make_defaults() -> list[Reminder]:
    """Not stored yet."""
    return [Reminder(letter=letter, hours=hours) for letter, hours in DEFAULT_REMINDERS]


def events_around(at: datetime, longest: timedelta) -> Sequence[Event]:
    """Those that take place and are ahead, or ended no longer ago than that."""
    statement = select(Event).where(Event.status.in_(TAKING_PLACE), Event.ends_at > at - longest).order_by(Event.id)
    return db.session.scalars(statement).all()


def to_remind(event_id: int, reminder: Reminder, due_at: datetime) -> Sequence[Registration]:
    """Who had a place when the reminder was due, and was not reminded since then."""
    reminded = select(SentReminder.registration_id).where(
        SentReminder.reminder_id == reminder.id, SentReminder.at >= due_at
    )
    statement = select(Registration).where(
        Registration.event_id == event_id,
        Registration.status == RegistrationStatus.CONFIRMED,
        func.coalesce(Registration.placed_at, Registration.confirmed_at) <= due_at,
        Registration.id.not_in(reminded),
    )
    return db.session.scalars(statement.order_by(Registration.id)).all()


def sent_reminders(reminder: Reminder, registrations: Sequence[Registration]) -> dict[int, SentReminder]:
    """By registration."""
    statement = select(SentReminder).where(
        SentReminder.reminder_id == reminder.id,
        SentReminder.registration_id.in_([registration.id for registration in registrations]),
    )
    return {sent.registration_id: sent for sent in db.session.scalars(statement)}


def has_other_place(registration: Registration) -> bool:
    """Whether another party with the same address comes to the same event."""
    statement = select(Registration.id).where(
        Registration.event_id == registration.event_id,
        Registration.id != registration.id,
        func.lower(Registration.email) == (registration.email or "").lower(),
        Registration.status == RegistrationStatus.CONFIRMED,
    )
    return db.session.scalars(statement.limit(1)).first() is not None


class Undelivered(NamedTuple):
    registration: Registration
    letter: LetterKind
    at: datetime
    is_given_up: bool
    failure: str  # as the relay said it, without addresses


def undelivered_at(event_id: int) -> list[Undelivered]:
    """Whose last mail was given up, or was refused so far: somebody should call them."""
    subject = OutgoingMail.parameters["registration_id"].as_integer()
    statement = (
        select(Registration, OutgoingMail)
        .join(OutgoingMail, subject == Registration.id)
        .where(Registration.event_id == event_id, OutgoingMail.template.startswith(PREFIX))
        .where(OutgoingMail.attempts > 0, OutgoingMail.failure != NO_REASON)
        .order_by(OutgoingMail.id)
    )
    last = {registration.id: (registration, mail) for registration, mail in db.session.execute(statement)}
    return [
        Undelivered(
            registration=registration,
            letter=LetterKind(mail.template.removeprefix(PREFIX)),
            at=mail.given_up_at or mail.created_at,
            is_given_up=mail.given_up_at is not None,
            failure=mail.failure,
        )
        for registration, mail in last.values()
        if mail.sent_at is None and mail.failure
    ]
