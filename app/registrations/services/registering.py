"""Register a party for an event."""

from datetime import datetime
from typing import Unpack

from app.audit import log
from app.db import db, now, transactional
from app.events.models import AttendanceMode, Event, EventStatus
from app.registrations import queries
from app.registrations.errors import (
    EventCalledOff,
    EventOver,
    EventPostponed,
    NoSuchChoice,
    PartyOutOfRange,
    PartyTooLarge,
    RegistrationClosed,
    RegistrationNotOpenYet,
)
from app.registrations.models import MOST_PERSONS, Channel, Registration, RegistrationStatus
from app.registrations.places import Places, Pool, lock_places
from app.registrations.services.choices import changes_of, check_choices
from app.registrations.services.details import Party, write_details
from app.registrations.services.invitations import redeem
from app.registrations.services.letters import tell

S = RegistrationStatus


@transactional
def register(event: Event, *, name: str, email: str | None, persons: int = 1, **party: Unpack[Party]) -> Registration:
    """Hold places for the whole party, or put it on the waiting list, until the mail is answered.

    Whatever it chose besides is booked or queued on its own. Where the organisers decide on each, it holds nothing yet.
    What an organiser types (`by`, or any channel but the web) counts at once. The same address may register again; the
    same form sent twice registers once. Raises RegistrationClosed, PartyTooLarge, NoSuchChoice, TooManyChoices,
    ItemsOverlap or CodeInvalid.
    """
    at = now()
    places = lock_places(event)
    known = queries.find_by_form(event.id, party.get("form_id", ""))
    if known is not None:
        return known
    registration = _make(places, party, at)
    _check(places, registration, persons, party, at)
    is_required = registration.channel is Channel.WEB
    registration.invitation_code = redeem(places, party.get("code", ""), persons, at, is_required=is_required)
    registration.name, registration.email = name, email
    db.session.add(registration)
    write_details(registration, persons, party, at)
    registration.bookings = changes_of(registration, party).added
    _place(places, registration, at, beyond=party.get("beyond", False))
    log.record("registrations.register", registration, by=party.get("by"))
    tell(registration, _first_letter(registration))
    return registration


def check_open(event: Event, at: datetime) -> None:
    """Raise RegistrationClosed, or what says more closely why nobody can register."""
    check_takes_place(event, at)
    if event.status is EventStatus.OPEN and event.registration_opens_at and not event.has_opened(at):
        raise RegistrationNotOpenYet(event.registration_opens_at)
    if not event.accepts_registrations(at):
        raise RegistrationClosed


def check_takes_place(event: Event, at: datetime) -> None:
    """Raise EventCalledOff, EventPostponed or EventOver; organisers may add people as long as none of this is so."""
    if event.is_cancelled:
        raise EventCalledOff
    if event.status is EventStatus.POSTPONED:
        raise EventPostponed
    if event.is_over(at):
        raise EventOver


def check_size(pool: Pool, persons: int) -> None:
    """Raise PartyTooLarge when there would never be room for the whole party."""
    if not 1 <= persons <= MOST_PERSONS:
        raise PartyOutOfRange
    if pool.capacity is not None and persons > pool.capacity:
        raise PartyTooLarge


def check_asked(event: Event, party: Party) -> None:
    """Raise NoSuchChoice for a question or a consent of another event."""
    asked = [*party.get("answers", ()), *party.get("consents", ())]
    if any(each.event_id != event.id for each in asked):
        raise NoSuchChoice


def _check(places: Places, registration: Registration, persons: int, party: Party, at: datetime) -> None:
    if registration.channel is Channel.WEB:
        check_open(places.event, at)
    else:
        check_takes_place(places.event, at)
    check_size(places.of(registration), persons)
    check_asked(places.event, party)
    check_choices(places, persons, party)


def _make(places: Places, party: Party, at: datetime) -> Registration:
    by = party.get("by")
    channel = party.get("channel", Channel.WEB)
    if by is not None and channel is Channel.WEB:
        channel = Channel.DESK
    is_typed = channel is not Channel.WEB
    return Registration(
        event=places.event,
        status=S.WAITING,
        channel=channel,
        entered_by_id=by.id if by else None,
        is_online=party.get("is_online", False) and places.event.attendance_mode is AttendanceMode.HYBRID,
        form_id=party.get("form_id") or None,
        created_at=at,
        queued_at=at,
        held_until=None if is_typed else places.event.holds_until(at),
        confirmed_at=at if is_typed else None,
        approved_at=at if is_typed else None,
    )


def _place(places: Places, registration: Registration, at: datetime, *, beyond: bool) -> None:
    if registration.needs_approval:
        registration.status = S.REQUESTED
    elif places.admit(registration):
        _settle(places, registration, at)
    elif beyond and registration.channel is not Channel.WEB:
        registration.is_beyond_limit = True
        places.take(registration)
        _settle(places, registration, at)


def _settle(places: Places, registration: Registration, at: datetime) -> None:
    if registration.confirmed_at is None:
        registration.status = S.HELD
    else:
        registration.move_to(S.CONFIRMED, at)
    places.settle(registration, at)


def _first_letter(registration: Registration) -> str:
    if registration.confirmed_at is None:
        return registration.status
    return "confirmed" if registration.occupies_places else "joined"
