"""Reading contributions: lists, the desk's work, one of them with all a page shows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption
from sqlalchemy.sql.elements import SQLCoreOperations

from app.accounts.models import Account
from app.calls.models import Call, Sheet
from app.concept.models import Section
from app.db import db
from app.events.models import Event, ThemeTable
from app.proposals.models import (
    Attachment,
    Condensation,
    Follow,
    Proposal,
    ProposalState,
    Rhythm,
    Support,
)
from app.proposals.outcomes import OUTCOME_CONDITIONS
from app.proposals.searching import holds, words_of
from app.registrations.models import Registration, RegistrationStatus
from app.registrations.queries import tables_of_parties
from app.structures.models import Mandate, Municipality, Organization
from app.structures.queries import represented_by
from app.texts.models import LinkKind, Text, TextVersion, ThreadLink

PAGE_SIZE = 20


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; empty means everything."""

    section: str = ""
    channel: str = ""
    event: int = 0
    language: str = ""
    outcome: str = ""
    search: str = ""
    table: int = 0
    call: str = ""  # its slug
    kind: str = ""
    municipality: str = ""  # its AGS
    order: str = ""  # one of ORDERS


EVERYTHING = Filters()


@dataclass(frozen=True)
class Page:
    items: Sequence[Proposal]
    number: int
    last: int
    total: int


def shown() -> tuple[ORMOption, ...]:
    """What every page that quotes contributions loads with them."""
    return (
        joinedload(Proposal.section),
        joinedload(Proposal.event),
        joinedload(Proposal.table),
        joinedload(Proposal.organization),
        joinedload(Proposal.municipality),
        selectinload(Proposal.text).selectinload(Text.versions),
        selectinload(Proposal.translation).selectinload(Text.versions),
        selectinload(Proposal.contributor),
    )


def find(reference: str) -> Proposal | None:
    statement = select(Proposal).where(Proposal.reference == reference).options(*shown())
    more = (selectinload(Proposal.releases), selectinload(Proposal.attachments), joinedload(Proposal.call))
    return db.session.scalars(statement.options(*more)).one_or_none()


def find_by_receipt_digest(digest: str) -> Proposal | None:
    return db.session.scalars(select(Proposal).where(Proposal.receipt_digest == digest)).one_or_none()


def with_texts(text_ids: Collection[int]) -> Sequence[Proposal]:
    """The contributions these texts belong to, in the order in which they are locked."""
    return db.session.scalars(select(Proposal).where(Proposal.text_id.in_(text_ids)).order_by(Proposal.id)).all()


def may_write_for(account: Account | None, organization: Organization) -> bool:
    """Whether somebody represents an organisation, and still does."""
    return account is not None and organization in represented_by(account)


def of_organizations(organizations: Collection[Organization]) -> Sequence[Proposal]:
    """Everything these organisations contributed by whatever channel, newest first, released or not."""
    of_them = select(Proposal).where(Proposal.organization_id.in_([each.id for each in organizations]))
    newest = of_them.order_by(Proposal.received_at.desc(), Proposal.id.desc())
    subject = (joinedload(Proposal.goal), joinedload(Proposal.measure))
    return db.session.scalars(newest.options(*shown(), *subject)).all()


def untold_representatives() -> Sequence[tuple[Mandate, Proposal]]:
    """Who acts for an organisation and never followed one of its contributions, nor ended that."""
    followed = exists().where(Follow.account_id == Mandate.account_id, Follow.text_id == Proposal.text_id)
    statement = (
        select(Mandate, Proposal)
        .join(Proposal, Proposal.organization_id == Mandate.organization_id)
        .where(Mandate.revoked_at.is_(None), ~followed)
        .options(joinedload(Mandate.account), joinedload(Proposal.text))
        .order_by(Proposal.id, Mandate.id)
    )
    return [(mandate, proposal) for mandate, proposal in db.session.execute(statement)]


def follows_without_mandate(consent: str) -> Sequence[Follow]:
    """What people follow because they acted for an organisation, and do so no more."""
    acting = exists().where(
        Mandate.account_id == Follow.account_id,
        Mandate.organization_id == Proposal.organization_id,
        Mandate.revoked_at.is_(None),
    )
    statement = (
        select(Follow)
        .join(Proposal, Proposal.text_id == Follow.text_id)
        .where(Follow.consent == consent, Follow.ended_at.is_(None), ~acting)
    )
    return db.session.scalars(statement.order_by(Follow.id)).all()


def find_attachment(reference: str, attachment_id: int) -> Attachment | None:
    statement = select(Attachment).join(Proposal).where(Attachment.id == attachment_id, Proposal.reference == reference)
    return db.session.scalars(statement.options(joinedload(Attachment.proposal))).one_or_none()


def typed_from(sheet: Sheet) -> Sequence[Proposal]:
    """What was typed in from a scanned sheet, in the order in which it was."""
    statement = select(Proposal).where(Proposal.sheet_id == sheet.id, Proposal.state != ProposalState.WITHDRAWN)
    return db.session.scalars(statement.order_by(Proposal.id).options(*shown())).all()


def released(filters: Filters, number: int = 1) -> Page:
    """What the public reads, newest first, or in another of the ORDERS."""
    statement = select(Proposal).where(Proposal.state == ProposalState.RELEASED, *conditions(filters))
    return page_of(statement, [*ORDERS.get(filters.order, ()), *NEWEST], number, PAGE_SIZE)


def released_of_event(event_id: int) -> Sequence[Proposal]:
    """All that was said at an event and may be read, table by table, in the order it was said."""
    statement = select(Proposal).where(Proposal.event_id == event_id, Proposal.state == ProposalState.RELEASED)
    return db.session.scalars(statement.order_by(Proposal.table_id, Proposal.id).options(*shown())).all()


def events_told() -> Sequence[Event]:
    """The events from which the public reads something, the latest first."""
    wanted = select(Event).where(Event.id.in_(_told(Proposal.event_id))).order_by(Event.starts_at.desc(), Event.id)
    return db.session.scalars(wanted).all()


def tables_told(event_id: int, table_id: int) -> Sequence[ThemeTable]:
    """The tables of an event, or of the event of a table, at which something was said that the public reads."""
    event = select(ThemeTable.event_id).where(ThemeTable.id == table_id)
    wanted = select(ThemeTable).where(
        ThemeTable.event_id == event_id if event_id else ThemeTable.event_id.in_(event),
        ThemeTable.id.in_(_told(Proposal.table_id)),
    )
    return db.session.scalars(wanted.order_by(ThemeTable.number)).all()


def municipalities_told() -> Sequence[Municipality]:
    """The municipalities that something the public reads is about, by name."""
    wanted = select(Municipality).where(Municipality.id.in_(_told(Proposal.municipality_id)))
    return db.session.scalars(wanted.order_by(Municipality.name)).all()


def count_by_municipality() -> dict[int | None, int]:
    """How many contributions the public reads about each municipality; None: about the whole county."""
    counted = select(Proposal.municipality_id, func.count()).where(Proposal.state == ProposalState.RELEASED)
    return dict(db.session.execute(counted.group_by(Proposal.municipality_id)).all())


def languages_in_use(state: ProposalState = ProposalState.RELEASED) -> Sequence[str]:
    """In which languages there are contributions that are released, or in another state."""
    return db.session.scalars(
        select(TextVersion.language)
        .join(Proposal, Proposal.text_id == TextVersion.text_id)
        .where(Proposal.state == state)
        .distinct()
        .order_by(TextVersion.language)
    ).all()


def sections() -> Sequence[Section]:
    """All sections, fields first, by their place in the working edition where they have one."""
    found = db.session.scalars(select(Section).options(joinedload(Section.placement))).all()
    return sorted(found, key=lambda each: (each.kind != "field", each.placement.position if each.placement else 99))


def chosen(ids: Collection[int]) -> Sequence[Proposal]:
    statement = select(Proposal).where(Proposal.id.in_(ids)).options(*shown())
    return db.session.scalars(statement.order_by(Proposal.received_on, Proposal.id)).all()


def tables_with_words() -> Sequence[ThemeTable]:
    """The tables at which something was written down and somebody sits who wants to hear of it."""
    tables = tables_of_parties().subquery()
    wanting = (
        select(tables.c.table_id)
        .join_from(tables, Registration, Registration.id == tables.c.registration_id)
        .where(Registration.wants_updates, Registration.status == RegistrationStatus.CONFIRMED)
    )
    said = select(Proposal.table_id).where(Proposal.table_id.is_not(None))
    return db.session.scalars(
        select(ThemeTable).where(ThemeTable.id.in_(wanting), ThemeTable.id.in_(said)).order_by(ThemeTable.id)
    ).all()


def addresses_following(table: ThemeTable) -> set[str]:
    """Addresses that follow a table, or did so once."""
    return set(db.session.scalars(select(Follow.email).where(Follow.table_id == table.id)))


def condensations() -> Sequence[Condensation]:
    return db.session.scalars(_condensations().order_by(Condensation.id.desc())).all()


def get_condensation(condensation_id: int) -> Condensation | None:
    return db.session.scalars(_condensations().where(Condensation.id == condensation_id)).one_or_none()


def sources_of(condensation: Condensation) -> Sequence[ThreadLink]:
    """The passages its current wording was drawn from, in the order of the wording."""
    version = condensation.text.current
    return sorted(
        db.session.scalars(
            select(ThreadLink)
            .where(ThreadLink.target_id == version.id, ThreadLink.kind == LinkKind.CONDENSED)
            .options(joinedload(ThreadLink.source), joinedload(ThreadLink.target))
        ),
        key=lambda link: (link.target_start, link.id),
    )


def rhythm_of(*, email: str, account: Account | None = None) -> Rhythm:
    """What whoever follows something already chose last; else at once."""
    same = Follow.account_id == account.id if account else Follow.email == email
    chosen = select(Follow.rhythm).where(same, Follow.confirmed_at.is_not(None), Follow.ended_at.is_(None))
    return db.session.scalars(chosen.order_by(Follow.id.desc()).limit(1)).one_or_none() or Rhythm.AT_ONCE


def followed_by_account(account: Account) -> Sequence[Follow]:
    return db.session.scalars(select(Follow).where(Follow.account_id == account.id, Follow.ended_at.is_(None))).all()


def followed_by(follow: Follow) -> Sequence[Follow]:
    """Everything the same address or account follows, this one included."""
    same = Follow.account_id == follow.account_id if follow.account_id else Follow.email == follow.email
    return db.session.scalars(
        select(Follow)
        .where(same, Follow.confirmed_at.is_not(None), Follow.ended_at.is_(None))
        .options(joinedload(Follow.table).joinedload(ThemeTable.event))
        .order_by(Follow.id)
    ).all()


def page_of(statement: Select[Proposal], order: Sequence[SQLCoreOperations[Any]], number: int, size: int) -> Page:
    total = db.session.scalars(select(func.count()).select_from(statement.subquery())).one()
    last = max(1, -(-total // size))
    number = min(max(number, 1), last)
    ordered = statement.order_by(*order).options(*shown())
    return Page(db.session.scalars(ordered.limit(size).offset((number - 1) * size)).all(), number, last, total)


def _told(column: InstrumentedAttribute[int | None]) -> Select[int | None]:
    return select(column).where(Proposal.state == ProposalState.RELEASED, column.is_not(None))


def _supports() -> ScalarSelect[int]:
    given = select(func.count()).where(Support.proposal_id == Proposal.id, Support.confirmed_at.is_not(None))
    return given.correlate(Proposal).scalar_subquery()


NEWEST = (Proposal.received_on.desc(), Proposal.id.desc())
ORDERS = {"unterstuetzung": (_supports().desc(),), "punkte": (Proposal.points.desc(),)}


def conditions(filters: Filters) -> list[ColumnElement[bool]]:
    """The clauses that narrow a list of contributions."""
    found: list[ColumnElement[bool]] = []
    if filters.section:
        found.append(Proposal.section.has(Section.slug == filters.section))
    if filters.channel:
        found.append(Proposal.channel == filters.channel)
    if filters.event:
        found.append(Proposal.event_id == filters.event)
    if filters.language:
        found.append(_text_has(TextVersion.language == filters.language))
    if filters.outcome:
        found.append(OUTCOME_CONDITIONS[filters.outcome])
    if filters.table:
        found.append(Proposal.table_id == filters.table)
    if filters.call:
        found.append(Proposal.call.has(Call.slug == filters.call))
    if filters.kind:
        found.append(Proposal.kind == filters.kind)
    if filters.municipality:
        found.append(Proposal.municipality.has(Municipality.ags == filters.municipality))
    return [*found, *(holds(word) for word in words_of(filters.search))]


def _text_has(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(TextVersion.text_id == Proposal.text_id, condition)


def _condensations() -> Select[Condensation]:
    return select(Condensation).options(
        joinedload(Condensation.section),
        selectinload(Condensation.text).selectinload(Text.versions),
        selectinload(Condensation.decisions),
    )
