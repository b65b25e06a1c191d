"""Where the organisers decide on each registration: they say yes or no."""

from app.accounts.models import Account
from app.audit import log
from app.db import now, transactional
from app.errors import InvalidTransition
from app.registrations.errors import NotConfirmedYet
from app.registrations.models import Registration, RegistrationStatus
from app.registrations.places import Places, lock_places, reload
from app.registrations.services import needs
from app.registrations.services.letters import tell
from app.registrations.services.offers import fill
from app.registrations.services.registering import check_takes_place

S = RegistrationStatus


@transactional
def approve(registration: Registration, *, by: Account) -> None:
    """Yes: a place at once if there is one, otherwise the queue, in order of registration.

    Raises InvalidTransition, NotConfirmedYet or what says that the event does not take place.
    """
    at = now()
    places = _lock_request(registration)
    check_takes_place(places.event, at)
    registration.approved_at = at
    if places.admit(registration):
        registration.move_to(S.CONFIRMED, at)
        places.settle(registration, at)
    else:
        registration.move_to(S.WAITING, at)
        places.of(registration).line_up(registration)
    log.record("registrations.approve", registration, by=by)
    tell(registration, "approved" if registration.occupies_places else "joined")
    fill(places, at)


@transactional
def decline(registration: Registration, *, reason: str, by: Account) -> None:
    """No; the party is told why, in the organisers' words. Raises InvalidTransition or NotConfirmedYet."""
    _lock_request(registration)
    registration.move_to(S.DECLINED, now())
    needs.forget(registration)
    log.record("registrations.decline", registration, by=by)
    tell(registration, "declined", reason=reason)


def _lock_request(registration: Registration) -> Places:
    places = lock_places(registration.event)
    reload(registration)
    if registration.status is not S.REQUESTED:
        raise InvalidTransition
    if not registration.is_confirmed_by_mail:
        raise NotConfirmedYet
    return places
