"""What stays of an event for everyone to read: its documentation (Steckbrief), results of each table, photos."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.db import FileKey, Model, PrimaryKey, Timestamp, now
from app.errors import InvalidTransition
from app.events.models.events import Event
from app.events.models.programme import ThemeTable


class EventReport(Model):
    """The documentation of an event. Nobody is named in its texts: hosts and speakers are rows of their own.

    `counted_participants`: who was checked in, as counted when it was published or changed last. `participants`:
    another number that the organisers give, with the reason.
    """

    __tablename__ = "event_report"
    __table_args__ = (
        CheckConstraint("participants >= 0 AND counted_participants >= 0", name="participants_not_negative"),
        CheckConstraint("participants IS NULL OR participants_reason <> ''", name="other_number_has_reason"),
    )

    id: Mapped[PrimaryKey]
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id), unique=True)
    participants: Mapped[int | None]
    participants_reason: Mapped[str] = mapped_column(String(300), default="")
    counted_participants: Mapped[int] = mapped_column(default=0)
    who_took_part: Mapped[str] = mapped_column(default="")
    moderation: Mapped[str] = mapped_column(String(300), default="")
    summary: Mapped[str] = mapped_column(default="")  # Markdown, as the two below
    next_steps: Mapped[str] = mapped_column(default="")
    created_at: Mapped[Timestamp] = mapped_column(default=now)
    published_at: Mapped[Timestamp | None]
    reminded_at: Mapped[Timestamp | None]  # when the team was reminded that nothing is published yet

    event: Mapped[Event] = relationship()
    changes: Mapped[list["EventReportChange"]] = relationship(
        back_populates="report", order_by="EventReportChange.id", cascade="all, delete-orphan"
    )

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def number_of_participants(self) -> int:
        return self.counted_participants if self.participants is None else self.participants

    def publish(self, at: datetime) -> None:
        if self.is_published:
            raise InvalidTransition
        self.published_at = at


class EventReportChange(Model):
    """That a published documentation was changed, and what: append-only."""

    __tablename__ = "event_report_change"
    __table_args__ = (CheckConstraint("note <> ''", name="note_given"),)

    id: Mapped[PrimaryKey]
    report_id: Mapped[int] = mapped_column(ForeignKey(EventReport.id), index=True)
    note: Mapped[str] = mapped_column(String(300))
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    changed_at: Mapped[Timestamp]

    report: Mapped[EventReport] = relationship(back_populates="changes")


class TableReport(Model):
    """What a table came to, in the organisers' words (Markdown); what was said there are its contributions."""

    __tablename__ = "table_report"

    id: Mapped[PrimaryKey]
    table_id: Mapped[int] = mapped_column(ForeignKey(ThemeTable.id), unique=True)
    text: Mapped[str] = mapped_column(default="")

    table: Mapped[ThemeTable] = relationship()


class EventPhoto(Model):
    """A picture of an event: two files in the storage, made anew from what was uploaded, without its metadata."""

    __tablename__ = "event_photo"
    __table_args__ = (
        UniqueConstraint("event_id", "key"),
        CheckConstraint("alt <> '' AND consent <> ''", name="described_and_consented"),
        CheckConstraint("width > 0 AND height > 0 AND small_width > 0 AND small_height > 0", name="sizes_positive"),
    )

    id: Mapped[PrimaryKey]
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id))
    position: Mapped[int]
    key: Mapped[FileKey] = mapped_column(index=True)
    width: Mapped[int]
    height: Mapped[int]
    small_key: Mapped[FileKey] = mapped_column(index=True)
    small_width: Mapped[int]
    small_height: Mapped[int]
    alt: Mapped[str] = mapped_column(String(500))
    credit: Mapped[str] = mapped_column(String(200), default="")
    consent: Mapped[str] = mapped_column(String(300))  # how those who can be seen agreed; never public
    created_at: Mapped[Timestamp] = mapped_column(default=now)

    event: Mapped[Event] = relationship()
