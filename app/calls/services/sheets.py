"""Scanned sheets of paper: kept, handed out one by one, typed in or set aside, and forgotten in time."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select

from app import storage
from app.accounts.models import Account
from app.audit import log
from app.calls import queries
from app.calls.errors import OutsideCall, SheetClosed
from app.calls.models import Call, Sheet, SheetState
from app.db import db, lock, now, transactional
from app.errors import InvalidTransition
from app.events.pictures import Picture


class Added(NamedTuple):
    """How many pages became sheets, and how many had been scanned before."""

    added: int
    known: int


@transactional
def add_sheets(call: Call, pages: Sequence[Picture], *, received_on: date, by: Account | None) -> Added:
    """Each page becomes an open sheet; the same picture once. Raises OutsideCall for paper that came too late."""
    call = lock(call)
    if not call.covers(received_on):
        raise OutsideCall
    there, number, added = queries.keys_of(call), queries.last_number(call), 0
    for page in pages:
        key = storage.keep(page.content, suffix="jpg")
        if key in there:
            continue
        there.add(key)
        added += 1
        sheet = Sheet(
            call=call,
            number=number + added,
            key=key,
            width=page.width,
            height=page.height,
            received_on=received_on,
            uploaded_by_id=by.id if by else None,
        )
        db.session.add(sheet)
    log.record("calls.add_sheets", call, by=by)
    return Added(added, len(pages) - added)


@transactional
def take_next(call: Call, *, by: Account) -> Sheet | None:
    """The next sheet for this person: one that nobody else was handed in the last half hour. None when all is done."""
    call, at = lock(call), now()
    sheet = queries.next_sheet(call, by.id, at)
    if sheet is not None:
        sheet.taken_at, sheet.taken_by_id = at, by.id
    return sheet


@transactional
def finish(sheet: Sheet, *, by: Account | None) -> None:
    """All that stands on it is typed in. Raises SheetClosed."""
    _close(sheet, SheetState.DONE, by)


@transactional
def set_aside(sheet: Sheet, *, reason: str, by: Account | None) -> None:
    """Nothing to type in: empty, unreadable, twice. Raises SheetClosed."""
    _close(sheet, SheetState.SET_ASIDE, by, reason)


@transactional
def reopen(sheet: Sheet, *, by: Account | None) -> None:
    """Back among those that wait, as long as its picture is there; raises InvalidTransition."""
    sheet = lock(sheet)
    if sheet.key is None or sheet.state is SheetState.OPEN:
        raise InvalidTransition
    sheet.reopen()
    log.record("calls.reopen_sheet", sheet, by=by, fields=["state"])


@transactional
def forget_pictures_before(at: datetime) -> int:
    """Delete the pictures of sheets closed before then, and why they were set aside; returns how many.

    The same picture may lie with another sheet, or stand elsewhere: it stays as long as one row names it.
    """
    closed = select(Sheet).where(Sheet.closed_at <= at, Sheet.key.is_not(None)).order_by(Sheet.id)
    found = db.session.scalars(closed).all()
    keys = {sheet.key for sheet in found if sheet.key}
    for sheet in found:
        sheet.key, sheet.reason = None, ""
    storage.remove_unnamed(keys)
    return len(found)


def _close(sheet: Sheet, state: SheetState, by: Account | None, reason: str = "") -> None:
    sheet = lock(sheet)
    if sheet.state is not SheetState.OPEN:
        raise SheetClosed
    sheet.close(state, at=now(), reason=reason)
    log.record(f"calls.sheet_{state.value}", sheet, by=by, fields=["state"])
