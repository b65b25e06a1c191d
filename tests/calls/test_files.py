"""Calls in what goes out and comes in as a file."""

import pytest
from sqlalchemy import select

from app.db import db
from app.proposals import exports
from app.proposals.models import Proposal
from tests.calls.factories import CallFactory
from tests.proposals.factories import ProposalFactory


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "beitraege.csv"
    path.write_text("id,text\n1,Mehr Bänke\n", encoding="utf-8")
    return str(path)


def test_the_command_takes_in_a_file_for_a_call(command, file):
    call = CallFactory(slug="wohnen")

    outcome = command("proposals", "import", file, "--channel", "workshop", "--call", "wohnen")

    assert (outcome.status, db.session.scalars(select(Proposal)).one().call) == (0, call)


def test_the_command_refuses_a_call_that_does_not_exist(command, file):
    outcome = command("proposals", "import", file, "--channel", "workshop", "--call", "unbekannt")

    assert (outcome.status, outcome.error.strip()) == (1, "Den Aufruf „unbekannt“ gibt es nicht.")
    assert db.session.scalars(select(Proposal)).all() == []


def test_the_export_names_the_call_and_leaves_it_empty_without_one():
    ProposalFactory(call=CallFactory(slug="wohnen"))
    ProposalFactory()

    assert [row[exports.HEADS.index("call")] for row in exports.rows()] == ["wohnen", ""]
