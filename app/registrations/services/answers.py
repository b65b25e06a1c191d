"""Somebody says yes: confirms a registration, or takes the place that was offered."""

from datetime import datetime

from app.audit import log
from app.db import db, now, transactional
from app.registrations.errors import AlreadyCancelled, EventCalledOff, EventOver
from app.registrations.models import Registration, RegistrationStatus
from app.registrations.places import Places, lock_places
from app.registrations.services.letters import tell
from app.registrations.services.offers import fill
from app.registrations.services.registering import check_open

S = RegistrationStatus


@transactional
def confirm(registration: Registration) -> None:
    """A party comes. It keeps what is held for it; a late one gets what is free, or joins the end of the queue.

    Twice is as good as once. Raises AlreadyCancelled or RegistrationClosed.
    """
    at = now()
    places = lock_places(registration.event)
    db.session.refresh(registration)
    if registration.status is S.CANCELLED:
        raise AlreadyCancelled
    if registration.status is S.CONFIRMED or registration in places.queue:
        return
    _check_time(registration, places, at)
    if _keeps_its_place(registration, at):
        registration.confirmed_at = registration.confirmed_at or at
        registration.move_to(S.CONFIRMED, at)
    else:
        _check_again(registration, places, at)
    log.record("registrations.confirm", registration)
    tell(registration, "confirmed" if registration.occupies_places else "joined")


@transactional
def accept_offer(registration: Registration) -> None:
    """Take the place that was offered; after the offer has lapsed the same as a late confirmation."""
    confirm(registration)


def _check_time(registration: Registration, places: Places, at: datetime) -> None:
    """Nobody confirms after the close of registration; an offer may run longer when an organiser made it."""
    if registration.status is not S.OFFERED or registration.is_due(at):
        check_open(places.event, at)
    elif places.event.is_cancelled:
        raise EventCalledOff
    elif places.event.is_over(at):
        raise EventOver


def _keeps_its_place(registration: Registration, at: datetime) -> bool:
    return registration.occupies_places and not registration.is_due(at)


def _check_again(registration: Registration, places: Places, at: datetime) -> None:
    is_late = registration.status is not S.WAITING or registration.is_due(at)
    if registration.occupies_places:
        places.give_back(registration.persons)
        registration.move_to(S.EXPIRED if registration.status is S.HELD else S.WAITING, at)
        fill(places, at)
    registration.confirmed_at = at
    if places.admit(registration.persons):
        registration.move_to(S.CONFIRMED, at)
    elif is_late:
        registration.join_end_of_queue(at)
