"""Who gets a place. Everything that gives, takes or frees places asks `lock_places` first (docs/adr/0007)."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.db import lock
from app.events.models import Event
from app.registrations.models import Registration
from app.registrations.queries import count_occupied, queue_of

# Nobody is asked over night whether they come tomorrow; organisers may still offer places by hand.
NO_OFFERS_BEFORE_START = timedelta(hours=24)


@dataclass
class Places:
    """What is free at an event, and who is in line, as long as this transaction holds the event's row."""

    event: Event
    free: float  # persons; math.inf where there is no limit
    queue: list[Registration]

    def admit(self, persons: int) -> bool:
        """Take places for a whole party, if they are free and nobody in line fits into them."""
        if persons > self.free or self.next_in_line() is not None:
            return False
        self.free -= persons
        return True

    def next_in_line(self) -> Registration | None:
        """The first party that fits. One that does not keeps its turn: the queue waits for no one."""
        return next((party for party in self.queue if party.persons <= self.free), None)

    def take_next(self) -> Registration | None:
        party = self.next_in_line()
        if party is not None:
            self.take(party)
        return party

    def take(self, party: Registration) -> None:
        self.queue.remove(party)
        self.free -= party.persons

    def give_back(self, persons: int) -> None:
        self.free += persons

    def offers_by_itself(self, at: datetime) -> bool:
        is_early_enough = at < self.event.starts_at - NO_OFFERS_BEFORE_START
        return self.event.accepts_registrations(at) and is_early_enough


def lock_places(event: Event) -> Places:
    """Lock the event's row, then count: nobody else can give a place away before this transaction ends."""
    event = lock(event)
    occupied = count_occupied(event.id)
    free = math.inf if event.capacity is None else event.capacity - occupied
    return Places(event, free, list(queue_of(event.id)))
