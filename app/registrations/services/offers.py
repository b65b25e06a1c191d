"""Offer free places to those in line."""

from datetime import datetime

from app.accounts.models import Account
from app.audit import log
from app.db import db, now, transactional
from app.registrations.errors import EventCalledOff, EventOver, NoRoomForMore, NotInLine
from app.registrations.models import OFFER, Registration
from app.registrations.places import Places, lock_places
from app.registrations.services.letters import tell


def fill(places: Places, at: datetime) -> None:
    """Offer what is free to the parties in line that fit, in their order.

    Until the earlier of 48 hours and the close of registration; not in the last 24 hours before the start.
    """
    if not places.offers_by_itself(at):
        return
    while (party := places.take_next()) is not None:
        _offer(party, at, places.event.holds_until(at, OFFER))


@transactional
def offer(registration: Registration, *, by: Account) -> None:
    """An organiser offers a place by hand, out of turn or shortly before the start, as long as there is room.

    Raises NotInLine, NoRoomForMore, EventCalledOff or EventOver.
    """
    at = now()
    places = lock_places(registration.event)
    db.session.refresh(registration)
    if places.event.is_cancelled:
        raise EventCalledOff
    if places.event.is_over(at):
        raise EventOver
    if registration not in places.queue:
        raise NotInLine
    if registration.persons > places.free:
        raise NoRoomForMore
    end = places.event.registration_closes_at if places.event.accepts_registrations(at) else places.event.ends_at
    _offer(registration, at, min(at + OFFER, end), by=by)


def _offer(party: Registration, at: datetime, until: datetime, *, by: Account | None = None) -> None:
    party.offer(at, until)
    log.record("registrations.offer", party, by=by)
    tell(party, "offer")
