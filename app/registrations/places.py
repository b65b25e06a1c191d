"""Who gets a place: at the event, online, at a table, in a programme item, with a limited option.

Everything that gives, takes or frees places asks `lock_places` first (docs/adr/0007).
"""

import math
from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.db import db, lock
from app.events.models import Event
from app.registrations.counting import NONE, capacities, counted, lines
from app.registrations.errors import RegistrationGone
from app.registrations.models import Booking, BookingStatus, QuestionOption, Registration, Thing, ThingKind

Claim = Registration | Booking  # on places of one thing: whose size and turn it knows


@dataclass
class Pool:
    """The places of one scarce thing, and who is in line for it.

    `taken` counts those admitted beyond the limit, too: places become free only below the capacity.
    """

    capacity: int | None  # None: no limit
    taken: int = 0
    beyond: int = 0
    queue: list[Claim] = field(default_factory=list)

    @property
    def free(self) -> float:
        return math.inf if self.capacity is None else self.capacity - self.taken

    @property
    def least_capacity(self) -> int:
        """Below this nobody can set the limit."""
        return self.taken - self.beyond

    def admit(self, persons: int) -> bool:
        """Take places for a whole party, if they are free and nobody in line fits into them."""
        if persons > self.free or self.next_in_line() is not None:
            return False
        self.taken += persons
        return True

    def next_in_line(self) -> Claim | None:
        """The first party that fits. One that does not keeps its turn: the queue waits for no one."""
        return next((claim for claim in self.queue if claim.persons <= self.free), None)

    def take(self, claim: Claim) -> None:
        """Whoever was in line has a place now."""
        self.leave_line(claim)
        self.taken += claim.persons

    def give_back(self, persons: int) -> None:
        self.taken -= persons

    def line_up(self, claim: Claim) -> None:
        if claim not in self.queue:
            insort(self.queue, claim, key=lambda each: (each.queued_at, each.id))

    def leave_line(self, claim: Claim) -> None:
        if claim in self.queue:
            self.queue.remove(claim)


@dataclass
class Places:
    """What is free at an event, and who is in line, as long as this transaction holds the event's row."""

    event: Event
    pools: dict[Thing, Pool]

    def of(self, claim: Claim) -> Pool:
        return self.pools[claim.thing]

    def is_in_line(self, claim: Claim) -> bool:
        return claim in self.of(claim).queue

    @property
    def of_event(self) -> Iterator[Pool]:
        """On site and, at a hybrid event, online: these give offers."""
        return (pool for thing, pool in self.pools.items() if thing.kind in {ThingKind.EVENT, ThingKind.ONLINE})

    @property
    def of_choices(self) -> Iterator[Pool]:
        """Tables, items and options: these promote at once, the party comes anyway."""
        return (pool for thing, pool in self.pools.items() if thing.kind not in {ThingKind.EVENT, ThingKind.ONLINE})

    def admit(self, registration: Registration) -> bool:
        """Take the party's places at the event, if they are free and nobody in line fits. Then comes `settle`."""
        return self.of(registration).admit(registration.persons)

    def take(self, registration: Registration) -> None:
        """Places for a party whose turn it is, or that is let in by hand. Then comes `settle`."""
        self.of(registration).take(registration)

    def settle(self, registration: Registration, at: datetime | None = None) -> None:
        """Decide on each thing the party chose, once its status says that it has a place.

        `at`: it has the place only now, and joins the end of the queues; without, it keeps its turn in them.
        """
        for booking in registration.bookings:
            booking.queued_at = at or booking.queued_at
            self.decide(booking)

    def release(self, registration: Registration) -> None:
        """Call before its status changes: what it holds becomes free, it stands in no line any more."""
        pool = self.of(registration)
        pool.leave_line(registration)
        if registration.occupies_places:
            pool.give_back(registration.persons)
        registration.is_beyond_limit = False
        for booking in registration.bookings:
            self.give_up(booking)

    def decide(self, booking: Booking) -> bool:
        """Book it if there is room and nobody in line fits; otherwise it waits, in line once the party is sure."""
        pool = self.of(booking)
        pool.leave_line(booking)
        if booking.status is BookingStatus.BOOKED:
            return True
        if pool.admit(booking.persons):
            booking.status = BookingStatus.BOOKED
        elif booking.is_in_line:
            pool.line_up(booking)
        return booking.status is BookingStatus.BOOKED

    def give_up(self, booking: Booking) -> None:
        pool = self.of(booking)
        pool.leave_line(booking)
        if booking.status is BookingStatus.BOOKED:
            pool.give_back(booking.persons)
        booking.status = BookingStatus.WAITING
        booking.is_beyond_limit = False


def reload(registration: Registration) -> None:
    """As it stands now that the event's row is held; raises RegistrationGone when it was deleted meanwhile."""
    statement = (
        select(Registration)
        .where(Registration.id == registration.id)
        .options(
            selectinload(Registration.attendees),
            selectinload(Registration.bookings).joinedload(Booking.option).joinedload(QuestionOption.question),
            selectinload(Registration.wishes),
        )
        .execution_options(populate_existing=True)
    )
    if db.session.scalars(statement).one_or_none() is None:
        raise RegistrationGone


def lock_places(event: Event) -> Places:
    """Lock the event's row, then count: nobody else can give a place away before this transaction ends."""
    event = lock(event)
    taken = counted([event.id])[event.id]
    queues = lines(event.id)
    pools = {
        thing: Pool(capacity, taken.get(thing, NONE).taken, taken.get(thing, NONE).beyond, queues.get(thing, []))
        for thing, capacity in capacities(event).items()
    }
    return Places(event, pools)
