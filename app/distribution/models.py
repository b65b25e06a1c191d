"""Print jobs, the address list in its groups, and where the copies went (2017 paper, "Weitere Schritte")."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.concept.models import Edition
from app.council.models import Meeting
from app.db import Model, PrimaryKey, Timestamp, now
from app.events.models import Event
from app.local_time import day_of
from app.process_date import ProcessDate, ProcessDateColumn
from app.structures.models import Municipality


class RecipientGroup(Model):
    """Who the printed concept is for: the five groups the 2017 paper names, and others."""

    __tablename__ = "recipient_group"
    __table_args__ = (CheckConstraint("position > 0", name="position_positive"),)

    id: Mapped[PrimaryKey]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    position: Mapped[int]

    recipients: Mapped[list["Recipient"]] = relationship(back_populates="group", order_by="Recipient.name")


class Recipient(Model):
    """A postal address of the list, and how many copies go there. Who is off the list stays for what was sent."""

    __tablename__ = "recipient"
    __table_args__ = (
        CheckConstraint("copies > 0", name="copies_positive"),
        Index(
            "uq_recipient_municipality",
            "group_id",
            "municipality_id",
            unique=True,
            postgresql_where=text("municipality_id IS NOT NULL"),
            sqlite_where=text("municipality_id IS NOT NULL"),
        ),
    )

    id: Mapped[PrimaryKey]
    group_id: Mapped[int] = mapped_column(ForeignKey(RecipientGroup.id), index=True)
    name: Mapped[str] = mapped_column(String(200))
    contact: Mapped[str] = mapped_column(String(200), default="")  # "z. Hd.": emptied when it leaves the list
    street: Mapped[str] = mapped_column(String(200), default="")
    post_code: Mapped[str] = mapped_column(String(10), default="")
    city: Mapped[str] = mapped_column(String(100), default="")
    copies: Mapped[int] = mapped_column(default=1)
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey(Municipality.id))
    removed_at: Mapped[Timestamp | None]
    is_example: Mapped[bool] = mapped_column(default=False)

    group: Mapped[RecipientGroup] = relationship(back_populates="recipients")

    @property
    def is_complete(self) -> bool:
        """Whether the post finds it."""
        return bool(self.street and self.post_code and self.city)

    @property
    def lines(self) -> list[str]:
        """As on an envelope."""
        contact = f"z. Hd. {self.contact}" if self.contact else ""
        return [line for line in (self.name, contact, self.street, f"{self.post_code} {self.city}".strip()) if line]


class PrintFormat(StrEnum):
    A4 = "a4"
    BOOKLET = "booklet"
    LARGE_PRINT = "large_print"
    SHORT = "short"


PRINT_FORMAT_LABELS = {
    PrintFormat.A4: _("Heft A4"),
    PrintFormat.BOOKLET: _("Broschüre A5"),
    PrintFormat.LARGE_PRINT: _("Großdruck"),
    PrintFormat.SHORT: _("Kurzfassung"),
}


class PrintJob(Model):
    """A print run of a frozen edition. Run, printer and cost may be unknown, as in the 2017 paper."""

    __tablename__ = "print_job"
    __table_args__ = (
        CheckConstraint("copies > 0", name="copies_positive"),
        CheckConstraint("cost >= 0", name="cost_not_negative"),
        CheckConstraint("delivered_on IS NULL OR copies IS NOT NULL", name="delivered_is_counted"),
    )

    id: Mapped[PrimaryKey]
    edition_id: Mapped[int] = mapped_column(ForeignKey(Edition.id), index=True)
    title: Mapped[str] = mapped_column(String(200))
    format: Mapped[PrintFormat]
    planned: Mapped[ProcessDate] = mapped_column(ProcessDateColumn)  # often a window: Februar/März 2018
    copies: Mapped[int | None]  # the run; once delivered, what was delivered
    printer: Mapped[str] = mapped_column(String(200), default="")
    cost: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))  # euros
    delivered_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(default="")
    is_example: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[Timestamp] = mapped_column(default=now)

    edition: Mapped[Edition] = relationship()
    dispatches: Mapped[list["Dispatch"]] = relationship(
        back_populates="job", order_by="Dispatch.sent_on.desc(), Dispatch.id.desc()"
    )

    @property
    def is_delivered(self) -> bool:
        return self.delivered_on is not None

    @property
    def left(self) -> int:
        """Copies in stock; none before delivery."""
        if self.copies is None or not self.is_delivered:
            return 0
        return self.copies - sum(each.copies for each in self.dispatches if each.is_valid)


class Dispatch(Model):
    """Copies that left the stock: to an address, or handed out. A mistake is taken back, not deleted."""

    __tablename__ = "dispatch"
    __table_args__ = (
        CheckConstraint("copies > 0", name="copies_positive"),
        CheckConstraint("recipient_id IS NOT NULL OR purpose <> ''", name="somewhere"),
        Index(
            "uq_dispatch_recipient",
            "job_id",
            "recipient_id",
            unique=True,
            postgresql_where=text("taken_back_at IS NULL AND recipient_id IS NOT NULL"),
            sqlite_where=text("taken_back_at IS NULL AND recipient_id IS NOT NULL"),
        ),
    )

    id: Mapped[PrimaryKey]
    job_id: Mapped[int] = mapped_column(ForeignKey(PrintJob.id), index=True)
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey(Recipient.id), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey(Event.id))
    purpose: Mapped[str] = mapped_column(String(200), default="")
    copies: Mapped[int]
    sent_on: Mapped[date]
    taken_back_at: Mapped[Timestamp | None]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))

    job: Mapped[PrintJob] = relationship(back_populates="dispatches")
    recipient: Mapped[Recipient | None] = relationship()
    event: Mapped[Event | None] = relationship()

    @property
    def is_valid(self) -> bool:
        return self.taken_back_at is None


class Presentation(Model):
    """An edition is presented: at an event to a group of readers (2017 paper), or to a body in its meeting (2016)."""

    __tablename__ = "presentation"
    __table_args__ = (
        UniqueConstraint("edition_id", "meeting_id", name="uq_presentation_edition_id"),
        CheckConstraint("(event_id IS NULL) <> (meeting_id IS NULL)", name="one_occasion"),
    )

    id: Mapped[PrimaryKey]
    edition_id: Mapped[int] = mapped_column(ForeignKey(Edition.id), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey(Event.id), unique=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey(Meeting.id))
    group_id: Mapped[int | None] = mapped_column(ForeignKey(RecipientGroup.id))

    edition: Mapped[Edition] = relationship()
    event: Mapped[Event | None] = relationship()
    meeting: Mapped[Meeting | None] = relationship()
    group: Mapped[RecipientGroup | None] = relationship()

    @property
    def day(self) -> date:
        if self.event is not None:
            return day_of(self.event.starts_at)
        assert self.meeting is not None  # one of both: the constraint above
        return self.meeting.day
