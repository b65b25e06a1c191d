"""Guests: who comes on the day without having registered."""

from app.audit import log
from app.db import db, now, transactional
from app.events.models import Event
from app.registrations.errors import EventCalledOff, NoRoomForGuests
from app.registrations.models import Attendee, Channel, PartyKind, Registration, RegistrationStatus
from app.registrations.places import lock_places


@transactional
def admit_guest(event: Event, *, name: str, persons: int, beyond_limit: bool) -> Registration:
    """A place at once for who stands at the door, also after registration has closed and without a mail address.

    A party is let in whole or not at all; `beyond_limit` lets it in although there is no room, and the row says so.
    Who waits in line at home has no claim to a place that is free now: offers have stopped a day before.
    Raises NoRoomForGuests or EventCalledOff.
    """
    at = now()
    places = lock_places(event)
    if places.event.is_cancelled:
        raise EventCalledOff
    registration = Registration(
        event=places.event,
        status=RegistrationStatus.CONFIRMED,
        name=name,
        party_kind=PartyKind.PERSON if persons == 1 else PartyKind.GROUP,
        channel=Channel.DOOR,
        created_at=at,
        queued_at=at,
        confirmed_at=at,
        placed_at=at,
        approved_at=at,
        attendees=[Attendee(name=name if number == 0 else "") for number in range(persons)],
    )
    registration.is_beyond_limit = persons > places.of(registration).free
    if registration.is_beyond_limit and not beyond_limit:
        raise NoRoomForGuests
    db.session.add(registration)
    db.session.flush()
    log.record("registrations.admit_guest", registration)
    return registration
