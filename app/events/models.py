"""Events and their thematic tables."""

from datetime import datetime, timedelta
from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.concept.models import Section
from app.council.models import Meeting
from app.db import Model, PrimaryKey, Timestamp, now
from app.errors import InvalidTransition
from app.structures.models import Municipality, Organization


class EventKind(StrEnum):
    DIALOGUE = "dialogue"
    CONFERENCE = "conference"
    WORKSHOP = "workshop"
    OTHER = "other"


EVENT_KIND_LABELS = {
    EventKind.DIALOGUE: _("Dialogveranstaltung"),
    EventKind.CONFERENCE: _("Integrationskonferenz"),
    EventKind.WORKSHOP: _("Workshop"),
    EventKind.OTHER: _("Veranstaltung"),
}


class EventStatus(StrEnum):
    """What the organisers say; full, closed and past follow from the rows and the clock."""

    PLANNED = "planned"  # not public yet
    OPEN = "open"
    CANCELLED = "cancelled"


class Event(Model):
    """What takes place, when and where, for how many people. `capacity` None: no limit."""

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("capacity > 0", name="capacity_positive"),
        CheckConstraint("starts_at < ends_at", name="ends_after_start"),
        CheckConstraint("registration_closes_at <= ends_at", name="closes_before_end"),
    )

    id: Mapped[PrimaryKey]
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[EventKind]
    status: Mapped[EventStatus] = mapped_column(default=EventStatus.PLANNED)
    starts_at: Mapped[Timestamp] = mapped_column(index=True)
    ends_at: Mapped[Timestamp]
    is_all_day: Mapped[bool] = mapped_column(default=False)  # only the day is known
    place: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey(Municipality.id), index=True)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey(Organization.id), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey(Meeting.id))
    capacity: Mapped[int | None]
    registration_closes_at: Mapped[Timestamp]
    summary: Mapped[str] = mapped_column(default="")
    guiding_question: Mapped[str] = mapped_column(String(300), default="")
    accessibility: Mapped[str] = mapped_column(default="")
    offers: Mapped[list[str]] = mapped_column(JSON, default=list)  # in words: "Dolmetschen Arabisch", "Kinderbetreuung"
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Timestamp] = mapped_column(default=now)
    # What calendars go by: set by the service that changes time, place or status, never by a registration.
    revised_at: Mapped[Timestamp] = mapped_column(default=now)
    sequence: Mapped[int] = mapped_column(default=0)  # RFC 5545 section 3.8.7.4
    cancelled_at: Mapped[Timestamp | None]

    municipality: Mapped[Municipality | None] = relationship()
    organization: Mapped[Organization | None] = relationship()
    meeting: Mapped[Meeting | None] = relationship()
    sections: Mapped[list["EventSection"]] = relationship(back_populates="event", order_by="EventSection.id")
    tables: Mapped[list["ThemeTable"]] = relationship(back_populates="event", order_by="ThemeTable.number")

    @property
    def is_public(self) -> bool:
        return self.status is not EventStatus.PLANNED

    @property
    def is_cancelled(self) -> bool:
        return self.status is EventStatus.CANCELLED

    @property
    def section_titles(self) -> list[str]:
        return [each.section.title for each in self.sections]

    def publish(self, at: datetime) -> None:
        if self.status is not EventStatus.PLANNED:
            raise InvalidTransition
        self.status = EventStatus.OPEN
        self.revised_at = at

    def cancel(self, at: datetime) -> None:
        if self.status is not EventStatus.OPEN:
            raise InvalidTransition
        self.status = EventStatus.CANCELLED
        self.cancelled_at = at
        self.revise(at, moved=True)

    def revise(self, at: datetime, *, moved: bool) -> None:
        """Calendars show something new; `moved`: another time, place or status, which they must not overlook."""
        self.revised_at = at
        self.sequence += moved

    def is_over(self, at: datetime) -> bool:
        return self.ends_at <= at

    def accepts_registrations(self, at: datetime) -> bool:
        return self.status is EventStatus.OPEN and at < self.registration_closes_at

    def holds_until(self, at: datetime, hold: timedelta) -> datetime:
        """Until when an unconfirmed place is kept: `hold`, but never past the close of registration."""
        return min(at + hold, self.registration_closes_at)


class EventSection(Model):
    """That an event is about a section."""

    __tablename__ = "event_section"
    __table_args__ = (UniqueConstraint("event_id", "section_id"),)

    id: Mapped[PrimaryKey]
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id))
    section_id: Mapped[int] = mapped_column(ForeignKey(Section.id), index=True)

    event: Mapped[Event] = relationship(back_populates="sections")
    section: Mapped[Section] = relationship()


class ThemeTable(Model):
    """A Thementisch of an event. Raising `link_generation` ends the links of its scribe and its QR code."""

    __tablename__ = "theme_table"
    __table_args__ = (
        UniqueConstraint("event_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("capacity > 0", name="capacity_positive"),
    )

    id: Mapped[PrimaryKey]
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id))
    number: Mapped[int]
    section_id: Mapped[int | None] = mapped_column(ForeignKey(Section.id), index=True)
    title: Mapped[str] = mapped_column(String(200))
    capacity: Mapped[int | None]
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(default="")
    link_generation: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship(back_populates="tables")
    section: Mapped[Section | None] = relationship()
