"""Change one's registration, or leave."""

from datetime import datetime
from typing import Unpack

from app.accounts.models import Account
from app.audit import log
from app.db import now, transactional
from app.events.models import AttendanceMode
from app.registrations.errors import (
    AlreadyCancelled,
    ChangesClosed,
    EventOver,
    NoRoomAt,
    NoRoomForMore,
    RequestDeclined,
)
from app.registrations.models import ENDED, Booking, BookingStatus, Registration, RegistrationStatus
from app.registrations.places import Places, Pool, lock_places, reload
from app.registrations.services import needs
from app.registrations.services.choices import Changes, changes_of, check_choices
from app.registrations.services.details import Party, write_details
from app.registrations.services.invitations import check_use
from app.registrations.services.letters import tell
from app.registrations.services.offers import fill
from app.registrations.services.registering import check_asked, check_open, check_size, check_takes_place

S = RegistrationStatus


@transactional
def cancel(registration: Registration, *, by: Account | None = None) -> None:
    """The whole party stays away; its places go to the next in line in the same commit. `by`: an organiser does it.

    Twice is as good as once. Raises EventOver, ChangesClosed, or InvalidTransition when it has ended otherwise.
    """
    at = now()
    places = lock_places(registration.event)
    reload(registration)
    if registration.status is S.CANCELLED:
        return
    if places.event.is_over(at):
        raise EventOver
    _check_deadline(places, at, by)
    places.release(registration)
    registration.move_to(S.CANCELLED, at)
    needs.forget(registration)
    log.record("registrations.cancel", registration, by=by)
    tell(registration, "cancelled")
    fill(places, at)


@transactional
def decline_offer(registration: Registration) -> None:
    """The party does not want the place it was offered, nor to wait any longer: the same as cancelling."""
    cancel(registration)


@transactional
def change(registration: Registration, *, persons: int, **party: Unpack[Party]) -> None:
    """Another number of persons, other names, choices or answers; the party stays together and keeps its turn.

    Whatever is left out stays as it is. With `by` an organiser changes it, also after the deadline. Raises
    AlreadyCancelled, RequestDeclined, ChangesClosed, RegistrationClosed, PartyTooLarge, NoRoomForMore, NoSuchChoice,
    TooManyChoices, ItemsOverlap or CodeInvalid.
    """
    at = now()
    places = lock_places(registration.event)
    reload(registration)
    _check(places, registration, persons, party, at)
    changes = changes_of(registration, party)
    _give_up(places, registration, changes.dropped)
    _switch(places, registration, party, at)
    _resize(places, registration, persons - registration.persons)
    write_details(registration, persons, party, at)
    _take_up(places, registration, changes, at)
    tell(registration, "changed")
    log.record("registrations.change", registration, by=party.get("by"), fields=["attendees", *party])
    fill(places, at)


def _check_deadline(places: Places, at: datetime, by: Account | None) -> None:
    if by is None and not places.event.allows_changes(at) and places.event.changes_until is not None:
        raise ChangesClosed(places.event.changes_until, places.event.contact)


def _check(places: Places, registration: Registration, persons: int, party: Party, at: datetime) -> None:
    by = party.get("by")
    if registration.status is S.DECLINED:
        raise RequestDeclined
    if registration.status in ENDED:
        raise AlreadyCancelled
    check_takes_place(places.event, at)
    _check_deadline(places, at, by)
    check_asked(places.event, party)
    check_choices(places, persons, party, registration.bookings)
    if persons > registration.persons:
        if by is None:
            check_open(places.event, at)
        check_size(places.of(registration), persons)
        if registration.invitation_code is not None:
            check_use(registration.invitation_code, persons, but=registration)


def _give_up(places: Places, registration: Registration, dropped: list[Booking]) -> None:
    for booking in dropped:
        places.give_up(booking)
        registration.bookings.remove(booking)


def _switch(places: Places, registration: Registration, party: Party, at: datetime) -> None:
    """From the hall to the screen or back, at a hybrid event: other places, and the end of another queue."""
    is_online = party.get("is_online", registration.is_online) and places.event.attendance_mode is AttendanceMode.HYBRID
    if is_online == registration.is_online:
        return
    before = places.of(registration)
    waits = places.is_in_line(registration)
    before.leave_line(registration)
    registration.is_online = is_online
    after = places.of(registration)
    check_size(after, registration.persons)
    if registration.occupies_places and after is not before:
        before.give_back(registration.persons)
        registration.is_beyond_limit = False
        if not places.admit(registration):
            raise NoRoomForMore
    if waits:
        registration.queued_at = at
        after.line_up(registration)


def _resize(places: Places, registration: Registration, more: int) -> None:
    """Places at the event and at all that is booked: all of it, or NoRoomForMore."""
    if registration.occupies_places and not _resized(places.of(registration), more):
        raise NoRoomForMore
    for booking in registration.bookings:
        is_once = booking.option is not None and not booking.option.question.counts_persons
        if booking.status is BookingStatus.BOOKED and not is_once and not _resized(places.of(booking), more):
            raise NoRoomAt(booking.title)


def _resized(pool: Pool, more: int) -> bool:
    if more > 0:
        return pool.admit(more)
    pool.give_back(-more)
    return True


def _take_up(places: Places, registration: Registration, changes: Changes, at: datetime) -> None:
    """What is new is booked or queued; a sure table is not given up for one in whose queue the party would stand."""
    registration.bookings.extend(changes.added)
    if not registration.occupies_places:
        return
    for booking in changes.added:
        booking.queued_at = at
        if not places.decide(booking) and booking.table is not None and changes.gives_up_a_table:
            raise NoRoomAt(booking.title)
