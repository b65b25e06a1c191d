"""Contributions as files at the desk: a look at what would happen, then the taking in; and all of them out again."""

import io
import json

import pytest
from sqlalchemy import select

from app import spreadsheets
from app.accounts.models import Role
from app.db import db
from app.proposals import exports
from app.proposals.models import Channel, Contributor, Proposal, ProposalState
from app.proposals.services import imports
from tests.concept.factories import SectionFactory
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory
from tests.structures.factories import OrganizationFactory

PAGE = "/verwaltung/beitraege/einfuhr"
GOOD = b"id,text\n1,Eine Bank vor dem Rathaus\n2,\n3,Mehr Deutschkurse\n"
# Every way a row has been broken by now; the same file holds good rows between them
BROKEN = [
    {"text": ""},
    {"text": "   "},
    {"text": "\u200b"},
    {"text": None},
    {"id": ""},
    {"id": None},
    {"id": "x" * 600},
    {"url": "https://example.org/" + "x" * 500},
    {"title": "t" * 201},
    {"language": "xx"},
    {"language": "deutsch"},
    {"language": "de-"},
    {"language": "🇩🇪"},
    {"language": "1"},
    {"language": "de_DE_POSIX_x_y_z"},
    {"received_on": "32.01.2026"},
    {"received_on": "2026-02-30"},
    {"received_on": "gestern"},
    {"received_on": "2026"},
    {"received_on": "01/02/2026"},
    {"received_on": "-1"},
    {"received_on": "99999-01-01"},
    {"kind": "wunsch"},
    {"kind": "GOAL"},
    {"kind": "goal,measure"},
    {"kind": "1"},
    {"section": "mond"},
    {"section": "Sprache"},
    {"section": "-1"},
    {"section": "<b>"},
    {"channel": "brieftaube"},
    {"channel": "WEB"},
    {"channel": "1"},
    {"reference": "V-2025-0001"},
    {"reference": "V-2026-1"},
    {"reference": "V-2026-99999999"},
    {"reference": "v-2026-0042"},
    {"reference": "42"},
    {"reference": "V-2026-0042; DROP TABLE proposal"},
    {"text": ["a", "list"], "id": ""},
    {"text": "ok", "id": "", "url": ""},
    {"text": "", "id": "", "url": "", "title": "nur ein Titel"},
    {"language": "zz-ZZ"},
    {"received_on": "24.06.17"},
    {"received_on": "2026-13-01"},
    {"received_on": "heute"},
    {"kind": "None"},
    {"section": "sprache "},  # taken: blanks around are nobody's fault
    {"language": "klingonisch"},
    {"reference": "V-20260001"},
]


@pytest.fixture
def moderator(client):
    account = AccountFactory(roles=(Role.MODERATOR,))
    client.sign_in(account)
    return account


def upload(client, content, **more):
    return client.post(PAGE, data={"channel": "workshop", "file": (io.BytesIO(content), "beitraege.csv")} | more)


def stored():
    return db.session.scalars(select(Proposal).order_by(Proposal.id)).all()


def test_a_file_is_shown_first_and_taken_in_then(client, moderator):
    page = client.page(PAGE, 200, "POST", data={"channel": "letter", "file": (io.BytesIO(GOOD), "b.csv")})

    assert [cell.text.strip() for cell in page.select("dd")] == ["2", "0", "1"]
    assert [cell.text.strip() for cell in page.select("tbody td")] == ["3", "Der Text fehlt."]
    assert stored() == []

    fields = {each["name"]: each["value"] for each in page.select("form input[type=hidden]")}
    answer = client.post(PAGE, data=fields)

    assert (answer.status_code, answer.location) == (303, "/verwaltung/moderation")
    assert [(each.channel, each.text.current.content, each.state) for each in stored()] == [
        (Channel.LETTER, "Eine Bank vor dem Rathaus", ProposalState.RECEIVED),
        (Channel.LETTER, "Mehr Deutschkurse", ProposalState.RECEIVED),
    ]
    assert client.post(PAGE, data=fields).status_code == 303
    assert len(stored()) == 2


@pytest.mark.parametrize("content", [b"", b"id,titel\n1,x", b"\x89PNG\r\n\x1a\n\0\0", b"PK\x03\x04x"])
def test_what_is_no_table_is_explained(client, moderator, content):
    answer = upload(client, content)

    assert answer.status_code == 422
    assert stored() == []


@pytest.mark.parametrize("content", ["", "kein Base64!", "eA=="])
def test_forged_content_is_refused(client, moderator, content):
    assert client.post(PAGE, data={"channel": "letter", "content": content}).status_code == 422
    assert stored() == []


def test_broken_rows_are_reported_one_by_one_and_the_others_go_in():
    SectionFactory(slug="sprache")
    whole = {"text": "Gut", "received_on": "2026-03-01"}
    rows = []
    for number, broken in enumerate(BROKEN):
        rows += [{**whole, "id": f"b{number}", **broken}, {**whole, "id": f"g{number}"}]

    report = imports.import_rows(
        spreadsheets.read(json.dumps(rows).encode(), required="text"), channel=Channel.WORKSHOP
    )

    assert len(BROKEN) == 50
    taken = {each.identity for each in stored()}
    assert {f"workshop:g{number}" for number in range(50)} <= taken
    assert sorted(taken - {f"workshop:g{number}" for number in range(50)}) == ["workshop:b47"]
    assert len(report.refused) == 49
    assert all(reason.endswith(".") for _row, reason in report.refused)


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx"])
def test_what_goes_out_comes_in_again_without_loss(app, ending):
    section, organization = SectionFactory(slug="sprache"), OrganizationFactory()
    ProposalFactory(
        reference="V-2026-0042",
        content="أنا خيّاط\nwith =SUM(A1)",
        language="ar",
        german="Ich bin Schneider",
        section=section,
        organization=organization,
        channel=Channel.LETTER,
        title="=1+1",
    )
    ProposalFactory(content="Eine Bank", reference="V-2026-0007", identity="web:M1", source_url="")
    before = exports.rows()
    with app.test_request_context():
        content = {
            "csv": spreadsheets.csv_of(exports.HEADS, before),
            "json": spreadsheets.json_of(exports.HEADS, before),
            "xlsx": spreadsheets.xlsx_of(spreadsheets.Sheet("Beiträge", exports.HEADS, before)),
        }[ending]
    for proposal in stored():
        proposal.reference, proposal.identity = f"alt-{proposal.id}", None
    db.session.flush()

    report = imports.import_rows(spreadsheets.read(content, required="text"), channel=Channel.WORKSHOP)

    again = [row for row in exports.rows() if row[0] in report.imported]
    kept = slice(0, 12)  # state and outcome are decided here, not in a file
    assert report.refused == []
    assert sorted(row[kept] for row in again) == sorted(row[kept] for row in before)


def test_a_reference_brought_along_is_not_given_out_again():
    lines = spreadsheets.read(
        b"id,text,reference,received_on\n1,a,V-2026-0500,2026-01-01\n2,b,,2026-01-01", required="text"
    )

    report = imports.import_rows(lines, channel=Channel.LETTER)

    assert report.imported == ["V-2026-0500", "V-2026-0501"]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_export_holds_every_contribution_and_no_person(client, moderator, ending):
    proposal = ProposalFactory(state=ProposalState.WITHHELD, state_reason="Nennt eine Person.", content="Eine Bank")
    proposal.contributor = Contributor(name="Beispielperson", organization_name="Geheimverein", email="p@example.org")
    db.session.flush()

    content = client.get(f"/verwaltung/beitraege/ausfuhr.{ending}").data

    [line] = spreadsheets.read(content, required="text")
    assert (line.cells["text"], line.cells["state"], line.cells["reason"]) == (
        *("Eine Bank", "withheld", "Nennt eine Person."),
    )
    assert not any(word in value for value in line.cells.values() for word in ("Beispielperson", "Geheim", "p@"))


@pytest.mark.parametrize("count", [1, 3])
def test_export_asks_the_same_number_of_questions(count_queries, count):
    for number in range(count):
        ProposalFactory(section=SectionFactory(), organization=OrganizationFactory(), german=f"Beispiel {number}")
    db.session.expire_all()

    with count_queries() as statements:
        assert len(exports.rows()) == count
    assert len(statements) == 11


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMIN])
def test_others_get_no_file(client, role):
    client.sign_in(AccountFactory(roles=(role,)))

    assert client.get("/verwaltung/beitraege/ausfuhr.csv").status_code == 403
    assert upload(client, GOOD).status_code == 403
