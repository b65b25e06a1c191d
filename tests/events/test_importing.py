import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.db import db
from app.events.models import Event, EventKind, EventStatus
from tests.events.factories import EventFactory, SectionFactory
from tests.registrations.factories import RegistrationFactory, S

HEADER = "title,kind,starts_at,ends_at,place,capacity,section,registration_closes_at\n"
GOOD = (
    "Beispiel,workshop,2027-06-24T09:30:00+02:00,2027-06-24T14:00:00+02:00,Saal,40,sprache,2027-06-17T00:00:00+02:00\n"
)
CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example.org//DE
BEGIN:VEVENT
UID:1@example.org
SUMMARY:Beispiel am Abend
DTSTART;TZID=Europe/Berlin:20270115T180000
DTEND;TZID=Europe/Berlin:20270115T200000
LOCATION:Beispielhaus
END:VEVENT
BEGIN:VEVENT
UID:2@example.org
SUMMARY:Beispiel den ganzen Tag
DTSTART;VALUE=DATE:20270715
END:VEVENT
BEGIN:VEVENT
UID:3@example.org
SUMMARY:Beispiel mit Dauer
DTSTART:20270715T080000Z
DURATION:PT90M
END:VEVENT
BEGIN:VEVENT
UID:4@example.org
SUMMARY:Beispiel ohne Ende
DTSTART:20270715T080000Z
END:VEVENT
BEGIN:VEVENT
UID:5@example.org
DTSTART:20270715T080000Z
END:VEVENT
BEGIN:VEVENT
UID:6@example.org
SUMMARY:Beispiel ohne Anfang
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def command(app):
    SectionFactory(slug="sprache")
    runner = app.test_cli_runner()
    return lambda *arguments: runner.invoke(args=["events", *map(str, arguments)])


@pytest.fixture
def file(tmp_path):
    def write(content, name="veranstaltungen.csv"):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return path

    return write


def events():
    return db.session.scalars(select(Event).order_by(Event.id)).all()


def test_import_csv_takes_the_good_rows_and_says_what_is_wrong_with_the_others(command, file):
    rows = [
        GOOD,
        "Nur das Nötige,,2027-06-24T09:30:00+02:00,2027-06-24T14:00:00+02:00,,,,\n",
        ",dialogue,2027-06-24T09:30:00+02:00,2027-06-24T14:00:00+02:00,,,,\n",
        "Ohne Zone,dialogue,2027-06-24T09:30:00,2027-06-24T14:00:00+02:00,,,,\n",
        "Kein Tag,dialogue,morgen,2027-06-24T14:00:00+02:00,,,,\n",
        "Rückwärts,dialogue,2027-06-24T14:00:00+02:00,2027-06-24T09:30:00+02:00,,,,\n",
        "Zu spät zu,dialogue,2027-06-24T09:30:00+02:00,2027-06-24T14:00:00+02:00,,,,2027-06-25T14:00:00+02:00\n",
        "Art,picnic,2027-06-24T09:30:00+02:00,2027-06-24T14:00:00+02:00,,,,\n",
        "Thema,dialogue,2027-06-24T09:30:00+02:00,2027-06-24T14:00:00+02:00,,,wetter,\n",
        "Zahl,dialogue,2027-06-24T09:30:00+02:00,2027-06-24T14:00:00+02:00,,viele,,\n",
        "Null,dialogue,2027-06-24T09:30:00+02:00,2027-06-24T14:00:00+02:00,,0,,\n",
        "Kurz,dialogue\n",
    ]

    result = command("import", file(HEADER + "".join(rows)), "--json")

    report = json.loads(result.output)
    full, short = events()
    assert (result.exit_code, report["ids"]) == (0, [full.id, short.id])
    assert [(row["row"], row["refused"]) for row in report["rows"]] == [
        (2, None),
        (3, None),
        (4, "title fehlt"),
        (5, "starts_at „2027-06-24T09:30:00“ sagt nicht, in welcher Zeitzone"),
        (6, "starts_at „morgen“ ist keine Zeit wie 2027-06-24T09:30+02:00"),
        (7, "Das Ende muss nach dem Anfang liegen."),
        (8, "Die Anmeldung kann nicht länger offen sein, als die Veranstaltung dauert."),
        (9, "kind „picnic“ ist nicht dialogue, conference, workshop, other"),
        (10, "section „wetter“ ist nicht bekannt"),
        (11, "capacity „viele“ ist keine ganze Zahl"),
        (12, "capacity ist kleiner als 1"),
        (13, "2 Zellen statt 8"),
    ]
    assert (full.kind, full.place, full.capacity, full.status) == (
        EventKind.WORKSHOP,
        "Saal",
        40,
        EventStatus.PLANNED,
    )
    assert full.starts_at == datetime(2027, 6, 24, 7, 30, tzinfo=UTC)
    assert full.registration_closes_at == datetime(2027, 6, 16, 22, tzinfo=UTC)
    assert [each.section.slug for each in full.sections] == ["sprache"]
    assert (short.kind, short.capacity, short.registration_closes_at) == (EventKind.OTHER, None, short.starts_at)


def test_import_calendar_knows_days_durations_and_zones(command, file):
    result = command("import", file(CALENDAR, "kalender.ics"), "--publish")

    berlin = ZoneInfo("Europe/Berlin")
    evening, day, morning = events()
    assert evening.starts_at == datetime(2027, 1, 15, 18, tzinfo=berlin)
    assert (evening.place, evening.is_all_day, evening.status) == ("Beispielhaus", False, EventStatus.OPEN)
    assert (day.starts_at, day.ends_at) == (datetime(2027, 7, 15, tzinfo=berlin), datetime(2027, 7, 16, tzinfo=berlin))
    assert day.is_all_day
    assert morning.ends_at == datetime(2027, 7, 15, 9, 30, tzinfo=UTC)
    assert result.output.splitlines() == [
        f"Zeile 1: Beispiel am Abend: angelegt als {evening.id}",
        f"Zeile 2: Beispiel den ganzen Tag: angelegt als {day.id}",
        f"Zeile 3: Beispiel mit Dauer: angelegt als {morning.id}",
        "Zeile 4: Beispiel ohne Ende: DTEND fehlt",
        "Zeile 5: ohne Titel: SUMMARY fehlt",
        "Zeile 6: Beispiel ohne Anfang: DTSTART fehlt",
    ]


def test_import_dry_run_keeps_nothing(command, file):
    result = command("import", file(HEADER + GOOD), "--dry-run")

    assert (result.exit_code, result.output) == (0, "Zeile 2: Beispiel: würde angelegt\n")
    assert events() == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("title,wann\n", "Spalten fehlen: ['ends_at', 'starts_at'], unbekannt: ['wann']"),
        (HEADER + '"offen\n', "kein lesbares CSV (unexpected end of data)"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "kein lesbarer Kalender"),
    ],
)
def test_import_refuses_a_file_it_cannot_read(command, file, content, reason):
    result = command("import", file(content))

    assert result.exit_code == 1
    assert reason in str(result.exception) + result.output
    assert events() == []


def test_import_refuses_a_file_that_is_missing_or_not_text(command, tmp_path):
    (tmp_path / "bild.csv").write_bytes(b"\xff\xfe\xff")

    assert command("import", tmp_path / "fehlt.csv").exit_code == 1
    assert command("import", tmp_path / "bild.csv").exit_code == 1


def test_list_and_show_count_persons_from_the_rows(command):
    event = EventFactory(title="Beispiel", capacity=9, starts_at=datetime(2027, 7, 1, 8, tzinfo=UTC))
    RegistrationFactory(event=event, persons=2)
    RegistrationFactory(event=event, status=S.HELD, confirmed_at=None)
    RegistrationFactory(event=event, status=S.OFFERED)
    RegistrationFactory(event=event, status=S.WAITING, confirmed_at=None, persons=2)
    RegistrationFactory(event=event, status=S.WAITING)
    RegistrationFactory(event=event, status=S.CANCELLED)
    RegistrationFactory(event=event, status=S.EXPIRED)
    expected = {
        "id": event.id,
        "title": "Beispiel",
        "starts_at": "2027-07-01T10:00:00+02:00",
        "capacity": 9,
        "confirmed": 2,
        "held": 2,
        "waitlisted": 3,
        "requested": 0,
        "beyond_limit": 0,
        "tables": [],
        "items": [],
        "options": [],
    }

    assert json.loads(command("list", "--json").output) == [expected]
    assert json.loads(command("show", event.id, "--json").output) == expected
    assert command("show", event.id).output == command("list").output
    assert command("show", event.id + 1).exit_code == 1
