"""Register a party for an event."""

from datetime import datetime
from typing import Unpack

from app.audit import log
from app.db import db, now, transactional
from app.events.models import AttendanceMode, Event, TableChoice
from app.registrations import queries
from app.registrations.errors import EventCalledOff, EventOver, PartyTooLarge, RegistrationClosed
from app.registrations.models import (
    HOLD,
    Booking,
    BookingStatus,
    Channel,
    Registration,
    RegistrationStatus,
)
from app.registrations.places import Places, lock_places
from app.registrations.services.details import Party, write_details
from app.registrations.services.letters import tell

S = RegistrationStatus


@transactional
def register(event: Event, *, name: str, email: str | None, persons: int = 1, **party: Unpack[Party]) -> Registration:
    """Hold places for the whole party, or put it on the waiting list, until the mail is answered.

    What an organiser types (`by`, or any channel but the web) counts at once. The same address may register again;
    the same form sent twice registers once. Raises RegistrationClosed or PartyTooLarge.
    """
    at = now()
    places = lock_places(event)
    event = places.event
    known = queries.find_by_form(event.id, party.get("form_id", ""))
    if known is not None:
        return known
    check_open(event, at)
    check_size(event, persons)
    registration = _make(places, persons, party, at)
    registration.name, registration.email = name, email
    db.session.add(registration)
    write_details(registration, persons, party, at)
    _book(registration, party)
    log.record("registrations.register", registration, by=party.get("by"))
    tell(registration, _first_letter(registration))
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


def _make(places: Places, persons: int, party: Party, at: datetime) -> Registration:
    by = party.get("by")
    channel = party.get("channel", Channel.WEB if by is None else Channel.DESK)
    is_typed = by is not None or channel is not Channel.WEB
    has_place = places.admit(persons)
    with_place = S.CONFIRMED if is_typed else S.HELD
    return Registration(
        event=places.event,
        status=with_place if has_place else S.WAITING,
        channel=channel,
        entered_by_id=by.id if by else None,
        is_online=party.get("is_online", False) and places.event.attendance_mode is AttendanceMode.HYBRID,
        form_id=party.get("form_id") or None,
        created_at=at,
        queued_at=at,
        held_until=places.event.holds_until(at, HOLD),
        confirmed_at=at if is_typed else None,
        placed_at=at if is_typed and has_place else None,
    )


def _book(registration: Registration, party: Party) -> None:
    status = BookingStatus.BOOKED if registration.occupies_places else BookingStatus.WAITING
    if registration.event.table_choice is TableChoice.CHOOSE:
        registration.bookings.extend(Booking(table=table, status=status) for table in party.get("tables", ()))
    registration.bookings.extend(Booking(item=item, status=status) for item in party.get("items", ()))
    registration.bookings.extend(Booking(option=option, status=status) for option in party.get("options", ()))


def _first_letter(registration: Registration) -> str:
    if registration.confirmed_at is None:
        return registration.status
    return "confirmed" if registration.occupies_places else "joined"
