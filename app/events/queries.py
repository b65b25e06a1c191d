"""Reading events."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Account, Role, RoleGrant
from app.concept.models import Section
from app.db import db
from app.events.models import Event, EventBody, EventMunicipality, EventSection, EventStatus, TeamMember, ThemeTable
from app.local_time import end_of, start_of
from app.structures.models import Municipality, Organization

PAGE_SIZE = 20
PAGE_OF_EVENT = (
    joinedload(Event.municipality),
    joinedload(Event.organization),
    selectinload(Event.sections).joinedload(EventSection.section),
    selectinload(Event.tables).joinedload(ThemeTable.section),
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


class Choices(NamedTuple):
    sections: Sequence[Section]
    organizations: Sequence[Organization]
    municipalities: Sequence[Municipality]


def get_event(event_id: int) -> Event | None:
    """With all that its page shows."""
    return db.session.scalars(select(Event).where(Event.id == event_id).options(*PAGE_OF_EVENT)).one_or_none()


def team_of(event: Event) -> Sequence[TeamMember]:
    """With their accounts and roles, by name."""
    statement = (
        select(TeamMember)
        .where(TeamMember.event_id == event.id)
        .join(Account)
        .options(joinedload(TeamMember.account).selectinload(Account.grants))
        .order_by(Account.name, TeamMember.id)
    )
    return db.session.scalars(statement).all()


def organisers() -> Sequence[Account]:
    """Everyone who may belong to a team, by name."""
    held = select(RoleGrant.account_id).where(RoleGrant.role == Role.ORGANISER, RoleGrant.revoked_at.is_(None))
    statement = select(Account).where(Account.id.in_(held), Account.closed_at.is_(None))
    return db.session.scalars(statement.options(selectinload(Account.grants)).order_by(Account.name)).all()


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


def all_events() -> Sequence[Event]:
    """Also those not public yet, the latest first: for the desk."""
    return db.session.scalars(select(Event).order_by(Event.starts_at.desc(), Event.id)).all()


def choices_with_events() -> Choices:
    """What the list can be narrowed to: only what leads to a public event."""
    events = select(Event.id).where(_is_public())
    return Choices(
        sections=_sections(Section.id.in_(select(EventSection.section_id).where(EventSection.event_id.in_(events)))),
        organizations=_organizations(
            or_(
                Organization.id.in_(select(Event.organization_id).where(_is_public())),
                Organization.id.in_(select(EventBody.organization_id).where(EventBody.event_id.in_(events))),
            )
        ),
        municipalities=_municipalities(
            or_(
                Municipality.id.in_(select(Event.municipality_id).where(_is_public())),
                Municipality.id.in_(
                    select(EventMunicipality.municipality_id).where(EventMunicipality.event_id.in_(events))
                ),
            )
        ),
    )


def choices() -> Choices:
    """What an event can be about, who can invite and where: for the desk."""
    return Choices(
        sections=_sections(true()), organizations=_organizations(true()), municipalities=_municipalities(true())
    )


def all_sections() -> Sequence[Section]:
    return _sections(true())


def _sections(condition: ColumnElement[bool]) -> Sequence[Section]:
    return db.session.scalars(select(Section).where(condition).order_by(Section.kind.desc(), Section.id)).all()


def _organizations(condition: ColumnElement[bool]) -> Sequence[Organization]:
    return db.session.scalars(select(Organization).where(condition).order_by(Organization.name)).all()


def _municipalities(condition: ColumnElement[bool]) -> Sequence[Municipality]:
    return db.session.scalars(select(Municipality).where(condition).order_by(Municipality.name)).all()


def _narrowed(statement: Select[Event], wanted: Wanted, at: datetime) -> Select[Event]:
    statement = statement.where(_is_public())
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


def _is_public() -> ColumnElement[bool]:
    return Event.status != EventStatus.PLANNED
