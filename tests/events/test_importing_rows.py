"""Broken and doubled rows: each says what is wrong, and none stops another."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.db import db
from app.events.importing import FileUnreadable, import_rows, judge, read_content
from app.events.models import Event, EventImport
from tests.events.factories import EventFactory, SectionFactory
from tests.events.test_importing import GOOD, HEADER

START, END = "2027-06-24T09:30+02:00", "2027-06-24T14:00+02:00"


def csv(*rows, header=HEADER):
    return (header + "".join(f"{row}\n" for row in rows)).encode()


def calendar(*lines, uid="1@example.org"):
    event = "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"])
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{event}\r\nEND:VCALENDAR\r\n".encode()


def read(content, name="datei"):
    return read_content(name, content, {"sprache": SectionFactory.build(slug="sprache")})


TIMES = ("DTSTART:20270115T180000", "DTEND:20270115T200000")
BROKEN = {
    "no title": (csv(f",other,{START},{END},,,,"), "title fehlt"),
    "blank title": (csv(f"   ,other,{START},{END},,,,"), "title fehlt"),
    "long title": (csv(f"{'x' * 201},other,{START},{END},,,,"), "title hat 201 Zeichen, möglich sind 200"),
    "NUL": (csv(f"Bei\0spiel,other,{START},{END},,,,"), "title enthält ein Zeichen, das kein Text ist"),
    "long place": (csv(f"A,other,{START},{END},{'x' * 201},,,"), "place hat 201 Zeichen, möglich sind 200"),
    "no start": (csv(f"A,other,,{END},,,,"), "starts_at fehlt"),
    "no end": (csv(f"A,other,{START},,,,,"), "ends_at fehlt"),
    "no such day": (
        csv(f"A,other,2027-02-30T10:00+01:00,{END},,,,"),
        "starts_at „2027-02-30T10:00+01:00“ ist keine Zeit wie 2027-06-24T09:30+02:00",
    ),
    "German date": (
        csv(f"A,other,24.06.2027 9:30,{END},,,,"),
        "starts_at „24.06.2027 9:30“ ist keine Zeit wie 2027-06-24T09:30+02:00",
    ),
    "no zone": (
        csv(f"A,other,{START},2027-06-24T14:00,,,,"),
        "ends_at „2027-06-24T14:00“ sagt nicht, in welcher Zeitzone",
    ),
    "backwards": (csv(f"A,other,{END},{START},,,,"), "Das Ende muss nach dem Anfang liegen."),
    "no time at all": (csv(f"A,other,{START},{START},,,,"), "Das Ende muss nach dem Anfang liegen."),
    "year 1": (csv(f"A,other,0001-01-01T00:00+14:00,{END},,,,"), "das Jahr kann nicht stimmen"),
    "closes too late": (
        csv(f"A,other,{START},{END},,,,2027-07-24T14:00+02:00"),
        "Die Anmeldung kann nicht länger offen sein, als die Veranstaltung dauert.",
    ),
    "unknown kind": (
        csv(f"A,party,{START},{END},,,,"),
        "kind „party“ ist nicht dialogue, conference, workshop, other",
    ),
    "unknown section": (csv(f"A,other,{START},{END},,,wetter,"), "section „wetter“ ist nicht bekannt"),
    "negative capacity": (csv(f"A,other,{START},{END},,-5,,"), "capacity ist kleiner als 1"),
    "half a place": (csv(f"A,other,{START},{END},,2.5,,"), "capacity „2.5“ ist keine ganze Zahl"),
    "huge capacity": (csv(f"A,other,{START},{END},,99999999999,,"), "capacity ist größer als 100000"),
    "Arabic digits": (csv(f"A,other,{START},{END},,٤٠,,"), "capacity „٤٠“ ist keine ganze Zahl"),
    "too few cells": (csv(f"A,other,{START}"), "3 Zellen statt 8"),
    "too many cells": (csv(f"A,other,{START},{END},,,,,,"), "10 Zellen statt 8"),
    "no summary": (calendar(*TIMES), "SUMMARY fehlt"),
    "no dtstart": (calendar("SUMMARY:A"), "DTSTART fehlt"),
    "no dtend": (calendar("SUMMARY:A", TIMES[0]), "DTEND fehlt"),
    "every week": (
        calendar("SUMMARY:A", *TIMES, "RRULE:FREQ=WEEKLY"),
        "der Termin wiederholt sich: Legen Sie jeden Tag als eigene Veranstaltung an",
    ),
    "one of a series": (
        calendar("SUMMARY:A", *TIMES, "RECURRENCE-ID:20270115T180000"),
        "der Termin wiederholt sich: Legen Sie jeden Tag als eigene Veranstaltung an",
    ),
    "cancelled there": (calendar("SUMMARY:A", *TIMES, "STATUS:CANCELLED"), "der Termin ist dort abgesagt"),
    "ends before it starts": (
        calendar("SUMMARY:A", "DTSTART:20270115T180000", "DTEND:20270115T170000"),
        "Das Ende muss nach dem Anfang liegen.",
    ),
    "negative duration": (
        calendar("SUMMARY:A", "DTSTART:20270115T180000", "DURATION:-PT1H"),
        "Das Ende muss nach dem Anfang liegen.",
    ),
    "two starts": (
        calendar("SUMMARY:A", *TIMES, "DTSTART:20270116T180000"),
        "eine Zeit darin lässt sich nicht lesen",
    ),
    "no time in dtstart": (
        calendar("SUMMARY:A", "DTSTART:morgen", "DTEND:20270115T200000"),
        "eine Zeit darin lässt sich nicht lesen",
    ),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_row_says_why_and_creates_nothing(kind):
    content, reason = BROKEN[kind]
    rows = read(content)

    assert [outcome.refusal for outcome in judge(rows)] == [reason]
    assert [outcome.refusal for outcome in import_rows(rows).outcomes] == [reason]
    assert db.session.scalars(select(Event)).all() == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"title,starts_at\nA,B\n", r"Spalten fehlen: \['ends_at'\]"),
        (b"", r"Spalten fehlen: \['ends_at', 'starts_at', 'title'\]"),
        (b"title,title,starts_at,ends_at\n", "eine Spalte kommt zweimal vor"),
        (b'title,starts_at,ends_at\n"A,B,C\n', "kein lesbares CSV"),
        (b"\x89PNG\r\n\x1a\n\x81\x8d", "Speichern Sie die Datei als CSV in UTF-8"),
        ("title,starts_at,ends_at\n".encode("utf-16"), "unbekannt"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "kein lesbarer Kalender"),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(content, reason):
    with pytest.raises(FileUnreadable, match=reason):
        read(content)


@pytest.mark.parametrize(
    "content",
    [
        csv(f"Gespräch am Abend,other,{START},{END},,,,"),
        b"\xef\xbb\xbf" + csv(f"Gespräch am Abend,other,{START},{END},,,,"),
        f"title;starts_at;ends_at\r\nGespräch am Abend;{START};{END}\r\n\r\n".encode("cp1252"),
        f"Ends_at\ttitle\tStarts_At\n{END}\tGespräch am Abend\t{START}\n".encode(),
    ],
)
def test_what_spreadsheets_write_is_read(content):
    [row] = read(content)

    assert (row.title, row.refusal) == ("Gespräch am Abend", "")
    assert row.fields["starts_at"] == datetime(2027, 6, 24, 7, 30, tzinfo=UTC)


def test_a_time_without_a_zone_is_the_clock_on_the_wall():
    [row] = read(calendar("SUMMARY:A", "DTSTART:20270715T180000", "DTEND:20270715T200000"))

    assert row.fields["starts_at"] == datetime(2027, 7, 15, 16, tzinfo=UTC)


def test_importing_twice_brings_nothing_twice():
    rows = read(csv(GOOD.strip(), header=HEADER)), read(calendar("SUMMARY:Abend", *TIMES))

    for each in rows:
        [first] = import_rows(each).outcomes
        [second] = import_rows(each).outcomes
        assert (second.event_id, second.known_id, second.is_elsewhen) == (None, first.event_id, False)
    assert len(db.session.scalars(select(Event)).all()) == 2


def test_an_event_is_known_by_its_uid_also_at_another_time():
    [first] = import_rows(read(calendar("SUMMARY:Abend", *TIMES))).outcomes
    moved = read(calendar("SUMMARY:Später Abend", "DTSTART:20270116T180000", "DTEND:20270116T200000"))

    [again] = judge(moved)

    assert (again.known_id, again.is_elsewhen, again.is_new) == (first.event_id, True, False)


def test_our_own_calendar_is_known():
    event = EventFactory(title="Beispiel")
    other = EventFactory(title="Beispiel")

    [ours] = judge(read(calendar("SUMMARY:Anders", *TIMES, uid=f"event-{event.id}@127.0.0.1")))
    [foreign] = judge(read(calendar("SUMMARY:Anders", *TIMES, uid=f"event-{other.id}@example.org")))

    assert (ours.known_id, foreign.known_id) == (event.id, None)


def test_a_row_that_stands_twice_in_a_file_comes_once():
    twice = read(csv(f"A,other,{START},{END},,,,", f"A,workshop,{START},{END},,,,", f"B,other,{START},{END},,,,"))

    assert [outcome.refusal for outcome in import_rows(twice).outcomes] == ["", "steht schon in Zeile 2", ""]


def test_judging_costs_the_same_for_one_row_and_three(count_queries):
    statements = []
    for names in ("A", "ABC"):
        with count_queries() as counted:
            judge(read(csv(*(f"{name},other,{START},{END},,,," for name in names))))
        statements.append(len(counted))

    assert statements == [2, 2]


def test_the_report_stays_row_by_row():
    known = EventFactory(title="A", starts_at=datetime(2027, 6, 24, 7, 30, tzinfo=UTC))
    rows = read(csv(f"A,other,{START},{END},,,,", f"B,other,{START},{END},,,,", f"C,other,{END},{START},,,,"))

    taken_in = import_rows(rows, file_name="liste.csv")

    report = db.session.scalars(select(EventImport)).one()
    assert report.file_name == "liste.csv"
    assert [(row["number"], row["title"], row["event_id"], row["is_new"], row["refusal"]) for row in report.rows] == [
        (2, "A", known.id, False, ""),
        (3, "B", taken_in.outcomes[1].event_id, True, ""),
        (4, "C", None, False, "Das Ende muss nach dem Anfang liegen."),
    ]
