import pytest
from sqlalchemy import select

from app.db import db
from app.proposals.models import Objection, ProposalState
from app.proposals.services import intake
from app.texts.services import Span
from app.workbench.services import condensation as condensing
from app.workbench.services import endings
from app.workbench.services.condensation import Source
from tests.proposals.factories import ProposalFactory


@pytest.fixture
def proposal():
    return ProposalFactory(content="Bänke mit Lehne.")


@pytest.fixture
def address(proposal):
    return f"/vorschlaege/mein/{intake.own_link(proposal)}"


def condense(proposal, wording):
    return condensing.condense(wording=wording, sources=[Source(Span.whole(proposal.text.current))], by=None)


def test_object_from_ones_own_page(client, proposal, address):
    condensation = condense(proposal, "Mehr Bänke")
    assert f"{address}/widerspruch" in [link["href"] for link in client.page(address).select("main a")]
    page = client.page(f"{address}/widerspruch")
    typed = {"wording": page.select_one("input[name=wording]")["value"], "may_be_quoted": "y"}
    page = client.page(f"{address}/widerspruch", 422, "POST", data=typed | {"words": "  "})
    assert page.select_one("#may_be_quoted").has_attr("checked")

    sent = client.post(f"{address}/widerspruch", data=typed | {"words": "Auf die Lehne kommt es an."})

    assert (sent.status_code, sent.location) == (303, address)
    [objection] = db.session.scalars(select(Objection))
    assert (objection.condensation, objection.may_be_quoted) == (condensation, True)
    assert "Auf die Lehne kommt es an." in client.page(address).main.text
    assert client.page(f"{address}/widerspruch").select("form[method=post]") == []


def test_object_chooses_between_wordings(client, proposal, address):
    condense(proposal, "Mehr Bänke")
    second = condense(proposal, "Lehnen für alle")
    page = client.page(f"{address}/widerspruch")
    assert [radio["value"] for radio in page.select("input[name=wording]")][1] == str(second.text.current.id)
    client.page(f"{address}/widerspruch", 422, "POST", data={"words": "Nein."})

    client.post(f"{address}/widerspruch", data={"wording": str(second.text.current.id), "words": "Nein."})

    [objection] = db.session.scalars(select(Objection))
    assert objection.condensation == second


def test_object_to_a_wording_that_changed_asks_to_read_again(client, proposal, address):
    condensation = condense(proposal, "Mehr Bänke")
    seen = str(condensation.text.current.id)
    condensing.reword_condensation(
        condensation, wording="Bänke", sources=[Source(Span.whole(proposal.text.current))], by=None
    )

    page = client.page(f"{address}/widerspruch", 422, "POST", data={"wording": seen, "words": "Nein."})

    assert "hat sich inzwischen geändert" in page.main.text
    assert page.select_one("#words").text.strip() == "Nein."


def test_object_refuses_a_foreign_link_and_says_when_nothing_is_open(client, proposal, address):
    endings.dissolve(condense(proposal, "Mehr Bänke"), reason="Nein.", by=None)

    assert client.get("/vorschlaege/mein/gefaelscht/widerspruch").status_code == 409
    assert client.page(f"{address}/widerspruch").select("form[method=post]") == []
    client.page(f"{address}/widerspruch", 422, "POST", data={"words": "Nein."})
    assert db.session.scalars(select(Objection)).all() == []


@pytest.mark.parametrize("words", ["x" * 2001, "\0", "\u202e", "  "])
def test_object_refuses_words_that_are_none_or_too_many(client, proposal, address, words):
    condense(proposal, "Mehr Bänke")
    version = client.page(f"{address}/widerspruch").select_one("input[name=wording]")["value"]

    client.page(f"{address}/widerspruch", 422, "POST", data={"wording": version, "words": words})

    assert proposal.state is ProposalState.RELEASED
    assert db.session.scalars(select(Objection)).all() == []
