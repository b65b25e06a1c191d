import io
import json
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from PIL import Image
from sqlalchemy import func, select

from app.capture import queries
from app.capture.models import TableEntry
from app.capture.services import closing, lines, photos, tables
from app.db import db, now
from app.proposals.models import ProposalState
from tests.capture.factories import TableLineFactory, said
from tests.proposals.factories import EventFactory, ThemeTableFactory

KEPT = "sprache=uk&art=measure"


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


def link(table):
    return f"/erfassung/{tables.link_of(table, tables.SCRIBE)}"


def picture(colour="white", kind="JPEG"):
    content = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(content, kind)
    return content.getvalue()


def entry(text="Ein Satz", **more):
    values = {"uuid": str(uuid4()), "at": now().isoformat(), "kind": "line", "text": text}
    return {**values, "what": "goal", "language": "de", "round": 1, **more}


@pytest.fixture
def table():
    hours = {"starts_at": now() - timedelta(hours=1), "ends_at": now() + timedelta(hours=3)}
    return ThemeTableFactory(capacity=2, event=EventFactory(table_rounds=2, **hours))


def test_create_takes_a_line_and_is_ready_for_the_next(client, table):
    address = link(table)
    page = client.page(address)
    assert page.select_one("#text").has_attr("autofocus")
    form = {"text": "Ginge es\x00 online?", "language": "uk", "kind": "measure", "round": "2"}
    form["key"] = page.select_one("[data-write] [name=key]")["value"]

    sent = [client.post(address, data=form) for _ in range(2)][1]  # pressed twice
    assert sent.location == f"{address}?{KEPT}&runde=2"
    page = client.page(sent.location)

    assert [page.select_one(f"#{name} option[selected]")["value"] for name in ("language", "kind", "round")] == [
        *("uk", "measure", "2")
    ]
    assert texts(page, "[data-lines] [data-words], [data-lines] [data-about]") == [
        *("Ginge es online?", "Ukrainisch, Maßnahme, Runde 2")
    ]


@pytest.mark.parametrize("text", ["", " \n\t ", "\x00", "x" * 1001, "y" * 100_000])
def test_create_says_what_is_wrong_and_keeps_what_was_typed(client, table, text):
    page = client.page(link(table), 422, "POST", data={"text": text, "language": "de", "kind": "goal", "round": 1})

    assert page.select_one("#text-error")
    assert page.select_one("#text")["value"].strip() == text.strip(" \n\t\x00")
    assert queries.lines_of(table) == []


def test_create_corrects_a_line_and_undo_takes_it_back(client, table):
    lines.record(table, [said("Kurse am Moorgen", language="en")])
    [line] = queries.lines_of(table)
    address = link(table)  # signed once: a link tells the second in which it was made
    page = client.page(f"{address}?zeile={line.key}")
    assert page.select_one("#text")["value"] == "Kurse am Moorgen"
    form = {field["name"]: field["value"] for field in page.select("[data-write] input")}

    sent = client.post(f"{address}?{KEPT}", data={**form, "text": "Am Morgen", "language": "en", "kind": "goal"})
    assert sent.location == f"{address}?{KEPT}"
    [changed] = queries.lines_of(table)
    assert (changed.proposal.text.current.content, changed.number) == ("Am Morgen", 1)

    client.post(f"{link(table)}/ruecknahme", data={"zeile": line.key})
    assert texts(client.page(link(table)), "[data-lines] [data-words]") == []
    client.post(f"{link(table)}/ruecknahme", data={"zeile": line.key})
    refusals = texts(client.page(link(table)), ".flashes .notice")
    assert refusals[-1] == "Achtung: Diese Zeile ist schon zurückgenommen."


def test_capture_shows_only_its_own_table(client):
    line, other = TableLineFactory(content="Vom Nachbartisch"), ThemeTableFactory(event__ends_at=now())

    assert "Vom Nachbartisch" not in client.page(link(other)).text
    assert client.get(f"{link(other)}/liste.json").json["lines"] == []
    address = link(line.table)
    line.table.link_generation += 1
    db.session.commit()
    for method, path in (("GET", ""), ("GET", "/liste.json"), ("POST", "/eintraege"), ("GET", "/abschluss")):
        assert client.open(f"{address}{path}", method=method).status_code == 409
    assert client.post("/erfassung/gefaelscht/eintraege", json=[]).status_code == 409


def test_list_of_a_table_costs_as_many_queries_for_three_lines_as_for_one(client, table, count_queries):
    lines.record(table, [said("Eins")])
    with count_queries() as one:
        client.get(f"{link(table)}/liste.json")
    lines.record(table, [said("Zwei"), said("Drei")])
    with count_queries() as three:
        client.get(f"{link(table)}/liste.json")

    assert len(three) == len(one)
    etag = client.get(f"{link(table)}/liste.json").headers["ETag"]
    assert client.get(f"{link(table)}/liste.json", headers={"If-None-Match": etag}).status_code == 304


def test_record_takes_a_batch_once_and_says_what_became_of_each(client, table):
    batch = [entry("Eins"), entry("أريد دورة", language="ar"), entry("Drei\x00!", round=2)]
    first = batch[0]["uuid"]
    batch += [entry(kind="points", line=first, to=3), entry(kind="points", line=first, by=1), {"kind": "line"}]

    receipts = client.post(f"{link(table)}/eintraege", json=batch).json
    again = client.post(f"{link(table)}/eintraege", json=batch[:5]).json

    assert [receipt["result"] for receipt in receipts] == [*["recorded"] * 5, "unreadable"]
    assert [receipt["known"] for receipt in again] == [True] * 5
    view = client.get(f"{link(table)}/liste.json").json
    assert [(line["number"], line["text"], line["direction"], line["points"]) for line in view["lines"]] == [
        (3, "Drei!", "ltr", {}),
        (2, "أريد دورة", "rtl", {}),
        (1, "Eins", "ltr", {"1": 4}),
    ]


BROKEN = [
    b"",
    b"kein JSON",
    b'{"uuid": 1}',
    b"[[[" * 5000,
    b"[1, 2]",
    b'["\xff"]',
    json.dumps([entry() for _ in range(201)]).encode(),
    json.dumps([{"kind": "line"}] * 10_000).encode(),
]


@pytest.mark.parametrize("body", BROKEN, ids=range(len(BROKEN)))
def test_record_refuses_what_is_no_list_of_entries(client, table, body):
    answer = client.post(f"{link(table)}/eintraege", data=body, content_type="application/json")

    assert (answer.status_code, answer.json) == (400, {"error": "a list of at most 200 entries"})


WRONG = [
    {"text": None},
    {"text": ["a"]},
    {"text": "x" * 100_000},
    {"text": "\x00"},
    {"text": "\ud800"},
    {"uuid": "1"},
    {"uuid": 7},
    {"at": "gestern"},
    {"at": "2026-06-20T10:00"},
    {"at": "9999-12-31T23:59:59-23:59"},
    {"language": "klingonisch"},
    {"language": {}},
    {"what": "ziel"},
    {"round": 0},
    {"round": True},
    {"round": 10**9},
    {"kind": "löschen"},
    {"kind": None},
    {"kind": "points", "line": "x", "to": -1},
    {"kind": "points", "line": "x", "to": 10**12},
    {"kind": "points", "line": "x"},
    {"kind": "changed", "line": "x" * 37},
]


@pytest.mark.parametrize("wrong", WRONG, ids=range(len(WRONG)))
def test_record_answers_an_unreadable_entry_and_takes_the_rest(client, table, wrong):
    receipts = client.post(f"{link(table)}/eintraege", json=[entry(**wrong), entry("Gut")]).json

    assert [receipt["result"] for receipt in receipts] == ["recorded", "unreadable"]
    assert len(receipts[1]["words"]) < 250
    assert texts(client.page(link(table)), "[data-lines] [data-words]") == ["Gut"]


def test_points_without_a_script_are_saved_together(client, table):
    closing.set_points(table.event, points_each=3, by=None)
    lines.record(table, [said("Eins"), said("Zwei")])
    two, one = (line.key for line in queries.lines_of(table))

    client.post(f"{link(table)}/punkte", data={f"punkte-{one}": "5", f"punkte-{two}": "2", "punkte-fremd": "9"})
    client.post(f"{link(table)}/punkte", data={f"punkte-{one}": "5", f"punkte-{two}": ""})

    page = client.page(link(table))
    assert [field["value"] for field in page.select("[data-lines] [data-points]")] == ["0", "5"]
    assert texts(page, "[data-hint]") == [""]
    assert db.session.scalar(select(func.count(TableEntry.id)).where(TableEntry.kind == "points")) == 3
    client.post(f"{link(table)}/punkte", data={f"punkte-{two}": "2"})
    hint = "In dieser Runde sind 7 Punkte vergeben; für alle, die hier sitzen, wären es 6. Bitte zählen Sie nach."
    assert texts(client.page(link(table)), "[data-hint]") == [hint]


@pytest.mark.parametrize("typed", ["drei", "-1", "1000", "9" * 5000, "²"])
def test_points_that_are_none_stay_in_the_field(client, table, typed):
    closing.set_points(table.event, points_each=3, by=None)
    lines.record(table, [said("Eins")])
    [line] = queries.lines_of(table)

    page = client.page(f"{link(table)}/punkte", 422, "POST", data={f"punkte-{line.key}": typed})

    field = page.select_one("[data-lines] [data-points]")
    assert (field["aria-invalid"], field["value"]) == ("true", typed)
    assert queries.points_by_round(line.proposal_id) == {}


def test_a_closed_table_refuses_and_keeps_what_was_typed(client, table):
    lines.record(table, [said("Eins", language="uk"), said("Zwei")])
    summary = client.page(f"{link(table)}/abschluss")
    assert texts(summary, "dd") == ["2", "Deutsch (1), Ukrainisch (1)", "0"]

    client.post(f"{link(table)}/abschluss")
    page = client.page(link(table), 409, "POST", data={"text": "Drei", "language": "de", "kind": "goal", "round": 1})

    assert page.select_one("#text")["value"] == "Drei"
    assert "Dieser Tisch ist abgeschlossen." in page.select_one(".capture-recording").text
    receipts = client.post(f"{link(table)}/eintraege", json=[entry("Drei")]).json
    assert [receipt["result"] for receipt in receipts] == ["closed"]
    [newest, _] = queries.lines_of(table)
    assert client.post(f"{link(table)}/ruecknahme", data={"zeile": newest.key}).status_code == 409
    assert client.get(f"{link(table)}/liste.json").json["closed"] is True
    assert newest.proposal.state is ProposalState.RECEIVED
    page = client.page(link(table))
    assert page.select("[data-lines] [data-undo]:not([hidden]), [data-lines] [data-change]:not([hidden])") == []


def test_photos_are_made_anew_shown_to_the_table_and_deleted(client, table):
    address = f"{link(table)}/fotos"
    sent = client.post(address, data={"file": (io.BytesIO(picture("red", "PNG")), "IMG_1.heic")})
    assert sent.location == address
    page = client.page(address)
    small = client.get(page.select_one(".flipchart img")["src"])
    assert Image.open(io.BytesIO(small.data)).format == "JPEG"
    same = client.page(address, 422, "POST", data={"file": (io.BytesIO(picture("red", "PNG")), "x.png")})
    assert texts(same, ".kern-error") == ["Fehler: Dieses Bild ist schon dabei."]
    foreign = ThemeTableFactory(event__ends_at=now())
    [photo] = queries.photos_of(table.id)
    assert client.get(f"{link(foreign)}/fotos/{photo.id}/klein.jpg").status_code == 404
    assert client.post(f"{link(foreign)}/fotos/{photo.id}/entfernung").status_code == 404

    client.post(f"{address}/{photo.id}/entfernung")

    assert queries.photos_of(table.id) == []
    assert client.get(page.select_one(".flipchart img")["src"]).status_code == 404


HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Diese Datei ist leer."),
        (b"kein Bild", "Diese Datei ist kein Bild"),
        (HEIC, "Dieses Foto ist im Format HEIC"),
        (picture()[:200], "Diese Datei ist kein Bild"),
    ],
)
def test_photos_refuse_what_is_no_picture(client, table, content, words):
    page = client.page(f"{link(table)}/fotos", 422, "POST", data={"file": (io.BytesIO(content), "foto.jpg")})

    assert page.select_one("#file-error").text.split("Fehler:")[1].strip().startswith(words)
    assert queries.photos_of(table.id) == []


def test_photos_end_at_twelve_and_with_the_table(client, table):
    for number in range(photos.MOST_PHOTOS):
        photos.add_photo(table, picture((number * 20, 0, 0)))
    page = client.page(f"{link(table)}/fotos", 422, "POST", data={"file": (io.BytesIO(picture("blue")), "x.jpg")})
    assert "höchstens zwölf" in page.select_one("#file-error").text

    closing.close(table)

    assert client.page(f"{link(table)}/fotos").select("form") == []
    again = {"file": (io.BytesIO(picture("blue")), "x.jpg")}
    assert client.post(f"{link(table)}/fotos", data=again).status_code == 409


def test_the_worker_keeps_the_page_its_scripts_and_styles(client):
    answer = client.get("/erfassung/dienst.js")

    assert answer.mimetype == "text/javascript"
    assert 'const NAME = "erfassung";' in answer.text
    assert "/capture." in answer.text
    assert "check-in" not in answer.text.partition("\n/*")[0].splitlines()[2]


def test_a_scribes_link_ends_two_weeks_after_the_event_and_says_so(client, table):
    address, follow = link(table), tables.link_of(table, tables.FOLLOW_TABLE)
    with time_machine.travel(table.event.ends_at + timedelta(days=14)):
        client.page(address)

    with time_machine.travel(table.event.ends_at + timedelta(days=14, hours=1)):
        page = client.page(address, 409)
        refused = client.post(f"{address}/eintraege", json=[entry()])
        assert tables.read_link(follow, tables.FOLLOW_TABLE) == table

    assert "galt bis zwei Wochen nach der Veranstaltung" in page.main.text
    assert refused.status_code == 409
    assert queries.lines_of(table) == []
