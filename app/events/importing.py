"""Read events from a CSV or iCalendar file. Every row is good, or refused with its reason."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple, cast

from icalendar import Calendar, Component

from app.concept.models import Section
from app.db import transactional
from app.errors import DomainError
from app.events import services
from app.events.models import EventKind
from app.events.services import EventFields
from app.local_time import at_berlin, start_of

COLUMNS = ("title", "kind", "starts_at", "ends_at", "place", "capacity", "section", "registration_closes_at")
REQUIRED = ("title", "starts_at", "ends_at")


class FileUnreadable(DomainError):
    """Neither CSV with the columns of the documentation nor iCalendar."""


class RowRefused(Exception):
    """Why a row cannot become an event."""


@dataclass(frozen=True)
class ImportRow:
    """`number`: the line in a CSV file, counted from 1 with its header; in a calendar the event, counted from 1."""

    number: int
    title: str
    fields: EventFields | None = None
    capacity: int | None = None
    refusal: str = ""


class Outcome(NamedTuple):
    row: ImportRow
    event_id: int | None
    refusal: str


def read_events(file: Path, sections: Mapping[str, Section]) -> list[ImportRow]:
    """Raise FileUnreadable when the file as a whole is none; `sections` by slug."""
    try:
        content = file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(f"{file.name} lässt sich nicht lesen: {error}") from error
    if content.lstrip().upper().startswith("BEGIN:VCALENDAR"):
        return list(_read_calendar(file, content))
    return list(_read_csv(file, content, sections))


@transactional
def import_rows(rows: Sequence[ImportRow], *, publish: bool = False) -> list[Outcome]:
    """All good rows in one commit; those that are refused do not stop them."""
    return [_import_row(row, publish=publish) for row in rows]


def _import_row(row: ImportRow, *, publish: bool) -> Outcome:
    if row.fields is None:
        return Outcome(row, None, row.refusal)
    try:
        event = services.create_event(capacity=row.capacity, **row.fields)
    except DomainError as error:
        return Outcome(row, None, str(error))
    if publish:
        services.publish(event, by=None)
    return Outcome(row, event.id, "")


def _read_csv(file: Path, content: str, sections: Mapping[str, Section]) -> Iterator[ImportRow]:
    reader = csv.reader(io.StringIO(content), strict=True)
    try:
        header = [column.strip() for column in next(reader, [])]
        missing, unknown = set(REQUIRED) - set(header), set(header) - set(COLUMNS)
        if missing or unknown:
            raise FileUnreadable(
                f"{file.name}: Spalten fehlen: {sorted(missing) or 'keine'}, unbekannt: {sorted(unknown) or 'keine'}"
            )
        for cells in reader:
            if cells:
                yield _row(reader.line_num, header, cells, sections)
    except csv.Error as error:
        raise FileUnreadable(f"{file.name}, Zeile {reader.line_num}: kein lesbares CSV ({error})") from error


def _row(number: int, header: list[str], cells: list[str], sections: Mapping[str, Section]) -> ImportRow:
    values = dict.fromkeys(COLUMNS, "") | dict(zip(header, map(str.strip, cells), strict=False))
    if len(cells) != len(header):
        return ImportRow(number, values["title"], refusal=f"{len(cells)} Zellen statt {len(header)}")
    try:
        capacity = int(values["capacity"]) if values["capacity"] else None
        return ImportRow(number, values["title"], _fields(values, sections), _positive(capacity))
    except ValueError:
        return ImportRow(number, values["title"], refusal=f"capacity „{values['capacity']}“ ist keine ganze Zahl")
    except RowRefused as error:
        return ImportRow(number, values["title"], refusal=str(error))


def _fields(values: Mapping[str, str], sections: Mapping[str, Section]) -> EventFields:
    for column in REQUIRED:
        if not values[column]:
            raise RowRefused(f"{column} fehlt")
    slug = values["section"]
    if slug and slug not in sections:
        raise RowRefused(f"section „{slug}“ ist nicht bekannt")
    starts_at = _moment(values, "starts_at")
    return {
        "title": values["title"][:200],
        "kind": _kind(values["kind"]),
        "starts_at": starts_at,
        "ends_at": _moment(values, "ends_at"),
        "registration_closes_at": (
            _moment(values, "registration_closes_at") if values["registration_closes_at"] else starts_at
        ),
        "place": values["place"][:200],
        "sections": [sections[slug]] if slug else [],
    }


def _kind(value: str) -> EventKind:
    try:
        return EventKind(value or EventKind.OTHER)
    except ValueError:
        raise RowRefused(f"kind „{value}“ ist nicht {', '.join(EventKind)}") from None


def _moment(values: Mapping[str, str], column: str) -> datetime:
    try:
        moment = datetime.fromisoformat(values[column])
    except ValueError:
        raise RowRefused(f"{column} „{values[column]}“ ist keine Zeit wie 2027-06-24T09:30+02:00") from None
    if moment.tzinfo is None:
        raise RowRefused(f"{column} „{values[column]}“ sagt nicht, in welcher Zeitzone")
    return moment


def _positive(capacity: int | None) -> int | None:
    if capacity is not None and capacity < 1:
        raise RowRefused("capacity ist kleiner als 1")
    return capacity


def _read_calendar(file: Path, content: str) -> Iterator[ImportRow]:
    try:
        calendar = Calendar.from_ical(content)
    except ValueError as error:
        raise FileUnreadable(f"{file.name}: kein lesbarer Kalender ({error})") from error
    for number, component in enumerate(calendar.walk("VEVENT"), start=1):
        title = " ".join(str(component.get("SUMMARY", "")).split())[:200]
        try:
            yield ImportRow(number, title, _fields_of(component, title))
        except RowRefused as error:
            yield ImportRow(number, title, refusal=str(error))


def _fields_of(component: Component, title: str) -> EventFields:
    if not title:
        raise RowRefused("SUMMARY fehlt")
    if "DTSTART" not in component:
        raise RowRefused("DTSTART fehlt")
    start = component.decoded("DTSTART")
    is_all_day = not isinstance(start, datetime)
    starts_at = _aware(start)
    return {
        "title": title,
        "kind": EventKind.OTHER,
        "starts_at": starts_at,
        "ends_at": _end_of(component, starts_at, is_all_day=is_all_day),
        "is_all_day": is_all_day,
        "place": str(component.get("LOCATION", "")).strip()[:200],
        "summary": str(component.get("DESCRIPTION", "")).strip(),
    }


def _end_of(component: Component, starts_at: datetime, *, is_all_day: bool) -> datetime:
    """RFC 5545 section 3.6.1: without an end a day lasts a day; without one, a time lasts no time and is refused."""
    if "DTEND" in component:
        return _aware(component.decoded("DTEND"))
    if "DURATION" in component:
        return starts_at + cast("timedelta", component.decoded("DURATION"))
    if is_all_day:
        return starts_at + timedelta(days=1)
    raise RowRefused("DTEND fehlt")


def _aware(value: date) -> datetime:
    if not isinstance(value, datetime):
        return start_of(value)
    return value if value.tzinfo else at_berlin(value)
