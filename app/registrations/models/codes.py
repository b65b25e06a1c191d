"""Invitation codes: who has one may register for an event by invitation."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Model, PrimaryKey, Timestamp, now
from app.events.models import Event


class InvitationCode(Model):
    """`persons`: for how many it is good in all, None for any number; counted from the registrations that name it."""

    __tablename__ = "invitation_code"
    __table_args__ = (
        UniqueConstraint("event_id", "code"),
        CheckConstraint("persons > 0", name="persons_positive"),
    )

    id: Mapped[PrimaryKey]
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id))
    code: Mapped[str] = mapped_column(String(20))  # upper case letters and digits that cannot be mistaken
    note: Mapped[str] = mapped_column(String(200), default="")  # for whom, as the organisers know it
    persons: Mapped[int | None]
    valid_until: Mapped[Timestamp | None]
    revoked_at: Mapped[Timestamp | None]
    created_at: Mapped[Timestamp] = mapped_column(default=now)

    event: Mapped[Event] = relationship()

    def is_valid(self, at: datetime) -> bool:
        return self.revoked_at is None and (self.valid_until is None or at < self.valid_until)
