"""From registrations to groups that sit together, and back."""

from collections.abc import Iterable, Mapping, Sequence

from app.events.models import Event, ThemeTable
from app.registrations.models import Attendee, BookingStatus, Registration
from app.seating.problem import Group, Problem, Seats, Table

Places = Mapping[tuple[int, int], int]  # (id of an attendee, round) to the id of a table


def groups_in(registration: Registration) -> list[list[Attendee]]:
    """Who of the party sits together: all, or each alone if they do not mind."""
    if registration.sits_together:
        return [list(registration.attendees)]
    return [[attendee] for attendee in registration.attendees]


def problem_of(event: Event, registrations: Iterable[Registration], rounds: int, pins: Places) -> Problem:
    """What to solve. A group is pinned where the first of its members is, who is also its key."""
    groups = [
        Group(
            key=members[0].id,
            size=len(members),
            wishes=wishes_of(registration),
            languages=frozenset(registration.spoken_languages),
            comes_as=registration.comes_as.value if registration.comes_as else None,
            pins=_pins_of(members, rounds, pins),
        )
        for registration in registrations
        for members in groups_in(registration)
    ]
    return Problem(tuple(map(_table, event.tables)), tuple(groups), rounds)


def wishes_of(registration: Registration) -> tuple[int, ...]:
    """Ids of tables, the first wish first; a table chosen for good is a first wish."""
    booked = [
        booking.table_id
        for booking in registration.bookings
        if booking.table_id is not None and booking.status is BookingStatus.BOOKED
    ]
    return tuple(dict.fromkeys([*booked, *(wish.table_id for wish in registration.wishes)]))


def seats_of_groups(registrations: Iterable[Registration], rounds: int, places: Places) -> Seats:
    """Where each group sits, as its first member does."""
    keys = [members[0].id for registration in registrations for members in groups_in(registration)]
    return {
        (key, number): places[key, number] for key in keys for number in range(1, rounds + 1) if (key, number) in places
    }


def overfull(problem: Problem) -> tuple[Table, int] | None:
    """The first table and round where more persons are pinned than fit."""
    for table in problem.tables:
        for number in problem.numbers:
            pinned = sum(group.size for group in problem.groups if group.pins.get(number) == table.id)
            if pinned and not table.takes(pinned):
                return table, number
    return None


def _pins_of(members: Sequence[Attendee], rounds: int, pins: Places) -> dict[int, int]:
    found: dict[int, int] = {}
    for member in reversed(members):
        found.update(
            {number: pins[member.id, number] for number in range(1, rounds + 1) if (member.id, number) in pins}
        )
    return found


def _table(table: ThemeTable) -> Table:
    return Table(table.id, table.capacity, frozenset(table.languages))
