"""Reading what stays of an event: documentation, results of the tables, photos."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.db import db
from app.events.models import Event, EventPhoto, EventReport, EventStatus, TableReport, TeamMember, ThemeTable

RESULTS_DUE = timedelta(days=28)  # after the end; then the team is reminded


def get_report(event_id: int) -> EventReport | None:
    """Published or not, with what was changed since."""
    statement = select(EventReport).where(EventReport.event_id == event_id).options(selectinload(EventReport.changes))
    return db.session.scalars(statement).one_or_none()


def documented(event_ids: Collection[int]) -> set[int]:
    """Which of these events have a documentation that everyone can read."""
    statement = select(EventReport.event_id).where(
        EventReport.event_id.in_(event_ids), EventReport.published_at.is_not(None)
    )
    return set(db.session.scalars(statement))


def table_reports_of(event_id: int) -> dict[int, TableReport]:
    """By the table's id, as far as something was written."""
    statement = select(TableReport).join(ThemeTable).where(ThemeTable.event_id == event_id)
    return {report.table_id: report for report in db.session.scalars(statement)}


def tables_with_people(event_id: int) -> Sequence[ThemeTable]:
    """In their order, with their section and who hosted."""
    statement = (
        select(ThemeTable)
        .where(ThemeTable.event_id == event_id)
        .options(joinedload(ThemeTable.section), selectinload(ThemeTable.people))
        .order_by(ThemeTable.number)
    )
    return db.session.scalars(statement).all()


def photos_of(event_id: int) -> Sequence[EventPhoto]:
    statement = select(EventPhoto).where(EventPhoto.event_id == event_id)
    return db.session.scalars(statement.order_by(EventPhoto.position, EventPhoto.id)).all()


def get_photo(photo_id: int) -> EventPhoto | None:
    return db.session.get(EventPhoto, photo_id, options=[joinedload(EventPhoto.event)])


def without_results(at: datetime) -> Sequence[Event]:
    """Events whose documentation is due and not public, the longest overdue first; with their team.

    What was entered when it was over already, from before there was this site, is left out.
    """
    published = select(EventReport.event_id).where(EventReport.published_at.is_not(None))
    statement = (
        select(Event)
        .where(
            Event.status.in_((EventStatus.OPEN, EventStatus.CLOSED)),
            Event.ends_at <= at - RESULTS_DUE,
            Event.created_at < Event.ends_at,
            Event.id.not_in(published),
        )
        .options(selectinload(Event.team).joinedload(TeamMember.account))
        .order_by(Event.ends_at, Event.id)
    )
    return db.session.scalars(statement).all()


def reminded_before(event_ids: Collection[int]) -> set[int]:
    """Of which of these events the team was reminded already."""
    statement = select(EventReport.event_id).where(
        EventReport.event_id.in_(event_ids), EventReport.reminded_at.is_not(None)
    )
    return set(db.session.scalars(statement))
