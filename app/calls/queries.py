"""Reading calls and sheets."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from app.calls.models import Call, Sheet, SheetState
from app.db import db

TAKEN_FOR = timedelta(minutes=30)  # after that, another person may get the sheet


def get_call(call_id: int) -> Call | None:
    return db.session.scalars(select(Call).where(Call.id == call_id).options(*_whole())).one_or_none()


def find_call(slug: str) -> Call | None:
    """One the public may see."""
    named = select(Call).where(Call.slug == slug, Call.is_published)
    return db.session.scalars(named.options(*_whole())).one_or_none()


def find_by_slug(slug: str) -> Call | None:
    """Published or not: for files and commands."""
    return db.session.scalars(select(Call).where(Call.slug == slug)).one_or_none()


def is_slug_taken(slug: str) -> bool:
    return bool(db.session.scalar(select(exists().where(Call.slug == slug))))


def call_with_event(event_id: int) -> Call | None:
    return db.session.scalars(select(Call).where(Call.event_id == event_id)).one_or_none()


def call_of_event(event_id: int) -> Call | None:
    """What is said at the tables of an event belongs to its call."""
    return db.session.scalars(select(Call).where(Call.event_id == event_id, Call.is_published)).one_or_none()


def all_calls() -> Sequence[Call]:
    """For the desk, drafts too, the latest first."""
    return db.session.scalars(select(Call).order_by(Call.opens_at.desc(), Call.id.desc()).options(*_whole())).all()


def published_calls() -> Sequence[Call]:
    """The one that ends last comes first."""
    published = select(Call).where(Call.is_published)
    return db.session.scalars(published.order_by(Call.closes_at.desc(), Call.id.desc())).all()


def open_calls(at: datetime) -> Sequence[Call]:
    """What one can answer now, the one that ends first at the top."""
    is_open = (Call.opens_at <= at) & (at < Call.closes_at)
    return db.session.scalars(select(Call).where(Call.is_published, is_open).order_by(Call.closes_at, Call.id)).all()


def get_sheet(sheet_id: int) -> Sheet | None:
    statement = select(Sheet).where(Sheet.id == sheet_id)
    return db.session.scalars(statement.options(joinedload(Sheet.call).selectinload(Call.sections))).one_or_none()


def sheets_of(call: Call) -> Sequence[Sheet]:
    """Those that wait first, each kind in the order of its numbers."""
    in_order = (Sheet.state != SheetState.OPEN, Sheet.number)
    return db.session.scalars(select(Sheet).where(Sheet.call_id == call.id).order_by(*in_order)).all()


def next_sheet(call: Call, account_id: int, at: datetime) -> Sheet | None:
    """The first open one that nobody else has before them just now."""
    free = (
        Sheet.taken_at.is_(None)
        | (Sheet.taken_at <= at - TAKEN_FOR)
        | Sheet.taken_by_id.is_(None)
        | (Sheet.taken_by_id == account_id)
    )
    waiting = select(Sheet).where(Sheet.call_id == call.id, Sheet.state == SheetState.OPEN, free)
    return db.session.scalars(waiting.order_by(Sheet.number).limit(1)).one_or_none()


def keys_of(call: Call) -> set[str]:
    return {key for key in db.session.scalars(select(Sheet.key).where(Sheet.call_id == call.id)) if key}


def last_number(call: Call) -> int:
    return db.session.scalar(select(func.max(Sheet.number)).where(Sheet.call_id == call.id)) or 0


def count_open_sheets() -> int:
    return db.session.scalars(select(func.count(Sheet.id)).where(Sheet.state == SheetState.OPEN)).one()


def open_sheets_by_call() -> dict[int, int]:
    counted = select(Sheet.call_id, func.count()).where(Sheet.state == SheetState.OPEN).group_by(Sheet.call_id)
    return dict(iter(db.session.execute(counted)))


def _whole() -> tuple[ORMOption, ...]:
    return selectinload(Call.sections), selectinload(Call.changes), joinedload(Call.event)
