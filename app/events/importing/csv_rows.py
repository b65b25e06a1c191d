"""Rows of a CSV file."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from app.concept.models import Section
from app.events.importing.rows import MOST_PLACES, FileUnreadable, ImportRow, RowRefused, checked
from app.events.models import EventKind
from app.events.services import EventFields

COLUMNS = ("title", "kind", "starts_at", "ends_at", "place", "capacity", "section", "registration_closes_at")
REQUIRED = ("title", "starts_at", "ends_at")
WHOLE_NUMBER = re.compile(r"-?\d{1,12}", re.ASCII)


def read_csv(name: str, content: str, sections: Mapping[str, Section]) -> Iterator[ImportRow]:
    first_line = content.partition("\n")[0]
    delimiter = max(",;\t", key=first_line.count)
    reader = csv.reader(io.StringIO(content, newline=""), strict=True, delimiter=delimiter)
    try:
        header = [column.strip().lower() for column in next(reader, [])]
        missing, unknown = set(REQUIRED) - set(header), set(header) - set(COLUMNS)
        if missing or unknown:
            raise FileUnreadable(
                f"{name}: Spalten fehlen: {sorted(missing) or 'keine'}, unbekannt: {sorted(unknown) or 'keine'}"
            )
        if len(set(header)) < len(header):
            raise FileUnreadable(f"{name}: eine Spalte kommt zweimal vor")
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _row(reader.line_num, header, cells, sections)
    except csv.Error as error:
        raise FileUnreadable(f"{name}, Zeile {reader.line_num}: kein lesbares CSV ({error})") from error


def _row(number: int, header: list[str], cells: list[str], sections: Mapping[str, Section]) -> ImportRow:
    values = dict.fromkeys(COLUMNS, "") | dict(zip(header, map(str.strip, cells), strict=False))
    if len(cells) != len(header):
        return ImportRow(number, values["title"], refusal=f"{len(cells)} Zellen statt {len(header)}")
    try:
        capacity = _capacity(values["capacity"])
        return ImportRow(number, values["title"], checked(_fields(values, sections)), capacity)
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
        "title": values["title"],
        "kind": _kind(values["kind"]),
        "starts_at": starts_at,
        "ends_at": _moment(values, "ends_at"),
        "registration_closes_at": (
            _moment(values, "registration_closes_at") if values["registration_closes_at"] else starts_at
        ),
        "place": values["place"],
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


def _capacity(value: str) -> int | None:
    if not value:
        return None
    if not WHOLE_NUMBER.fullmatch(value):
        raise RowRefused(f"capacity „{value}“ ist keine ganze Zahl")
    capacity = int(value)
    if capacity < 1:
        raise RowRefused("capacity ist kleiner als 1")
    if capacity > MOST_PLACES:
        raise RowRefused(f"capacity ist größer als {MOST_PLACES}")
    return capacity
