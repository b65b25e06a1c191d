import io
from datetime import UTC, datetime

import pytest
from flask_babel import force_locale
from openpyxl import load_workbook

from app.attendance import documents, queries, sheets
from app.attendance.services import qr_svg
from app.db import db
from tests.attendance.factories import DoorDeviceFactory
from tests.events.factories import EventFactory, ThemeTableFactory
from tests.pdfs import failures, text_of
from tests.registrations.factories import RegistrationFactory

ARABIC = "ليلى الأحمد"
LONG = "Donaudampfschifffahrtsgesellschaftskapitän " * 3 + "von und zu Beispielhausen am See"
UNBROKEN = "W" * 200


@pytest.fixture
def event():
    event = EventFactory(
        title="Beispielkonferenz",
        starts_at=datetime(2027, 6, 24, 7, 30, tzinfo=UTC),
        ends_at=datetime(2027, 6, 24, 12, tzinfo=UTC),
        registration_closes_at=datetime(2027, 6, 20, tzinfo=UTC),
        place="Beispielhalle",
        address="Beispielstraße 1",
    )
    tables = [ThemeTableFactory(event=event, number=number, title=f"Tisch für {number}") for number in (1, 2)]
    for name in ("=1+1", ARABIC, LONG, UNBROKEN, "Ärztin Anna"):
        RegistrationFactory(event=event, name=name, table=tables[0])
    family = RegistrationFactory(event=event, name="Familie Beispiel", persons=3, organization_name="Verein Beispiel")
    family.attendees[1].name = "Kind Beispiel"
    db.session.flush()
    db.session.expire_all()
    return event


def words_of(pdf):
    return " ".join(text_of(pdf).split())


def papers(event):
    people = queries.expected_at(event.id)
    return {
        "badges": documents.badges_pdf(event, people),
        "door list": documents.door_list_pdf(event, people),
        "by name": documents.attendance_list_pdf(event, people, by_table=False),
        "by table": documents.attendance_list_pdf(event, people, by_table=True),
        "table cards": documents.table_cards_pdf(
            event, people, {event.tables[0].id: qr_svg("https://teilhabe.example.org/")}
        ),
        "ticket of one": documents.ticket_pdf(RegistrationFactory(event=event, name=UNBROKEN)),
        "ticket of a family": documents.ticket_pdf(RegistrationFactory(event=event, name=ARABIC, persons=5)),
    }


def test_every_paper_keeps_both_standards(event):
    broken = {
        (name, profile): found
        for name, pdf in papers(event).items()
        for profile in ("ua1", "2a")
        if (found := failures(pdf, profile))
    }

    assert broken == {}


def test_badges_hold_each_name_and_the_table(event):
    words = words_of(documents.badges_pdf(event, queries.expected_at(event.id)))

    assert words.count("Tisch 1") == 5
    assert words.count("Verein Beispiel") == 3
    for name in ("=1+1", "Ärztin Anna", "3. Person", "Kind Beispiel"):
        assert words.count(name) == 1, name


def test_the_attendance_list_by_table_has_a_page_for_each(event):
    pages = text_of(documents.attendance_list_pdf(event, queries.expected_at(event.id), by_table=True)).split("\f")

    assert [page.splitlines()[0] for page in pages if page] == ["Teilnahmeliste", "Tisch 2: Tisch für 2", "Ohne Tisch"]


def test_names_stand_in_order_whatever_their_accents(event):
    names = [person.name for person in queries.expected_at(event.id)]

    assert names == [
        "=1+1",
        "Ärztin Anna",
        LONG,
        "Familie Beispiel",
        "3. Person mit Familie Beispiel",
        "Kind Beispiel",
        UNBROKEN,
        ARABIC,
    ]


def test_the_spreadsheet_holds_text_and_no_formula(event):
    book = load_workbook(io.BytesIO(sheets.people_xlsx(event, queries.expected_at(event.id))))

    assert book.sheetnames == ["Nach Name", "Nach Tisch"]
    cells = {cell.value: cell.data_type for cell in book["Nach Name"]["A"]}
    assert cells["=1+1"] == "s"
    assert [row[0].value for row in book["Nach Tisch"].iter_rows(min_row=2) if row[2].value == "Ohne Tisch"] == [
        "Familie Beispiel",
        "3. Person mit Familie Beispiel",
        "Kind Beispiel",
    ]


def test_a_spreadsheet_in_arabic_runs_from_right_to_left(app, event):
    with app.test_request_context(), force_locale("ar"):
        book = load_workbook(io.BytesIO(sheets.people_xlsx(event, queries.expected_at(event.id))))

    assert book.worksheets[0].sheet_view.rightToLeft is True


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_questions_does_not_grow_with_the_people(count, count_queries):
    event = EventFactory()
    RegistrationFactory.create_batch(count, event=event, persons=2, table=ThemeTableFactory(event=event))
    device = DoorDeviceFactory(event=event)
    db.session.expire_all()
    event_id, _ = event.id, device.table_id

    with count_queries() as expected:
        queries.expected_at(event_id)
    with count_queries() as at_door:
        queries.parties_for(device)

    assert (len(expected), len(at_door)) == (4, 3)
