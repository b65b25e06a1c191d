"""From a file to its rows."""

from collections.abc import Mapping
from pathlib import Path

from app.concept.models import Section
from app.events.importing.calendar_rows import read_calendar
from app.events.importing.csv_rows import read_csv
from app.events.importing.rows import FileUnreadable, ImportRow

ENCODINGS = ("utf-8-sig", "cp1252")  # what spreadsheets on German desks write


def read_events(file: Path, sections: Mapping[str, Section]) -> list[ImportRow]:
    """Raise FileUnreadable when the file as a whole is none; `sections` by slug."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise FileUnreadable(f"{file.name} lässt sich nicht lesen: {error}") from error
    return read_content(file.name, content, sections)


def read_content(name: str, content: bytes, sections: Mapping[str, Section]) -> list[ImportRow]:
    """What stands in a file of this name. Raises FileUnreadable."""
    text = _decoded(name, content)
    if text.lstrip().upper().startswith("BEGIN:VCALENDAR"):
        return list(read_calendar(name, text))
    return list(read_csv(name, text, sections))


def _decoded(name: str, content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileUnreadable(f"{name} lässt sich nicht lesen: Speichern Sie die Datei als CSV in UTF-8.")
