import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.db import db
from app.proposals import exports
from app.proposals.models import Channel, Proposal
from app.proposals.services.imports import import_rows
from app.spreadsheets import Line
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory
from tests.structures.factories import MunicipalityFactory


@pytest.fixture
def engen():
    return MunicipalityFactory(ags="08335022", name="Engen")


def only_one():
    return db.session.scalars(select(Proposal)).one()


@pytest.mark.parametrize(("value", "is_named"), [("08335022", True), ("", False)])
def test_who_contributes_names_a_municipality_or_none(client, engen, value, is_named):
    client.post("/vorschlaege/neu", data={"text": "Mehr Busse", "municipality": value})

    assert only_one().municipality == (engen if is_named else None)


def test_a_municipality_nobody_knows_is_explained(client, engen):
    page = client.page("/vorschlaege/neu", 422, "POST", data={"text": "Mehr Busse", "municipality": "1"})

    assert page.select_one("#municipality-error") is not None
    assert page.select_one("#text").text.strip() == "Mehr Busse"


def test_whoever_types_a_letter_names_the_municipality_and_the_next_one_keeps_it(client, engen):
    client.sign_in(AccountFactory(roles=(Role.MODERATOR,)))
    typed = {"channel": "letter", "received_on": "2026-05-04", "kind": "goal", "text": "Mehr Busse"}

    answer = client.post("/verwaltung/beitraege/neu", data={**typed, "municipality": "08335022"})

    assert only_one().municipality == engen
    assert "municipality=08335022" in answer.location
    page = client.page("/verwaltung/beitraege/neu?municipality=08335022")
    assert page.select_one("#municipality option[selected]")["value"] == "08335022"


def test_a_file_names_the_municipality_by_name_or_key(engen):
    lines = [
        Line(number, {"id": str(number), "title": "", "text": "Mehr Busse", "municipality": value})
        for number, value in enumerate(("Engen", "08335022", "", "Nirgendwo"), 2)
    ]

    report = import_rows(lines, channel=Channel.LETTER)

    found = db.session.scalars(select(Proposal).order_by(Proposal.id)).all()
    assert [proposal.municipality for proposal in found] == [engen, engen, None]
    assert report.refused == [(5, "Die Gemeinde „Nirgendwo“ ist nicht bekannt.")]


def test_the_export_names_the_municipality_by_its_key(engen):
    ProposalFactory(municipality=engen)

    [row] = exports.rows()

    assert dict(zip(exports.HEADS, row, strict=True))["municipality"] == "08335022"
