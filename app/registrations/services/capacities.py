"""How many places there are: more go to those in line, fewer never below what is taken."""

from app.accounts.models import Account
from app.audit import log
from app.db import db, now, transactional
from app.events.models import Event, ProgrammeItem, ThemeTable
from app.registrations.errors import CapacityTaken
from app.registrations.models import Thing, ThingKind
from app.registrations.places import Pool, lock_places
from app.registrations.services.choices import Choice, thing_of
from app.registrations.services.offers import fill


@transactional
def change_capacity(event: Event, capacity: int | None, *, online: bool = False, by: Account | None) -> None:
    """Another number of places at the event, or at its online part (None: no limit). Raises CapacityTaken.

    What is added goes to those in line.
    """
    places = lock_places(event)
    kind, column = (ThingKind.ONLINE, "online_capacity") if online else (ThingKind.EVENT, "capacity")
    _resize(places.pools.get(Thing(kind, places.event.id), Pool(None)), capacity)
    setattr(places.event, column, capacity)
    log.record("registrations.change_capacity", places.event, by=by, fields=[column])
    fill(places, now())


@transactional
def change_capacity_of(choice: Choice, capacity: int | None, *, by: Account | None) -> None:
    """Another number of places at a table, in an item or with an option (None: no limit). Raises CapacityTaken."""
    places = lock_places(_event_of(choice))
    _resize(places.pools[thing_of(choice)], capacity)
    db.session.refresh(choice)
    choice.capacity = capacity
    log.record("registrations.change_capacity", choice, by=by, fields=["capacity"])
    fill(places, now())


def check_capacities(event: Event) -> None:
    """Raise CapacityTaken when a change of something else has left fewer places than are taken."""
    for pool in lock_places(event).pools.values():
        _resize(pool, pool.capacity)


def _resize(pool: Pool, capacity: int | None) -> None:
    if capacity is not None and capacity < pool.least_capacity:
        raise CapacityTaken
    pool.capacity = capacity


def _event_of(choice: Choice) -> Event:
    return choice.event if isinstance(choice, ThemeTable | ProgrammeItem) else choice.question.event
