"""Give what is free to those in line: places at the event by an offer, everything else at once."""

from datetime import datetime

from app.accounts.models import Account
from app.audit import log
from app.db import now, transactional
from app.registrations.errors import NoRoomForMore, NotInLine
from app.registrations.models import Booking, BookingStatus, Registration
from app.registrations.places import Places, lock_places, reload
from app.registrations.services.letters import tell
from app.registrations.services.registering import check_takes_place


def fill(places: Places, at: datetime) -> None:
    """Offer what is free at the event to the parties in line that fit, in their order; then promote at everything else.

    Offers run for the event's hours, but not past the close of registration. Neither happens by itself in the last
    hours before the start: nobody is asked over night whether they come tomorrow.
    """
    if not places.event.gives_by_itself(at):
        return
    if places.event.accepts_registrations(at):
        for pool in places.of_event:
            while isinstance(party := pool.next_in_line(), Registration):
                _offer(places, party, at)
    for pool in places.of_choices:
        while isinstance(booking := pool.next_in_line(), Booking):
            pool.take(booking)
            _promote(booking)


@transactional
def offer(registration: Registration, *, by: Account) -> None:
    """An organiser offers a place by hand, out of turn or shortly before the start, as long as there is room.

    Raises NotInLine, NoRoomForMore, EventCalledOff, EventPostponed or EventOver.
    """
    at = now()
    places = lock_places(registration.event)
    reload(registration)
    check_takes_place(places.event, at)
    if not places.is_in_line(registration):
        raise NotInLine
    if registration.persons > places.of(registration).free:
        raise NoRoomForMore
    _offer(places, registration, at, by=by)


def _offer(places: Places, party: Registration, at: datetime, *, by: Account | None = None) -> None:
    places.take(party)
    party.offer(at, places.event.offers_until(at))
    places.settle(party, at)
    log.record("registrations.offer", party, by=by)
    tell(party, "offer")


def _promote(booking: Booking) -> None:
    booking.status = BookingStatus.BOOKED
    log.record("registrations.promote", booking.registration, fields=["booking"])
    tell(booking.registration, "booking_promoted", booking_id=booking.id)
