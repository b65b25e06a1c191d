"""Rows of an iCalendar file."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import cast

from icalendar import Calendar, Component

from app.events.importing.rows import NO_TEXT, FileUnreadable, ImportRow, RowRefused, checked
from app.events.models import EventKind
from app.events.services import EventFields
from app.local_time import at_berlin, start_of

LONGEST_UID = 255
REPEATING = ("RRULE", "RDATE", "RECURRENCE-ID")


def read_calendar(name: str, content: str) -> Iterator[ImportRow]:
    try:
        components = list(Calendar.from_ical(content).walk("VEVENT"))
    except (ValueError, IndexError) as error:
        raise FileUnreadable(f"{name}: kein lesbarer Kalender ({error})") from error
    for number, component in enumerate(components, start=1):
        title = " ".join(str(component.get("SUMMARY", "")).split())
        uid = NO_TEXT.sub("", str(component.get("UID", "")).strip())[:LONGEST_UID]
        try:
            yield ImportRow(number, title, checked(_fields_of(component, title)), uid=uid)
        except RowRefused as error:
            yield ImportRow(number, title, refusal=str(error), uid=uid)
        except (ValueError, TypeError, AttributeError, OverflowError):  # what the library does with a broken value
            yield ImportRow(number, title, refusal="eine Zeit darin lässt sich nicht lesen", uid=uid)


def _fields_of(component: Component, title: str) -> EventFields:
    if not title:
        raise RowRefused("SUMMARY fehlt")
    if "DTSTART" not in component:
        raise RowRefused("DTSTART fehlt")
    if any(name in component for name in REPEATING):
        raise RowRefused("der Termin wiederholt sich: Legen Sie jeden Tag als eigene Veranstaltung an")
    if str(component.get("STATUS", "")).upper() == "CANCELLED":
        raise RowRefused("der Termin ist dort abgesagt")
    start = component.decoded("DTSTART")
    is_all_day = not isinstance(start, datetime)
    starts_at = _aware(start)
    return {
        "title": title,
        "kind": EventKind.OTHER,
        "starts_at": starts_at,
        "ends_at": _end_of(component, starts_at, is_all_day=is_all_day),
        "is_all_day": is_all_day,
        "place": str(component.get("LOCATION", "")).strip(),
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
    """A time without a zone is what the clock on the wall shows."""
    if not isinstance(value, datetime):
        return start_of(value)
    return value if value.tzinfo else at_berlin(value)
