"""Certificates of attendance: what anybody may check, and no name."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Model, PrimaryKey, Timestamp
from app.events.models import Event
from app.registrations.models import Attendee


class Certificate(Model):
    """That somebody was at an event, as it stood when this was issued. The name is the attendee's, and goes with it."""

    __tablename__ = "certificate"
    __table_args__ = (CheckConstraint("starts_at < ends_at", name="ends_after_start"),)

    id: Mapped[PrimaryKey]
    code: Mapped[str] = mapped_column(String(12), unique=True)
    attendee_id: Mapped[int | None] = mapped_column(ForeignKey(Attendee.id, ondelete="SET NULL"), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id), index=True)
    event_title: Mapped[str] = mapped_column(String(200))
    starts_at: Mapped[Timestamp]
    ends_at: Mapped[Timestamp]
    is_all_day: Mapped[bool] = mapped_column(default=False)  # the hours are not known
    issued_at: Mapped[Timestamp]

    attendee: Mapped[Attendee | None] = relationship()

    @property
    def initials(self) -> str:
        """Of the first and last name; empty once the name was erased."""
        names = self.attendee.name.split() if self.attendee else []
        return " ".join(f"{name[0].upper()}." for name in names[:1] + names[1:][-1:])

    @property
    def printed_code(self) -> str:
        """In groups of four, as people type it."""
        return "-".join(self.code[start : start + 4] for start in range(0, len(self.code), 4))
