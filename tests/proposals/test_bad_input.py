"""Whatever comes in by whatever way: a clear sentence or a line of the report, no page of error, nothing else lost."""

import io
import json
from uuid import uuid4

import pytest
from sqlalchemy import select

from app import spreadsheets
from app.accounts.models import Role
from app.capture.services import tables
from app.db import db, now
from app.proposals.models import Channel, Proposal
from app.proposals.services import imports
from tests.factories import AccountFactory
from tests.proposals.factories import ThemeTableFactory

TEXTS = {
    "empty": "",
    "blank": " \n\t ",
    "nothing to see": "\u200b\u2060\ufeff\u202e",
    "100,000 characters": "ä" * 100_000,
    "emoji": "👍🏽🎉👩‍👩‍👧",
    "right to left": "Mehr \u202eesruK\u202c am \u2067Abend\u2069",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)><h1>Groß</h1>",
    "template": "{{ 7 * 7 }} {% raw %} %(name)s %s {0}",
    "nul": "Mehr\0 Kurse",
    "control": "Mehr\x07\x1b[31m Kurse\x9f",
    "half a sign": "Mehr \ud83d Kurse",
    "formula": "=1+1",
    "sql": "'); DROP TABLE proposal; --",
}
TOO_LONG_OR_NOTHING = {"empty", "blank", "nothing to see", "100,000 characters"}
STATES = {200, 303, 422}


def stored():
    return [proposal.text.current.content for proposal in db.session.scalars(select(Proposal).order_by(Proposal.id))]


def sendable(text):
    """A browser sends no half signs."""
    return text.encode("utf-8", "replace").decode()


@pytest.fixture
def moderator(client):
    client.sign_in(AccountFactory(roles=(Role.MODERATOR,)))


@pytest.mark.parametrize("case", TEXTS)
def test_form_takes_it_word_for_word_or_says_why_not(client, case):
    text = sendable(TEXTS[case])

    answer = client.post("/vorschlaege/neu", data={"text": text, "name": "Beispielperson"})

    if case in TOO_LONG_OR_NOTHING:
        assert (answer.status_code, stored()) == (422, [])
        assert 'value="Beispielperson"' in answer.text
        assert text.strip(" \n\t\u200b\u2060\ufeff\u202e") in answer.text
    else:
        assert (answer.status_code, len(stored())) == (303, 1)


def test_what_turns_a_line_round_is_left_out_and_script_stays_text(client, moderator):
    for case in ("right to left", "html", "nul", "control", "emoji"):
        client.post("/vorschlaege/neu", data={"text": TEXTS[case]})

    assert stored() == ["Mehr esruK am Abend", TEXTS["html"], "Mehr Kurse", "Mehr[31m Kurse", TEXTS["emoji"]]
    page = client.page("/verwaltung/moderation")
    assert page.select("main script, main img, main h1 ~ h1") == []


@pytest.mark.parametrize("case", TEXTS)
def test_search_for_similar_ones_takes_everything(client, case):
    data = {"text": sendable(TEXTS[case]), "kind": "change", "about": "Z-001"}

    assert client.post("/vorschlaege/neu/aehnlich", data=data).status_code == 200


@pytest.mark.parametrize("case", TEXTS)
def test_draft_takes_it_or_says_why_not(client, case):
    answer = client.post("/vorschlaege/entwurf", data={"text": sendable(TEXTS[case])})

    assert answer.status_code == (422 if case == "100,000 characters" else 303)
    if answer.status_code == 303:
        client.page(answer.location)


@pytest.mark.parametrize("case", TEXTS)
def test_desk_takes_it_or_says_why_not(client, moderator, case):
    data = {"channel": "letter", "received_on": "2026-03-31", "kind": "goal", "text": sendable(TEXTS[case])}

    answer = client.post("/verwaltung/beitraege/neu", data={**data, "title": "Brief", "translation": data["text"]})

    assert (answer.status_code, len(stored())) == ((422, 0) if case in TOO_LONG_OR_NOTHING else (303, 1))


@pytest.mark.parametrize("case", TEXTS)
def test_scribe_takes_it_or_says_why_not(client, case):
    address = f"/erfassung/{tables.link_of(ThemeTableFactory(event__ends_at=now()), tables.SCRIBE)}"
    text = sendable(TEXTS[case])
    entry = {"uuid": str(uuid4()), "at": now().isoformat(), "kind": "line", "text": text, "what": "goal", "round": 1}

    typed = client.post(address, data={"text": text, "kind": "goal", "language": "de"})
    sent = client.post(f"{address}/eintraege", json=[{**entry, "language": "de"}])

    assert (typed.status_code in STATES, sent.status_code) == (True, 200)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_import_refuses_single_rows_and_takes_the_rest(ending):
    heads = ("id", "text")
    rows = [(str(number), text if ending == "json" else sendable(text)) for number, text in enumerate(TEXTS.values())]
    rows.append(("last", "Der letzte Satz"))
    if ending == "xlsx":
        rows = [(number, "".join(s for s in text if s.isprintable())[:32_000]) for number, text in rows]
        content = spreadsheets.xlsx_of(spreadsheets.Sheet("Beiträge", heads, rows))
    elif ending == "csv":
        rows = [(number, text.replace("\0", "")) for number, text in rows]
        content = spreadsheets.csv_of(heads, rows)
    else:
        content = json.dumps([dict(zip(heads, row, strict=True)) for row in rows]).encode()

    report = imports.import_rows(spreadsheets.read(content, required="text"), channel=Channel.MAIL)

    assert len(report.imported) + len(report.refused) == len(rows)
    assert {reason for _, reason in report.refused} <= {"Der Text fehlt.", "Der Text hat mehr als 20.000 Zeichen."}
    assert len(report.refused) == len(TOO_LONG_OR_NOTHING)
    assert stored()[-1] == "Der letzte Satz"


WRONG = [None, True, 7, 2**70, 1e400, -0.0, [], ["Kurse"], {}, {"a": "b"}, [[]], "Kurse"]


def test_import_reads_json_of_every_type():
    rows = [{"id": str(number), "text": "Kurse", "title": value} for number, value in enumerate(WRONG)]
    rows += [{"id": value, "text": value, "kind": value, "received_on": value, "language": value} for value in WRONG]

    report = imports.import_rows(spreadsheets.read(json.dumps(rows).encode(), required="text"), channel=Channel.MAIL)

    assert len(report.imported) + len(report.refused) + report.skipped == len(rows) - 1  # one holds nothing at all
    assert len(report.imported) >= len(WRONG)


FIELDS = ("text", "kind", "about", "section", "language", "name", "email", "may_be_named", "altcha", "draft", "aufruf")


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("value", ["", "\0", "x" * 5000, "2147483648", "💥", "<b>"], ids=range(6))
def test_form_takes_any_words_in_any_field(client, field, value):
    answer = client.post("/vorschlaege/neu", data={"text": "Mehr Kurse", field: value})

    assert answer.status_code in STATES


@pytest.mark.parametrize("address", ["/vorschlaege/neu", "/vorschlaege/neu/aehnlich", "/vorschlaege/entwurf"])
@pytest.mark.parametrize("field", FIELDS)
def test_file_in_place_of_words_counts_as_not_given(client, address, field):
    data = {"text": "Mehr Kurse", field: (io.BytesIO(b"\x89PNG"), "bild.png")}

    assert client.post(address, data=data).status_code in STATES


@pytest.mark.parametrize("field", FIELDS)
def test_several_values_in_place_of_one_are_no_error(client, field):
    data = {"text": "Mehr Kurse", field: ["a", "b", ""]}

    assert client.post("/vorschlaege/neu", data=data).status_code in STATES


@pytest.mark.parametrize("body", [{"text": ["Kurse"]}, ["Kurse"], "Kurse", 7, None, {"text": {"a": 1}}], ids=range(6))
@pytest.mark.parametrize("address", ["/vorschlaege/neu", "/vorschlaege/entwurf", "/vorschlaege/beleg"])
def test_json_in_place_of_a_form_counts_as_not_given(client, address, body):
    assert client.post(address, json=body).status_code in {*STATES, 400}
    assert stored() == []


def test_words_in_place_of_a_file_count_as_not_given(client):
    data = {"text": "Mehr Kurse", "files-0-file": "kein Bild", "files-7-file": "x", "files-x-file": "y"}

    assert client.post("/vorschlaege/neu", data=data).status_code == 303


@pytest.mark.parametrize("body", [b"", b"--x", b"--x\r\nContent-Disposition: form-data\r\n\r\n", b"\xff" * 50])
def test_broken_body_is_no_page_of_error(client, body):
    answer = client.post("/vorschlaege/neu", data=body, content_type="multipart/form-data; boundary=x")

    assert answer.status_code in {400, 422}
