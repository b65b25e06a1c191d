"""From planned to open, closed, postponed, cancelled: what organisers say about the whole event."""

from datetime import datetime

from app.accounts.models import Account
from app.audit import log
from app.db import lock, now, transactional
from app.errors import InvalidTransition
from app.events.errors import DeadlinePassed, NewTimeNeeded
from app.events.models import Event, EventStatus
from app.events.services.times import check_times, move_along, move_deadlines


@transactional
def publish(event: Event, *, by: Account | None) -> None:
    """From now on everyone sees it and may register. Raises InvalidTransition unless it is planned."""
    event = lock(event)
    if event.is_public:
        raise InvalidTransition
    _move(event, EventStatus.OPEN, "events.publish", by)


@transactional
def close_event(event: Event, *, by: Account | None) -> None:
    """Nobody registers any more; what is held stays so. Raises InvalidTransition unless it is open."""
    _move(lock(event), EventStatus.CLOSED, "events.close", by)


@transactional
def reopen_event(event: Event, *, by: Account | None) -> None:
    """People may register again. Raises InvalidTransition unless it is closed, DeadlinePassed when nobody could."""
    event = lock(event)
    if event.status is not EventStatus.CLOSED:
        raise InvalidTransition
    if event.registration_closes_at <= now():
        raise DeadlinePassed
    _move(event, EventStatus.OPEN, "events.reopen", by)


@transactional
def postpone_event(event: Event, *, by: Account | None) -> None:
    """It does not take place at its time; a new one follows. Raises InvalidTransition unless it is open or closed."""
    _move(lock(event), EventStatus.POSTPONED, "events.postpone", by)


@transactional
def reschedule_event(
    event: Event,
    *,
    starts_at: datetime,
    ends_at: datetime,
    registration_closes_at: datetime | None = None,
    is_all_day: bool = False,
    by: Account | None,
) -> None:
    """The new time of what was postponed: it is open again, programme and deadlines move along.

    Raises InvalidTransition, NewTimeNeeded, EndsTooEarly, ClosesTooLate or OutsideTheEvent.
    """
    event = lock(event)
    if event.status is not EventStatus.POSTPONED:
        raise InvalidTransition
    if starts_at <= now():
        raise NewTimeNeeded
    before = event.starts_at
    event.starts_at, event.ends_at, event.is_all_day = starts_at, ends_at, is_all_day
    move_deadlines(event, starts_at - before)
    if registration_closes_at is not None:
        event.registration_closes_at = registration_closes_at
    check_times(event)
    move_along(event, starts_at - before)
    _move(event, EventStatus.OPEN, "events.reschedule", by)


@transactional
def cancel_event(event: Event, *, by: Account | None) -> None:
    """It does not take place. Raises InvalidTransition when it is planned or cancelled already."""
    _move(lock(event), EventStatus.CANCELLED, "events.cancel", by)


def _move(event: Event, status: EventStatus, action: str, by: Account | None) -> None:
    event.move_to(status, now())
    log.record(action, event, by=by, fields=["status"])
