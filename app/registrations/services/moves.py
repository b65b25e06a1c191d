"""What organisers do by hand: let somebody in beyond the limit, move a party to another table, item or option."""

from datetime import datetime

from app.accounts.models import Account
from app.audit import log
from app.db import now, transactional
from app.errors import InvalidTransition
from app.events.models import ProgrammeItem, TableChoice, ThemeTable
from app.registrations.errors import NoRoomAt, NoSuchChoice, NotInLine
from app.registrations.models import ENDED, Booking, BookingStatus, Registration, RegistrationStatus
from app.registrations.places import Places, lock_places, reload
from app.registrations.services.choices import Choice, check_overlap, make_booking, thing_of
from app.registrations.services.letters import tell
from app.registrations.services.offers import fill
from app.registrations.services.registering import check_takes_place

S = RegistrationStatus


@transactional
def admit_beyond_limit(registration: Registration, *, by: Account) -> None:
    """A sure place for a party in line or asking for one, although the event is full; the row says so.

    Raises NotInLine, or what says that the event does not take place.
    """
    at = now()
    places = lock_places(registration.event)
    reload(registration)
    check_takes_place(places.event, at)
    if registration.status not in {S.WAITING, S.REQUESTED} or not registration.is_confirmed_by_mail:
        raise NotInLine
    registration.is_beyond_limit = registration.persons > places.of(registration).free
    registration.approved_at = registration.approved_at or at
    places.take(registration)
    registration.move_to(S.CONFIRMED, at)
    places.settle(registration, at)
    log.record("registrations.admit_beyond_limit", registration, by=by, fields=["is_beyond_limit"])
    tell(registration, "confirmed")


@transactional
def move(
    registration: Registration,
    to: Choice,
    *,
    instead_of: Booking | None = None,
    beyond: bool = False,
    by: Account,
) -> None:
    """Another table, item or option for a whole party, in place of what it has; nothing in place of nothing adds it.

    Where it is full only `beyond` the limit; the row says so. Who waits for the event is booked there once it has a
    place. Raises InvalidTransition when the party is gone, NoSuchChoice, ItemsOverlap or NoRoomAt.
    """
    at = now()
    places = lock_places(registration.event)
    reload(registration)
    check_takes_place(places.event, at)
    instead_of = instead_of or _present_table(registration, to)
    _check_move(places, registration, to, instead_of)
    if instead_of is not None:
        places.give_up(instead_of)
        registration.bookings.remove(instead_of)
    booking = make_booking(to)
    registration.bookings.append(booking)
    if registration.occupies_places:
        _book(places, booking, at, beyond=beyond)
    log.record("registrations.move", registration, by=by, fields=[thing_of(to).kind])
    tell(registration, "moved", booking_id=booking.id)
    fill(places, at)


@transactional
def book_beyond_limit(booking: Booking, *, by: Account) -> None:
    """A party in the queue of a table, item or option takes part although it is full. Raises NotInLine."""
    at = now()
    places = lock_places(booking.registration.event)
    reload(booking.registration)
    check_takes_place(places.event, at)
    if not places.is_in_line(booking):
        raise NotInLine
    _book(places, booking, at, beyond=True)
    log.record("registrations.book_beyond_limit", booking.registration, by=by, fields=["is_beyond_limit"])
    tell(booking.registration, "booking_promoted", booking_id=booking.id)


def _check_move(places: Places, registration: Registration, to: Choice, instead_of: Booking | None) -> None:
    if registration.status in ENDED:
        raise InvalidTransition
    thing = thing_of(to)
    others = [booking for booking in registration.bookings if booking is not instead_of]
    is_wish = isinstance(to, ThemeTable) and places.event.table_choice is not TableChoice.CHOOSE
    is_foreign = thing not in places.pools or (instead_of is not None and instead_of not in registration.bookings)
    if is_wish or is_foreign or thing in {booking.thing for booking in registration.bookings}:
        raise NoSuchChoice
    check_overlap([each for each in (*(booking.item for booking in others), _item(to)) if each is not None])


def _present_table(registration: Registration, to: Choice) -> Booking | None:
    """A party sits at one table: another one takes its place."""
    if not isinstance(to, ThemeTable):
        return None
    return next((booking for booking in registration.bookings if booking.table is not None), None)


def _item(to: Choice) -> ProgrammeItem | None:
    return to if isinstance(to, ProgrammeItem) else None


def _book(places: Places, booking: Booking, at: datetime, *, beyond: bool) -> None:
    pool = places.of(booking)
    has_room = booking.persons <= pool.free
    if not has_room and not beyond:
        raise NoRoomAt(booking.title)
    pool.take(booking)
    booking.queued_at = at
    booking.status = BookingStatus.BOOKED
    booking.is_beyond_limit = not has_room
