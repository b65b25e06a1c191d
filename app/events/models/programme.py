"""What an event consists of: items of the programme, thematic tables, and the people who carry them."""

from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from flask_babel import lazy_gettext as _
from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.concept.models import Section
from app.db import Model, PrimaryKey, Timestamp
from app.events.models.events import Event


class ProgrammeItem(Model):
    """Something in the programme. `is_bookable`: people choose it when they register; `capacity` None: no limit."""

    __tablename__ = "programme_item"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="ends_after_start"),
        CheckConstraint("capacity > 0", name="capacity_positive"),
        CheckConstraint("capacity IS NULL OR is_bookable", name="limited_is_bookable"),
    )

    id: Mapped[PrimaryKey]
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id), index=True)
    section_id: Mapped[int | None] = mapped_column(ForeignKey(Section.id), index=True)
    starts_at: Mapped[Timestamp]
    ends_at: Mapped[Timestamp]
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(default="")
    room: Mapped[str] = mapped_column(String(120), default="")
    materials: Mapped[str] = mapped_column(default="")  # Markdown: where handouts and slides are
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    is_bookable: Mapped[bool] = mapped_column(default=False)
    capacity: Mapped[int | None]

    event: Mapped[Event] = relationship(back_populates="programme")
    section: Mapped[Section | None] = relationship()
    people: Mapped[list["EventPerson"]] = relationship(
        back_populates="item", cascade="all, delete-orphan", order_by="EventPerson.id"
    )

    @property
    def times(self) -> tuple[datetime, datetime]:
        """What happens at the same time stands together."""
        return self.starts_at, self.ends_at

    def overlaps(self, other: "ProgrammeItem") -> bool:
        """Whether nobody can be at both; one that starts when the other ends does not overlap."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


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
    capacity: Mapped[int | None]  # persons in each round
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(default="")
    link_generation: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship(back_populates="tables")
    section: Mapped[Section | None] = relationship()
    people: Mapped[list["EventPerson"]] = relationship(
        back_populates="table", cascade="all, delete-orphan", order_by="EventPerson.id"
    )


class PersonRole(StrEnum):
    HOST = "host"
    SCRIBE = "scribe"
    SPEAKER = "speaker"


PERSON_ROLE_LABELS = {
    PersonRole.HOST: _("Moderation"),
    PersonRole.SCRIBE: _("Protokoll"),
    PersonRole.SPEAKER: _("Referentin oder Referent"),
}


class EventPerson(Model):
    """Who hosts, writes down or speaks: a row of its own, so that a name can be erased and no text changes."""

    __tablename__ = "event_person"
    __table_args__ = (CheckConstraint("(table_id IS NULL) <> (item_id IS NULL)", name="at_one_place"),)

    id: Mapped[PrimaryKey]
    table_id: Mapped[int | None] = mapped_column(ForeignKey(ThemeTable.id), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey(ProgrammeItem.id), index=True)
    role: Mapped[PersonRole]
    name: Mapped[str] = mapped_column(String(200))
    organization: Mapped[str] = mapped_column(String(200), default="")  # in words, also of those no record knows

    table: Mapped[ThemeTable | None] = relationship(back_populates="people")
    item: Mapped[ProgrammeItem | None] = relationship(back_populates="people")


def overlapping(items: list[ProgrammeItem]) -> tuple[ProgrammeItem, ProgrammeItem] | None:
    """The first two that nobody can attend both, in order of time."""
    in_order = sorted(items, key=lambda item: (item.starts_at, item.ends_at))
    return next((pair for pair in pairwise(in_order) if pair[0].overlaps(pair[1])), None)
