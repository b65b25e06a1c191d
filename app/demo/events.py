"""Load events with their thematic tables, and example registrations through the same doors as everybody else's."""

from datetime import datetime, time, timedelta
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from app.demo.files import Row, load_rows
from app.demo.world import World
from app.events import services
from app.events.models import Event, EventKind, EventStatus
from app.events.services import EventFields
from app.local_time import at_berlin, end_of, start_of
from app.registrations import services as registrations

EVENTS = (
    *("key", "title", "kind", "day", "starts_at", "ends_at", "place", "municipality", "address", "capacity"),
    *("registration_closes", "organization", "sections", "summary", "guiding_question", "accessibility", "offers"),
    *("status", "example_registrations", "is_example"),
)
TABLES = ("event", "number", "section", "title", "capacity", "language", "round_note")


def load(folder: Path, world: World) -> None:
    load_rows(folder / "events.csv", EVENTS, world.today, partial(_create, world))
    load_rows(folder / "theme_tables.csv", TABLES, world.today, partial(_add_table, world))
    # A second time: registrations name tables, and what is called off was open before
    load_rows(folder / "events.csv", EVENTS, world.today, partial(_fill, world))


def _create(world: World, row: Row) -> None:
    key = row.required("key")
    if key in world.events:
        raise row.refuse(f"key „{key}“ kommt zweimal vor")
    fields: EventFields = {
        "title": row.required("title"),
        "kind": row.one_of("kind", EventKind),
        "is_all_day": not row.text("starts_at"),
        "starts_at": _moment(row, "starts_at") or start_of(row.day("day")),
        "ends_at": _moment(row, "ends_at") or end_of(row.day("day")),
        "place": row.text("place"),
        "address": row.text("address"),
        "municipality": row.optional_in("municipality", world.municipalities),
        "organization": row.optional_in("organization", world.organizations),
        "sections": row.many_in("sections", world.sections),
        "summary": row.text("summary"),
        "guiding_question": row.text("guiding_question"),
        "accessibility": row.text("accessibility"),
        "offers": row.many("offers"),
    }
    fields["registration_closes_at"] = fields["starts_at"] - timedelta(
        days=row.optional_integer("registration_closes") or 0
    )
    event = services.create_event(
        capacity=row.optional_integer("capacity"), is_example=row.flag("is_example"), **fields
    )
    if row.one_of("status", EventStatus) is not EventStatus.PLANNED:
        services.publish(event, by=None)
    world.events[key] = event


def _add_table(world: World, row: Row) -> None:
    number = row.integer("number")
    world.tables[row.required("event"), number] = services.add_table(
        row.one_in("event", world.events),
        by=None,
        number=number,
        title=row.required("title"),
        section=row.optional_in("section", world.sections),
        capacity=row.optional_integer("capacity"),
        languages=row.many("language"),
        note=row.text("round_note"),
    )


def _fill(world: World, row: Row) -> None:
    event = world.events[row.required("key")]
    _register_examples(event, row.optional_integer("example_registrations") or 0)
    if row.one_of("status", EventStatus) is EventStatus.CANCELLED:
        registrations.cancel_event(event, by=None)


def _register_examples(event: Event, count: int) -> None:
    """Everyone alone, spread over the tables, confirmed at once; evidently nobody real."""
    tables = islice(cycle(event.tables or [None]), count)
    for number, table in enumerate(tables, start=1):
        registration = registrations.register(
            event,
            name=f"Beispielperson {number}",
            email=f"beispielperson-{number}@example.org",
            tables=[table] if table else [],
        )
        registrations.confirm(registration)


def _moment(row: Row, column: str) -> datetime | None:
    value = row.text(column)
    try:
        return at_berlin(datetime.combine(row.day("day"), time.fromisoformat(value))) if value else None
    except ValueError:
        raise row.refuse(f"{column} „{value}“ ist keine Uhrzeit") from None
