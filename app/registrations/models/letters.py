"""Which letters there are about a registration, how an event words them, and when it reminds people."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.db import Model, PrimaryKey, Timestamp, now
from app.events.models import Event
from app.registrations.models.registrations import Registration


class LetterKind(StrEnum):
    """Each is templates/mail/registrations/<value>.txt; who gets it and why: app.registrations.letters."""

    HELD = "held"
    WAITING = "waiting"
    REQUEST = "request"
    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    JOINED = "joined"
    APPROVED = "approved"
    DECLINED = "declined"
    OFFER = "offer"
    OFFER_EXPIRED = "offer_expired"
    OFFER_CLOSED = "offer_closed"
    BOOKING_PROMOTED = "booking_promoted"
    MOVED = "moved"
    SEATED = "seated"
    CHANGED = "changed"
    CONFIRM_EMAIL = "confirm_email"
    EMAIL_CHANGED = "email_changed"
    CANCELLED = "cancelled"
    EVENT_CHANGED = "event_changed"
    EVENT_POSTPONED = "event_postponed"
    EVENT_CLOSED = "event_closed"
    EVENT_REOPENED = "event_reopened"
    EVENT_CANCELLED = "event_cancelled"
    REMINDER = "reminder"
    THANKS = "thanks"
    RESULTS = "results"


# Hours before the start, for thanks after the end; for events whose organisers say nothing else
DEFAULT_REMINDERS = ((LetterKind.REMINDER, 7 * 24), (LetterKind.REMINDER, 24), (LetterKind.THANKS, 24))
LONGEST_REMINDER = 60 * 24
LATEST_THANKS = timedelta(days=7)  # after they were due; later nobody would know what for


class EventWording(Model):
    """How an event words a letter in a language. The last version counts, an empty one is the default."""

    __tablename__ = "event_wording"
    __table_args__ = (
        UniqueConstraint("event_id", "letter", "language", "version"),
        CheckConstraint("version > 0", name="version_positive"),
        CheckConstraint("(subject = '') = (body = '')", name="whole"),
    )

    id: Mapped[PrimaryKey]
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id))
    letter: Mapped[LetterKind]
    language: Mapped[str] = mapped_column(String(12), default="de")
    version: Mapped[int]
    subject: Mapped[str] = mapped_column(String(200), default="")
    body: Mapped[str] = mapped_column(default="")
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))
    written_at: Mapped[Timestamp] = mapped_column(default=now)

    event: Mapped[Event] = relationship()

    @property
    def is_default(self) -> bool:
        return not self.body


class Reminder(Model):
    """When a letter goes to everybody with a place: so many hours before the start, or thanks after the end.

    A row that was taken out stays, so that an event without any is told from one nobody has looked at.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        CheckConstraint("hours > 0", name="hours_positive"),
        CheckConstraint("letter IN ('reminder', 'thanks')", name="timed_letter"),
    )

    id: Mapped[PrimaryKey]
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id), index=True)
    letter: Mapped[LetterKind]
    hours: Mapped[int]
    removed_at: Mapped[Timestamp | None]

    event: Mapped[Event] = relationship()

    def due_at(self, event: Event) -> datetime:
        length = timedelta(hours=self.hours)
        return event.starts_at - length if self.letter is LetterKind.REMINDER else event.ends_at + length

    def is_due(self, event: Event, at: datetime) -> bool:
        """Late is better than never, but nobody is reminded of what has begun."""
        due_at = self.due_at(event)
        end = event.starts_at if self.letter is LetterKind.REMINDER else due_at + LATEST_THANKS
        return due_at <= at < end


class SentReminder(Model):
    """That a party was reminded, and when: once more only if event or reminder have moved to a later time since."""

    __tablename__ = "sent_reminder"
    __table_args__ = (UniqueConstraint("reminder_id", "registration_id"),)

    id: Mapped[PrimaryKey]
    reminder_id: Mapped[int] = mapped_column(ForeignKey(Reminder.id))
    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id, ondelete="CASCADE"), index=True)
    at: Mapped[Timestamp]
