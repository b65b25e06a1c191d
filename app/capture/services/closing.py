"""Handing a table over to moderation, and taking it back for a reason; what an event gives its tables."""

from app.accounts.models import Account
from app.audit import log
from app.capture import queries
from app.capture.errors import ReopeningUnexplained, TableClosed
from app.capture.models import EventCapture, TableClosing
from app.db import db, lock, now, transactional
from app.errors import InvalidTransition
from app.events.models import Event, ThemeTable


@transactional
def close(table: ThemeTable, *, by: Account | None = None) -> TableClosing:
    """Nothing more is written at this table; raises TableClosed when somebody was faster. `by` None: its scribe."""
    table = lock(table)
    if queries.standing_closing(table.id) is not None:
        raise TableClosed
    closing = TableClosing(table=table, closed_by_id=by.id if by else None)
    db.session.add(closing)
    db.session.flush()
    log.record("capture.close", closing, by=by)
    return closing


@transactional
def reopen(table: ThemeTable, *, reason: str, by: Account | None) -> None:
    """Its scribes go on writing. Raises ReopeningUnexplained, or InvalidTransition when it is open."""
    table = lock(table)
    closing = queries.standing_closing(table.id)
    if closing is None:
        raise InvalidTransition
    if not reason.strip():
        raise ReopeningUnexplained
    closing.reopen(now(), reason=reason.strip(), by=by)
    log.record("capture.reopen", closing, by=by, fields=["reopened_at", "reopen_reason"])


@transactional
def set_points(event: Event, *, points_each: int, by: Account | None) -> None:
    """So many points for each person at a table, in each round; 0: none are given. What was given stays."""
    settings = settings_row(lock(event))
    settings.points_each = points_each
    log.record("capture.set_points", settings, by=by, fields=["points_each"])


def settings_row(event: Event) -> EventCapture:
    """The row of this event, added where there is none; the event must be locked."""
    settings = queries.settings_of(event.id)
    db.session.add(settings)
    db.session.flush()
    return settings
