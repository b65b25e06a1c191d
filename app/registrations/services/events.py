"""What organisers do with an event that concerns those who are registered."""

from typing import Unpack

from app.accounts.models import Account
from app.audit import log
from app.db import now, transactional
from app.events import services as events
from app.events.models import Event
from app.events.services import MOVING, EventFields
from app.registrations import queries
from app.registrations.errors import CapacityTaken
from app.registrations.models import RegistrationStatus
from app.registrations.places import lock_places
from app.registrations.services.letters import tell
from app.registrations.services.offers import fill


@transactional
def change_event(event: Event, *, by: Account | None, **fields: Unpack[EventFields]) -> frozenset[str]:
    """Change the event and tell those who are registered when its time or place is another. Which fields changed.

    Raises what app.events.services.change_event raises.
    """
    changed = events.change_event(event, by=by, **fields)
    if changed & MOVING and event.is_public:
        for registration in queries.people_to_tell(event.id):
            tell(registration, "event_changed")
    if changed & {"starts_at", "registration_closes_at"}:
        _shorten_deadlines(event)
        fill(lock_places(event), now())
    return changed


@transactional
def cancel_event(event: Event, *, by: Account | None) -> None:
    """The event does not take place; everyone who is registered is told. Raises InvalidTransition."""
    events.cancel_event(event, by=by)
    for registration in queries.people_to_tell(event.id):
        tell(registration, "event_cancelled")


@transactional
def change_capacity(event: Event, capacity: int | None, *, by: Account | None) -> None:
    """Another number of places (None: no limit); what is added goes to those in line. Raises CapacityTaken."""
    places = lock_places(event)
    occupied = queries.count_occupied(places.event.id)
    if capacity is not None and capacity < occupied:
        raise CapacityTaken
    places.event.capacity = capacity
    log.record("registrations.change_capacity", places.event, by=by, fields=["capacity"])
    fill(lock_places(places.event), now())


def _shorten_deadlines(event: Event) -> None:
    """Nobody's time to answer runs past the close of registration."""
    end = event.registration_closes_at
    for registration in queries.registrations_of(event.id):
        if registration.held_until is not None and not registration.is_confirmed_by_mail:
            registration.held_until = min(registration.held_until, end)
        if registration.status is RegistrationStatus.OFFERED and registration.offered_until is not None:
            registration.offered_until = min(registration.offered_until, end)
