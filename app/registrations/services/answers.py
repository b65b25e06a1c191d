"""Somebody says yes: confirms a registration, or takes the place that was offered."""

from datetime import datetime

from app.audit import log
from app.db import now, transactional
from app.registrations.errors import AlreadyCancelled, RequestDeclined
from app.registrations.models import Registration, RegistrationStatus
from app.registrations.places import Places, lock_places, reload
from app.registrations.services.invitations import check_use
from app.registrations.services.letters import tell
from app.registrations.services.offers import fill
from app.registrations.services.registering import check_open, check_takes_place

S = RegistrationStatus


@transactional
def confirm(registration: Registration) -> None:
    """A party comes. It keeps what is held for it; a late one gets what is free, or joins the end of the queue.

    Where the organisers decide on each, it is asked for from now on. Twice is as good as once.
    Raises AlreadyCancelled, RequestDeclined, RegistrationClosed or CodeUsedUp.
    """
    at = now()
    places = lock_places(registration.event)
    reload(registration)
    _check_state(registration)
    if _is_answered(registration, places):
        return
    _check_time(registration, places, at)
    if _keeps_its_place(registration, at):
        registration.confirmed_at = registration.confirmed_at or at
        registration.move_to(S.CONFIRMED, at)
        places.settle(registration)
    elif registration.needs_approval and registration.status in {S.REQUESTED, S.EXPIRED}:
        _ask(registration, at)
    else:
        _check_again(registration, places, at)
    log.record("registrations.confirm", registration)
    tell(registration, _letter(registration))


@transactional
def accept_offer(registration: Registration) -> None:
    """Take the place that was offered; after the offer has lapsed the same as a late confirmation."""
    confirm(registration)


def _check_state(registration: Registration) -> None:
    if registration.status is S.CANCELLED:
        raise AlreadyCancelled
    if registration.status is S.DECLINED:
        raise RequestDeclined


def _is_answered(registration: Registration, places: Places) -> bool:
    is_asked_for = registration.status is S.REQUESTED and registration.is_confirmed_by_mail
    return registration.status is S.CONFIRMED or is_asked_for or places.is_in_line(registration)


def _check_time(registration: Registration, places: Places, at: datetime) -> None:
    """Nobody confirms after the close of registration; what is held or offered may be taken until its own end."""
    check_takes_place(places.event, at)
    if not _keeps_its_place(registration, at):
        check_open(places.event, at)


def _keeps_its_place(registration: Registration, at: datetime) -> bool:
    return registration.occupies_places and not registration.is_due(at)


def _ask(registration: Registration, at: datetime) -> None:
    _check_code(registration)
    registration.confirmed_at = at
    if registration.status is S.EXPIRED:
        registration.move_to(S.REQUESTED, at)
        registration.queued_at = at


def _check_again(registration: Registration, places: Places, at: datetime) -> None:
    _check_code(registration)
    is_late = registration.status is not S.WAITING or registration.is_due(at)
    if registration.occupies_places:
        places.release(registration)
        registration.move_to(S.EXPIRED if registration.status is S.HELD else S.WAITING, at)
        fill(places, at)
    registration.confirmed_at = at
    if places.admit(registration):
        registration.move_to(S.CONFIRMED, at)
        places.settle(registration, at)
    elif is_late:
        registration.join_end_of_queue(at)


def _check_code(registration: Registration) -> None:
    """Others may have come by the same code since it expired."""
    if registration.status is S.EXPIRED and registration.invitation_code is not None:
        check_use(registration.invitation_code, registration.persons)


def _letter(registration: Registration) -> str:
    return {S.CONFIRMED: "confirmed", S.REQUESTED: "requested"}.get(registration.status, "joined")
