"""Register a party for an event."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from app.audit import log
from app.db import db, now, transactional
from app.events.models import Event, ThemeTable
from app.registrations.errors import EventCalledOff, EventOver, PartyTooLarge, RegistrationClosed
from app.registrations.models import HOLD, Attendee, Registration, RegistrationStatus
from app.registrations.places import lock_places
from app.registrations.services.letters import tell


class Wishes(TypedDict, total=False):
    companions: Sequence[str]  # names of the others, as far as they were given
    table: ThemeTable | None
    wants_updates: bool
    language: str


@transactional
def register(event: Event, *, name: str, email: str, persons: int = 1, **wishes: Unpack[Wishes]) -> Registration:
    """Hold places for the whole party, or put it on the waiting list; both for 48 hours, until the mail is answered.

    The same address may register again. Raises RegistrationClosed or PartyTooLarge.
    """
    at = now()
    places = lock_places(event)
    event = places.event
    check_open(event, at)
    check_size(event, persons)
    registration = Registration(
        event=event,
        status=RegistrationStatus.HELD if places.admit(persons) else RegistrationStatus.WAITING,
        name=name,
        email=email,
        language=wishes.get("language", "de"),
        wants_updates=wishes.get("wants_updates", False),
        created_at=at,
        queued_at=at,
        held_until=event.holds_until(at, HOLD),
        attendees=make_attendees(name, persons, wishes.get("companions", ()), wishes.get("table")),
    )
    db.session.add(registration)
    log.record("registrations.register", registration)
    tell(registration, registration.status)
    return registration


def check_open(event: Event, at: datetime) -> None:
    """Raise RegistrationClosed, or what says more closely why nobody can register."""
    if event.is_cancelled:
        raise EventCalledOff
    if event.is_over(at):
        raise EventOver
    if not event.accepts_registrations(at):
        raise RegistrationClosed


def check_size(event: Event, persons: int) -> None:
    if event.capacity is not None and persons > event.capacity:
        raise PartyTooLarge


def make_attendees(name: str, persons: int, companions: Sequence[str], table: ThemeTable | None) -> list[Attendee]:
    """The contact first; names are optional for the others."""
    names = [name, *companions, *[""] * persons][:persons]
    return [Attendee(name=each, table=table) for each in names]
