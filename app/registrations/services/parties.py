"""Change one's registration, or leave."""

from datetime import datetime
from typing import Unpack

from app.audit import log
from app.db import db, now, transactional
from app.registrations.errors import AlreadyCancelled, EventCalledOff, EventOver, NoRoomForMore
from app.registrations.models import Registration, RegistrationStatus
from app.registrations.places import Places, lock_places
from app.registrations.services import needs
from app.registrations.services.details import Party, write_details
from app.registrations.services.letters import tell
from app.registrations.services.offers import fill
from app.registrations.services.registering import check_open, check_size

S = RegistrationStatus


@transactional
def cancel(registration: Registration) -> None:
    """The whole party stays away; its places go to the next in line in the same commit.

    Twice is as good as once. Raises EventOver, or InvalidTransition when it has expired.
    """
    at = now()
    places = lock_places(registration.event)
    db.session.refresh(registration)
    if registration.status is S.CANCELLED:
        return
    if places.event.is_over(at):
        raise EventOver
    freed = registration.persons if registration.occupies_places else 0
    if registration in places.queue:
        places.queue.remove(registration)
    registration.move_to(S.CANCELLED, at)
    needs.forget(registration)
    log.record("registrations.cancel", registration)
    tell(registration, "cancelled")
    places.give_back(freed)
    fill(places, at)


@transactional
def decline_offer(registration: Registration) -> None:
    """The party does not want the place it was offered, nor to wait any longer: the same as cancelling."""
    cancel(registration)


@transactional
def change(registration: Registration, *, persons: int, **party: Unpack[Party]) -> None:
    """Another number of persons, other names, wishes or answers; the party stays together and keeps its turn.

    Raises PartyTooLarge, NoRoomForMore, RegistrationClosed (for more persons), AlreadyCancelled or EventOver.
    """
    at = now()
    places = lock_places(registration.event)
    db.session.refresh(registration)
    _check_running(registration, places, at)
    more = persons - registration.persons
    if more > 0:
        check_open(places.event, at)
        check_size(places.event, persons)
    if registration.occupies_places:
        _resize(places, more)
    write_details(registration, persons, party, at)
    log.record("registrations.change", registration, by=party.get("by"), fields=["attendees", *party])
    db.session.flush()
    fill(places, at)


def _check_running(registration: Registration, places: Places, at: datetime) -> None:
    if registration.status in {S.CANCELLED, S.EXPIRED}:
        raise AlreadyCancelled
    if places.event.is_cancelled:
        raise EventCalledOff
    if places.event.is_over(at):
        raise EventOver


def _resize(places: Places, more: int) -> None:
    if more <= 0:
        places.give_back(-more)
    elif not places.admit(more):
        raise NoRoomForMore
