"""What an event belongs to: sections, measures, bodies, municipalities; and its team."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.concept.models import Measure, Section
from app.db import Model, PrimaryKey
from app.events.models.events import Event
from app.structures.models import Municipality, Organization


class EventSection(Model):
    """That an event is about a section."""

    __tablename__ = "event_section"
    __table_args__ = (UniqueConstraint("event_id", "section_id"),)

    id: Mapped[PrimaryKey]
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id))
    section_id: Mapped[int] = mapped_column(ForeignKey(Section.id), index=True)

    event: Mapped[Event] = relationship(back_populates="sections")
    section: Mapped[Section] = relationship()


class EventMeasure(Model):
    """That an event carries out a measure, or is about it (seed 2017: "beim Realisieren von Projekten")."""

    __tablename__ = "event_measure"
    __table_args__ = (UniqueConstraint("event_id", "measure_id"),)

    id: Mapped[PrimaryKey]
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id))
    measure_id: Mapped[int] = mapped_column(ForeignKey(Measure.id), index=True)

    event: Mapped[Event] = relationship(back_populates="measures")
    measure: Mapped[Measure] = relationship()


class EventBody(Model):
    """That an event concerns a body or organisation besides the one that invites."""

    __tablename__ = "event_body"
    __table_args__ = (UniqueConstraint("event_id", "organization_id"),)

    id: Mapped[PrimaryKey]
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id))
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)

    event: Mapped[Event] = relationship(back_populates="bodies")
    organization: Mapped[Organization] = relationship()


class EventMunicipality(Model):
    """That an event concerns a municipality besides the one it takes place in."""

    __tablename__ = "event_municipality"
    __table_args__ = (UniqueConstraint("event_id", "municipality_id"),)

    id: Mapped[PrimaryKey]
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id))
    municipality_id: Mapped[int] = mapped_column(ForeignKey(Municipality.id), index=True)

    event: Mapped[Event] = relationship(back_populates="municipalities")
    municipality: Mapped[Municipality] = relationship()


class TeamMember(Model):
    """An organiser in the event's team: only the team sees what its guests need."""

    __tablename__ = "event_team_member"
    __table_args__ = (UniqueConstraint("event_id", "account_id"),)

    id: Mapped[PrimaryKey]
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id))
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)

    event: Mapped[Event] = relationship(back_populates="team")
    account: Mapped[Account] = relationship()
