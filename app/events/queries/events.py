"""Reading events, their tables and programme."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.concept.models import Measure, Section
from app.db import db
from app.events.models import (
    Event,
    EventBody,
    EventMeasure,
    EventMunicipality,
    EventSection,
    EventStatus,
    ProgrammeItem,
    ThemeTable,
)
from app.local_time import end_of, start_of
from app.structures.models import Municipality, Organization
from app.texts.models import Text

PAGE_SIZE = 20
SHORTLY = (
    joinedload(Event.municipality),
    joinedload(Event.organization),
    selectinload(Event.sections).joinedload(EventSection.section),
    selectinload(Event.tables).joinedload(ThemeTable.section),
)
WHOLLY = (
    *SHORTLY,
    joinedload(Event.series),
    joinedload(Event.meeting),
    selectinload(Event.tables).selectinload(ThemeTable.people),
    selectinload(Event.programme).selectinload(ProgrammeItem.people),
    selectinload(Event.programme).joinedload(ProgrammeItem.section),
    selectinload(Event.measures).joinedload(EventMeasure.measure).joinedload(Measure.text).selectinload(Text.versions),
    selectinload(Event.bodies).joinedload(EventBody.organization),
    selectinload(Event.municipalities).joinedload(EventMunicipality.municipality),
)


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for in the list; what is empty does not narrow it. Slugs, an official key, days."""

    section: str = ""
    organization: str = ""
    municipality: str = ""
    first_day: date | None = None
    last_day: date | None = None
    text: str = ""


def get_event(event_id: int) -> Event | None:
    """With what most pages about it show: where it is, what it is about, its tables."""
    return db.session.scalars(select(Event).where(Event.id == event_id).options(*SHORTLY)).one_or_none()


def get_whole_event(event_id: int) -> Event | None:
    """With all that belongs to it, but for its team."""
    return db.session.scalars(select(Event).where(Event.id == event_id).options(*WHOLLY)).one_or_none()


def get_item(item_id: int) -> ProgrammeItem | None:
    return db.session.get(ProgrammeItem, item_id, options=[joinedload(ProgrammeItem.event)])


def get_table(table_id: int) -> ThemeTable | None:
    return db.session.get(ThemeTable, table_id, options=[joinedload(ThemeTable.section), joinedload(ThemeTable.event)])


def tables_by_id(table_ids: Collection[int]) -> dict[int, ThemeTable]:
    statement = (
        select(ThemeTable)
        .where(ThemeTable.id.in_(table_ids))
        .options(joinedload(ThemeTable.section), joinedload(ThemeTable.event))
    )
    return {table.id: table for table in db.session.scalars(statement)}


def upcoming(at: datetime, *, limit: int | None = None) -> Sequence[Event]:
    """Public events that take place and are not over, the next one first."""
    statement = (
        select(Event)
        .where(Event.status.in_((EventStatus.OPEN, EventStatus.CLOSED)), Event.ends_at > at)
        .options(joinedload(Event.municipality))
        .order_by(Event.starts_at, Event.id)
        .limit(limit)
    )
    return db.session.scalars(statement).all()


def open_beside(event: Event, at: datetime) -> Sequence[Event]:
    """Other events one can register for now, those of the same kind first: for whoever comes too late."""
    statement = (
        select(Event)
        .where(
            Event.id != event.id,
            Event.status == EventStatus.OPEN,
            Event.registration_closes_at > at,
        )
        .order_by(Event.kind != event.kind, Event.starts_at, Event.id)
    )
    return db.session.scalars(statement).all()


def find_events(wanted: Wanted, at: datetime, *, page: int = 1) -> tuple[Sequence[Event], int]:
    """A page of public events, and how many there are.

    Without days those to come, the next one first; with a last day alone those up to it, the latest first.
    """
    matching = _narrowed(select(Event), wanted, at)
    order = Event.starts_at.desc() if wanted.last_day and not wanted.first_day else Event.starts_at.asc()
    has_no_time = Event.status == EventStatus.POSTPONED
    shown = matching.order_by(has_no_time, order, Event.id).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    events = db.session.scalars(shown.options(joinedload(Event.municipality))).all()
    count = db.session.scalars(select(func.count()).select_from(matching.subquery())).one()
    return events, count


def events_of_measure(measure: Measure) -> Sequence[Event]:
    """Public events that carry out a measure or are about it, the latest first."""
    attached = select(EventMeasure.event_id).where(EventMeasure.measure_id == measure.id)
    return _public_ones(Event.id.in_(attached))


def events_of_section(slug: str, at: datetime) -> Sequence[Event]:
    """Public events about a section that are still to come, the next one first."""
    attached = select(EventSection.event_id).join(Section).where(Section.slug == slug)
    return _public_ones(Event.id.in_(attached) & (Event.ends_at > at))[::-1]


def _public_ones(condition: ColumnElement[bool]) -> Sequence[Event]:
    statement = select(Event).where(is_public(), condition).options(joinedload(Event.municipality))
    return db.session.scalars(statement.order_by(Event.starts_at.desc(), Event.id)).all()


def all_events() -> Sequence[Event]:
    """Also those not public yet, the latest first: for the desk."""
    return db.session.scalars(select(Event).order_by(Event.starts_at.desc(), Event.id)).all()


def _narrowed(statement: Select[Event], wanted: Wanted, at: datetime) -> Select[Event]:
    statement = statement.where(is_public())
    if wanted.section:
        about = select(EventSection.event_id).join(Section).where(Section.slug == wanted.section)
        statement = statement.where(Event.id.in_(about))
    if wanted.organization:
        attached = select(EventBody.event_id).join(Organization).where(Organization.slug == wanted.organization)
        invites = Event.organization.has(Organization.slug == wanted.organization)
        statement = statement.where(or_(invites, Event.id.in_(attached)))
    if wanted.municipality:
        concerned = select(EventMunicipality.event_id).join(Municipality).where(Municipality.ags == wanted.municipality)
        is_there = Event.municipality.has(Municipality.ags == wanted.municipality)
        statement = statement.where(or_(is_there, Event.id.in_(concerned)))
    if wanted.first_day:
        statement = statement.where(Event.ends_at > start_of(wanted.first_day))
    elif not wanted.last_day:
        statement = statement.where(or_(Event.ends_at > at, Event.status == EventStatus.POSTPONED))
    if wanted.last_day:
        statement = statement.where(Event.starts_at < end_of(wanted.last_day))
    if wanted.text:
        columns = (Event.title, Event.summary, Event.place, Event.guiding_question)
        statement = statement.where(or_(*(column.icontains(wanted.text, autoescape=True) for column in columns)))
    return statement


def is_public() -> ColumnElement[bool]:
    return Event.status != EventStatus.PLANNED
