"""Who has arrived follows from entries that are only ever added."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.attendance.models.doors import DoorDevice
from app.db import Model, PrimaryKey, Timestamp
from app.events.models import Event, ThemeTable
from app.registrations.models import Attendee


class EntryKind(StrEnum):
    ARRIVED = "arrived"
    UNDONE = "undone"


class EntryResult(StrEnum):
    """What became of an entry. Only a recorded one counts."""

    RECORDED = "recorded"
    ALREADY = "already"  # somebody was faster
    CANCELLED = "cancelled"  # signed off meanwhile, or never had a place
    UNKNOWN = "unknown"  # nobody of this event, or nothing to undo
    FULL = "full"  # a guest for whom there was no place


class ArrivalEntry(Model):
    """What a device said about one person, and what became of it.

    Somebody has arrived while a recorded arrival stands that no recorded entry has undone. `at` is the device's clock,
    never later than `received_at`. The uuid is the device's: an entry that is sent twice is one entry.
    """

    __tablename__ = "arrival_entry"
    __table_args__ = (
        CheckConstraint("undoes_id IS NULL OR kind = 'undone'", name="undone_undoes"),
        CheckConstraint("at <= received_at", name="not_in_the_future"),
        Index("ix_arrival_entry_event_attendee", "event_id", "attendee_id"),
    )

    id: Mapped[PrimaryKey]
    uuid: Mapped[str] = mapped_column(String(36), unique=True)
    device_id: Mapped[int] = mapped_column(ForeignKey(DoorDevice.id), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id))
    table_id: Mapped[int | None] = mapped_column(ForeignKey(ThemeTable.id))  # at one table; None: at the door
    attendee_id: Mapped[int | None] = mapped_column(ForeignKey(Attendee.id, ondelete="SET NULL"), index=True)
    kind: Mapped[EntryKind]
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("arrival_entry.id"), unique=True)
    at: Mapped[Timestamp]
    received_at: Mapped[Timestamp]
    result: Mapped[EntryResult]

    device: Mapped[DoorDevice] = relationship()
    attendee: Mapped[Attendee | None] = relationship()
