"""How full events are, as `teilhabe events list` and `events show` say it: persons, counted from the rows."""

from collections.abc import Iterable, Sequence

from app.events.models import AttendanceMode, Event
from app.local_time import BERLIN
from app.registrations.counting import NONE, ByThing, Counts, Titled, counted, titles
from app.registrations.models import Thing, ThingKind

GROUPS = {ThingKind.TABLE: "tables", ThingKind.ITEM: "items", ThingKind.OPTION: "options"}


def describe(events: Sequence[Event]) -> list[dict[str, object]]:
    """One row for each; the same number of queries for one event and for many."""
    event_ids = [event.id for event in events]
    counts, things = counted(event_ids), titles(event_ids)
    return [_described(event, counts[event.id], things[event.id]) for event in events]


def _described(event: Event, counts: ByThing, things: Sequence[Titled]) -> dict[str, object]:
    ways = {"on_site": counts.get(Thing(ThingKind.EVENT, event.id), NONE)}
    capacities = {"on_site": event.capacity}
    if event.attendance_mode is AttendanceMode.HYBRID:
        ways["online"] = counts.get(Thing(ThingKind.ONLINE, event.id), NONE)
        capacities["online"] = event.online_capacity
    row = {
        "id": event.id,
        "title": event.title,
        "starts_at": event.starts_at.astimezone(BERLIN).isoformat(),
        **_numbers(_in_all(capacities.values()), _together(ways.values())),
    }
    if len(ways) > 1:
        row["ways"] = {name: _numbers(capacities[name], each) for name, each in ways.items()}
    for kind, name in GROUPS.items():
        row[name] = [
            {"id": each.thing.id, "title": each.title, **_numbers(each.capacity, counts.get(each.thing, NONE))}
            for each in things
            if each.thing.kind is kind
        ]
    return row


def _numbers(capacity: int | None, counts: Counts) -> dict[str, object]:
    return {
        "capacity": capacity,
        "confirmed": counts.confirmed,
        "held": counts.held,
        "waitlisted": counts.waiting,
        "requested": counts.requested,
        "beyond_limit": counts.beyond,
    }


def _in_all(capacities: Iterable[int | None]) -> int | None:
    """None as soon as one of them has no limit."""
    known = list(capacities)
    return None if None in known else sum(capacity or 0 for capacity in known)


def _together(counts: Iterable[Counts]) -> Counts:
    return Counts(*map(sum, zip(*counts, strict=True)))
