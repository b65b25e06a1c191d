"""Entries become iCalendar (RFC 5545). Pure: what a feed holds is decided in app.calendars.queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flask_babel import gettext
from icalendar import Calendar, Event, vText

from app.local_time import BERLIN, day_of

# Word for word: what libraries derive from the zone's database, ical.js reads one hour wrong in summer
TIME_ZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE
"""
REFRESH = "PT6H"
END = b"END:VCALENDAR\r\n"
VERSION = "1"  # raised when the same rows are written differently: programs then fetch again


@dataclass(frozen=True)
class Entry:
    """What a calendar shows. All-day entries run from the day of `starts_at` up to the day before `ends_at`."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    is_all_day: bool
    revised_at: datetime
    sequence: int
    is_cancelled: bool = False
    is_postponed: bool = False
    place: str = ""
    description: str = ""
    url: str = ""
    categories: Sequence[str] = ()


def write(name: str, entries: Iterable[Entry]) -> bytes:
    """A calendar of this name. No METHOD, ORGANIZER or ATTENDEE: a feed invites nobody."""
    calendar = Calendar()
    calendar.add("PRODID", "-//Teilhabe//Kalender//DE")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("NAME", vText(name))
    calendar.add("X-WR-CALNAME", vText(name))
    calendar.add("REFRESH-INTERVAL", vText(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vText(REFRESH))
    return with_time_zone(calendar, map(component_of, entries))


def with_time_zone(calendar: Calendar, components: Iterable[Event]) -> bytes:
    """The calendar with the county's time zone as it stands above, then these components."""
    head: bytes = calendar.to_ical(sorted=False).removesuffix(END)
    written: list[bytes] = [component.to_ical(sorted=False) for component in components]
    return head + TIME_ZONE.replace("\n", "\r\n").encode() + b"".join(written) + END


def component_of(entry: Entry) -> Event:
    component = Event()
    component.add("UID", entry.uid)
    component.add("DTSTAMP", entry.revised_at)
    component.add("LAST-MODIFIED", entry.revised_at)
    component.add("SEQUENCE", entry.sequence)
    component.add("DTSTART", _boundary(entry.starts_at, is_all_day=entry.is_all_day))
    component.add("DTEND", _boundary(entry.ends_at, is_all_day=entry.is_all_day))
    # Outlook ignores the status, so the title says it too
    title, status = _title_and_status(entry)
    component.add("SUMMARY", title)
    component.add("STATUS", status)
    for name, text in (("LOCATION", entry.place), ("DESCRIPTION", entry.description), ("URL", entry.url)):
        if text:
            component.add(name, text)
    if entry.categories:
        component.add("CATEGORIES", list(entry.categories))
    return component


def _title_and_status(entry: Entry) -> tuple[str, str]:
    if entry.is_cancelled:
        return gettext("ABGESAGT: %(title)s", title=entry.title), "CANCELLED"
    if entry.is_postponed:
        return gettext("VERSCHOBEN: %(title)s", title=entry.title), "TENTATIVE"
    return entry.title, "CONFIRMED"


def _boundary(at: datetime, *, is_all_day: bool) -> date:
    return day_of(at) if is_all_day else at.astimezone(BERLIN)


def whole_second(at: datetime) -> datetime:
    """Last-Modified knows no fractions: rounded up, or a change within the second would go unseen."""
    whole = at.astimezone(UTC).replace(microsecond=0)
    return whole if whole == at else whole + timedelta(seconds=1)
