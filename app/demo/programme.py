"""Load what surrounds the events: series, programme, who hosts the tables, what events are attached to, their team."""

import re
from datetime import datetime, time
from functools import partial
from pathlib import Path

from app.accounts.models import Role
from app.db import db
from app.demo.files import Row, load_rows
from app.demo.world import World
from app.events import services
from app.events.models import AttendanceMode, Event, EventSeries, PersonRole
from app.events.services import EventFields, PersonFields
from app.local_time import at_berlin, day_of

SERIES = ("slug", "title", "summary", "first_year", "is_yearly")
DETAILS = (
    *("event", "series", "motto", "format", "contact", "attendance_mode", "latitude", "longitude"),
    *("bodies", "municipalities", "measures", "table_rounds"),
)
ITEMS = (
    *("event", "starts_at", "ends_at", "title", "room", "section", "description", "speakers", "languages"),
    *("materials", "is_bookable", "capacity"),
)
PEOPLE = ("event", "table", "role", "name", "organization")
SPEAKER = re.compile(r"(?P<name>[^(]+?)\s*(?:\((?P<organization>[^)]+)\))?")


def load(folder: Path, world: World) -> None:
    series: dict[str, EventSeries] = {}
    load_rows(folder / "event_series.csv", SERIES, world.today, partial(_add_series, series))
    load_rows(folder / "event_details.csv", DETAILS, world.today, partial(_add_details, world, series))
    load_rows(folder / "programme_items.csv", ITEMS, world.today, partial(_add_item, world))
    load_rows(folder / "table_people.csv", PEOPLE, world.today, partial(_add_person, world))
    if organiser := world.accounts.get(Role.ORGANISER):
        for event in world.events.values():
            if not any(member.account is organiser for member in event.team):
                services.add_to_team(event, organiser, by=None)


def _add_series(series: dict[str, EventSeries], row: Row) -> None:
    """With the slug of the file, so that the address is the one the documentation names."""
    slug = row.required("slug")
    series[slug] = EventSeries(
        slug=slug,
        title=row.required("title"),
        summary=row.text("summary"),
        first_year=row.integer("first_year"),
        is_yearly=row.flag("is_yearly"),
    )
    db.session.add(series[slug])


def _add_details(world: World, series: dict[str, EventSeries], row: Row) -> None:
    event = row.one_in("event", world.events)
    latitude, longitude = row.optional_decimal("latitude"), row.optional_decimal("longitude")
    fields: EventFields = {
        "series": row.optional_in("series", series),
        "motto": row.text("motto"),
        "format": row.text("format"),
        "contact": row.text("contact"),
        "attendance_mode": row.one_of("attendance_mode", AttendanceMode),
        "latitude": None if latitude is None else float(latitude),
        "longitude": None if longitude is None else float(longitude),
        "bodies": row.many_in("bodies", world.organizations),
        "municipalities": row.many_in("municipalities", world.municipalities),
        "measures": row.many_in("measures", world.measures),
        "table_rounds": row.optional_integer("table_rounds") or 1,
    }
    services.change_event(event, by=None, **fields)


def _add_item(world: World, row: Row) -> None:
    event = row.one_in("event", world.events)
    matches = [SPEAKER.fullmatch(words) for words in row.many("speakers")]
    services.add_item(
        event,
        by=None,
        starts_at=_at(event, row, "starts_at"),
        ends_at=_at(event, row, "ends_at"),
        title=row.required("title"),
        room=row.text("room"),
        section=row.optional_in("section", world.sections),
        description=row.text("description"),
        people=[PersonFields(PersonRole.SPEAKER, m["name"], m["organization"] or "") for m in matches if m],
        languages=row.many("languages"),
        materials=row.text("materials"),
        is_bookable=row.flag("is_bookable"),
        capacity=row.optional_integer("capacity"),
    )


def _add_person(world: World, row: Row) -> None:
    row.one_in("event", world.events)
    table = world.tables.get((row.required("event"), row.integer("table")))
    if table is None:
        raise row.refuse(f"table „{row.text('table')}“ ist nicht bekannt")
    person = PersonFields(row.one_of("role", PersonRole), row.required("name"), row.text("organization"))
    known = [PersonFields(each.role, each.name, each.organization) for each in table.people]
    services.change_table(table, by=None, people=[*known, person])


def _at(event: Event, row: Row, column: str) -> datetime:
    """On the day of the event."""
    try:
        return at_berlin(datetime.combine(day_of(event.starts_at), time.fromisoformat(row.required(column))))
    except ValueError:
        raise row.refuse(f"{column} „{row.text(column)}“ ist keine Uhrzeit") from None
