"""Devices that check people in: each has a link of its own."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.db import Model, PrimaryKey, Timestamp, now
from app.events.models import Event, ThemeTable

# A phone that had no network sends what it recorded when it is back, perhaps on Monday.
SENDS_UNTIL = timedelta(days=3)


class DoorDevice(Model):
    """A device at the door, or at one table. Raising `link_generation` ends the link it was given."""

    __tablename__ = "door_device"

    id: Mapped[PrimaryKey]
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id), index=True)
    table_id: Mapped[int | None] = mapped_column(ForeignKey(ThemeTable.id), index=True)
    name: Mapped[str] = mapped_column(String(80))
    may_exceed: Mapped[bool] = mapped_column(default=False)  # lets guests in although the event is full
    link_generation: Mapped[int] = mapped_column(default=1)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id))
    created_at: Mapped[Timestamp] = mapped_column(default=now)
    revoked_at: Mapped[Timestamp | None]

    event: Mapped[Event] = relationship()
    table: Mapped[ThemeTable | None] = relationship()

    def is_in_use(self, at: datetime) -> bool:
        """Whether it may still record, or send what it recorded without a network."""
        return self.revoked_at is None and not self.event.is_cancelled and at < self.event.ends_at + SENDS_UNTIL

    def revoke(self, at: datetime) -> None:
        self.revoked_at = self.revoked_at or at
        self.link_generation += 1
