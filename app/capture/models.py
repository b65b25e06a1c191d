"""What is written down at a table: its lines, what devices sent about them, their points, photos, and its closing."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.db import FileKey, Model, PrimaryKey, Timestamp, now
from app.errors import InvalidTransition
from app.events.models import Event, EventPhoto, ThemeTable
from app.proposals.models import Proposal


class TableLine(Model):
    """A line of a table, by the key its device gave it and the number the site gave it.

    `proposal` is the statement as it stands: correcting a line takes the old one back and writes another.
    """

    __tablename__ = "table_line"
    __table_args__ = (
        UniqueConstraint("table_id", "key"),
        UniqueConstraint("table_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("round > 0", name="round_positive"),
    )

    id: Mapped[PrimaryKey]
    table_id: Mapped[int] = mapped_column(ForeignKey(ThemeTable.id))
    key: Mapped[str] = mapped_column(String(36))
    number: Mapped[int]
    round: Mapped[int] = mapped_column(default=1)
    spoken_at: Mapped[Timestamp]
    proposal_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id), unique=True)
    is_off_wall: Mapped[bool] = mapped_column(default=False)

    table: Mapped[ThemeTable] = relationship()
    proposal: Mapped[Proposal] = relationship()


class EntryKind(StrEnum):
    LINE = "line"
    CHANGED = "changed"
    UNDONE = "undone"
    POINTS = "points"
    HIDDEN = "hidden"  # from the wall
    SHOWN = "shown"


class EntryResult(StrEnum):
    """What became of an entry. Only a recorded one counts."""

    RECORDED = "recorded"
    UNKNOWN = "unknown"  # no such line, or it was taken back
    REVIEWED = "reviewed"  # moderation was faster
    CLOSED = "closed"  # never stored: the device keeps the entry and may send it again
    UNREADABLE = "unreadable"  # never stored


class TableEntry(Model):
    """What a device said about a line, once each, and what became of it. Append-only: the trace of every line."""

    __tablename__ = "table_entry"
    __table_args__ = (UniqueConstraint("table_id", "key"),)

    id: Mapped[PrimaryKey]
    table_id: Mapped[int] = mapped_column(ForeignKey(ThemeTable.id))
    key: Mapped[str] = mapped_column(String(36))
    kind: Mapped[EntryKind]
    line_id: Mapped[int | None] = mapped_column(ForeignKey(TableLine.id), index=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey(Proposal.id), index=True)  # the statement it is about
    result: Mapped[EntryResult]
    at: Mapped[Timestamp]  # by the device's clock, within bounds
    received_at: Mapped[Timestamp]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))  # None: a scribe


class StatementPoints(Model):
    """How many points a statement has in one round, from then on. Append-only: the last row of a round counts."""

    __tablename__ = "statement_points"
    __table_args__ = (
        CheckConstraint("points >= 0", name="points_not_negative"),
        Index("ix_statement_points_proposal_round", "proposal_id", "round", "id"),
    )

    id: Mapped[PrimaryKey]
    proposal_id: Mapped[int] = mapped_column(ForeignKey(Proposal.id))
    round: Mapped[int]
    points: Mapped[int]
    recorded_at: Mapped[Timestamp]


class TableClosing(Model):
    """A table was handed to moderation: nothing more is written until an organiser reopens it, for a reason."""

    __tablename__ = "table_closing"
    __table_args__ = (
        CheckConstraint("(reopened_at IS NULL) = (reopen_reason = '')", name="reopened_for_a_reason"),
        Index(
            "uq_table_closing_standing",
            "table_id",
            unique=True,
            postgresql_where=text("reopened_at IS NULL"),
            sqlite_where=text("reopened_at IS NULL"),
        ),
    )

    id: Mapped[PrimaryKey]
    table_id: Mapped[int] = mapped_column(ForeignKey(ThemeTable.id), index=True)
    closed_at: Mapped[Timestamp] = mapped_column(default=now)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))  # None: a scribe
    reopened_at: Mapped[Timestamp | None]
    reopened_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))
    reopen_reason: Mapped[str] = mapped_column(String(300), default="")

    table: Mapped[ThemeTable] = relationship()

    def reopen(self, at: datetime, *, reason: str, by: Account | None) -> None:
        if self.reopened_at is not None:
            raise InvalidTransition
        self.reopened_at, self.reopen_reason = at, reason
        self.reopened_by_id = by.id if by else None


class EventCapture(Model):
    """What organisers set for all tables of an event: points for each person, and the wall."""

    __tablename__ = "event_capture"
    __table_args__ = (CheckConstraint("points_each >= 0", name="points_not_negative"),)

    id: Mapped[PrimaryKey]
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id), unique=True)
    points_each: Mapped[int] = mapped_column(default=0)  # in each round; 0: no points are given
    wall_generation: Mapped[int] = mapped_column(default=1)
    is_wall_paused: Mapped[bool] = mapped_column(default=False)

    event: Mapped[Event] = relationship()


class FlipchartPhoto(Model):
    """A photo of what a table wrote on paper: two files in the storage, without metadata; for those who moderate."""

    __tablename__ = "flipchart_photo"
    __table_args__ = (
        UniqueConstraint("table_id", "key"),
        CheckConstraint("width > 0 AND height > 0 AND small_width > 0 AND small_height > 0", name="sizes_positive"),
    )

    id: Mapped[PrimaryKey]
    table_id: Mapped[int] = mapped_column(ForeignKey(ThemeTable.id))
    key: Mapped[FileKey] = mapped_column(index=True)
    width: Mapped[int]
    height: Mapped[int]
    small_key: Mapped[FileKey] = mapped_column(index=True)
    small_width: Mapped[int]
    small_height: Mapped[int]
    taken_at: Mapped[Timestamp] = mapped_column(default=now)
    event_photo_id: Mapped[int | None] = mapped_column(ForeignKey(EventPhoto.id, ondelete="SET NULL"))  # released as

    table: Mapped[ThemeTable] = relationship()
