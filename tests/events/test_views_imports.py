from io import BytesIO

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.db import db
from app.events.models import Event, EventImport, EventStatus
from tests.events.test_importing import HEADER
from tests.events.test_importing_rows import END, START
from tests.factories import AccountFactory

ADDRESS = "/verwaltung/veranstaltungen/import"
ROWS = f"Gespräch,workshop,{START},{END},Saal,40,,\n<b>Kaputt</b>,workshop,morgen,{END},,,,\n"


@pytest.fixture
def desk(client):
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))
    return client


def sent(content, name="liste.csv", **more):
    return {"data": {"file": (BytesIO(content), name), **more}, "content_type": "multipart/form-data"}


def test_preview_writes_nothing_then_the_report_stays(desk):
    preview = desk.page(ADDRESS, 200, "POST", **sent((HEADER + ROWS).encode(), publish="y"))

    rows = [" ".join(row.get_text(" ").split()) for row in preview.select("tbody tr")]
    assert rows == [
        "2 Gespräch Donnerstag, 24. Juni 2027, 9.30 bis 14 Uhr Wird angelegt und veröffentlicht",
        "3 <b>Kaputt</b> – Geht nicht: starts_at „morgen“ ist keine Zeit wie 2027-06-24T09:30+02:00",
    ]
    assert db.session.scalars(select(Event)).all() == db.session.scalars(select(EventImport)).all() == []

    form = preview.select_one("form.confirm")
    fields = {each["name"]: each.get("value", "") for each in form.select("input[name]")}
    done = desk.post(form["action"], data=fields)
    event = db.session.scalars(select(Event)).one()
    assert (event.title, event.status, [member.account.name for member in event.team]) == (
        "Gespräch",
        EventStatus.OPEN,
        [desk.page("/konto").select(".site-account a")[-1].text],
    )
    report = desk.page(done.location)
    assert report.select_one("tbody tr a")["href"] == f"/verwaltung/veranstaltungen/{event.id}"
    assert done.location in [link["href"] for link in desk.page(ADDRESS).select(".page-aside a")]

    again = desk.post(form["action"], data=fields)
    assert "War schon da" in desk.page(again.location).select_one("tbody").text
    assert len(db.session.scalars(select(Event)).all()) == 1


def test_preview_without_anything_new_offers_nothing_to_take_in(desk):
    page = desk.page(ADDRESS, 200, "POST", **sent(f"{HEADER},workshop,{START},{END},,,,\n".encode()))

    assert page.select("form.confirm") == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\x81\x8d", "lässt sich nicht lesen"),
        (b"name\n", "Spalten fehlen"),
        (b"x" * 250_001, "Die Datei ist zu groß. Teilen Sie sie in mehrere."),
    ],
)
def test_a_file_that_is_none_is_said_at_the_field(desk, content, words):
    page = desk.page(ADDRESS, 422, "POST", **sent(content))

    assert words in page.select_one("#file-error").text


def test_without_a_file_the_page_asks_for_one(desk):
    assert "Wählen Sie eine Datei aus." in desk.page(ADDRESS, 422, "POST", data={}).select_one("#file-error").text


@pytest.mark.parametrize("content", ["", "kein base64!", None])
def test_a_file_lost_on_the_way_is_asked_for_again(desk, content):
    page = desk.page(f"{ADDRESS}/uebernahme", 422, "POST", data={"name": "x", "content": content or ""})

    assert (
        "Die Datei ist unterwegs verloren gegangen. Wählen Sie sie noch einmal."
        in page.select_one(".error-summary").text
    )


def test_a_file_of_the_largest_size_survives_the_preview(desk):
    too_long = f"A,workshop,{START},{END},{'x' * 10_000},,,\n" * 24
    content = (HEADER + ROWS + too_long).encode().ljust(250_000, b"\n")

    preview = desk.page(ADDRESS, 200, "POST", **sent(content))

    form = preview.select_one("form.confirm")
    done = desk.post(form["action"], data={each["name"]: each.get("value", "") for each in form.select("input[name]")})
    assert done.status_code == 303


def test_unknown_reports_are_not_found(desk):
    assert desk.get(f"{ADDRESS}/404404").status_code == 404
