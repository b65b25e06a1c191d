"""What organisers do with an event that concerns those who are registered: each step tells them."""

from datetime import datetime
from typing import Unpack

from app.accounts.models import Account
from app.db import now, transactional
from app.events import services as events
from app.events.models import Event
from app.events.services import TOLD, EventFields
from app.registrations import queries
from app.registrations.models import RegistrationStatus
from app.registrations.places import lock_places
from app.registrations.services.capacities import check_capacities
from app.registrations.services.letters import tell
from app.registrations.services.offers import fill
from app.registrations.services.questions import copy_questions
from app.registrations.services.reminders import skip_due


@transactional
def change_event(event: Event, *, by: Account | None, **fields: Unpack[EventFields]) -> frozenset[str]:
    """Change the event and tell those who are registered when its time or place is another. Which fields changed.

    While it is postponed nobody is told: they hear all of it with the new time.
    Raises what app.events.services.change_event raises, or CapacityTaken when those online had no place on site.
    """
    changed = events.change_event(event, by=by, **fields)
    if "attendance_mode" in changed:
        check_capacities(event)
    if changed & TOLD and event.takes_place:
        _tell_everyone(event, "event_changed")
        skip_due(event)
    if changed & {"starts_at", "registration_closes_at", "offers_stop_hours", "attendance_mode"}:
        _shorten_deadlines(event)
        fill(lock_places(event), now())
    return changed


@transactional
def clone_event(event: Event, *, title: str, starts_at: datetime, by: Account | None) -> Event:
    """A new planned event from this one, with its questions and nothing of the people."""
    copy = events.clone_event(event, title=title, starts_at=starts_at, by=by)
    copy_questions(event, copy, by=by)
    return copy


@transactional
def close_event(event: Event, *, by: Account | None) -> None:
    """Nobody registers any more, no place is offered by itself; those in line are told. Raises InvalidTransition."""
    events.close_event(event, by=by)
    _tell_the_queue(event, "event_closed")


@transactional
def reopen_event(event: Event, *, by: Account | None) -> None:
    """People may register again; what is free goes to those in line, and the others there are told.

    Raises InvalidTransition or DeadlinePassed.
    """
    events.reopen_event(event, by=by)
    fill(lock_places(event), now())
    _tell_the_queue(event, "event_reopened")


@transactional
def postpone_event(event: Event, *, by: Account | None) -> None:
    """The event takes place later; everyone stays registered and is told. Raises InvalidTransition."""
    events.postpone_event(event, by=by)
    _tell_everyone(event, "event_postponed")


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
    """The new time of a postponed event; everyone who is registered stays so and is told.

    Raises what app.events.services.reschedule_event raises.
    """
    events.reschedule_event(
        event,
        starts_at=starts_at,
        ends_at=ends_at,
        registration_closes_at=registration_closes_at,
        is_all_day=is_all_day,
        by=by,
    )
    _tell_everyone(event, "event_changed")
    skip_due(event)
    fill(lock_places(event), now())


@transactional
def cancel_event(event: Event, *, by: Account | None) -> None:
    """The event does not take place; everyone who is registered is told. Raises InvalidTransition."""
    events.cancel_event(event, by=by)
    _tell_everyone(event, "event_cancelled")


def _tell_everyone(event: Event, letter: str) -> None:
    for registration in queries.people_to_tell(event.id):
        tell(registration, letter)


def _tell_the_queue(event: Event, letter: str) -> None:
    for registration in queries.queue_of(event.id):
        tell(registration, letter)


def _shorten_deadlines(event: Event) -> None:
    """Nobody's time to answer runs past the close of registration."""
    end = event.registration_closes_at
    for registration in queries.registrations_of(event.id):
        if registration.held_until is not None and not registration.is_confirmed_by_mail:
            registration.held_until = min(registration.held_until, end)
        if registration.status is RegistrationStatus.OFFERED and registration.offered_until is not None:
            registration.offered_until = min(registration.offered_until, end)
