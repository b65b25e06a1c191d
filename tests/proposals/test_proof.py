import base64
import json
from datetime import timedelta

import altcha
import pytest
import time_machine
from sqlalchemy import select

from app import proof
from app.db import db, now, transactional
from app.limits import Attempt
from app.proof import Sending
from app.proposals.models import Proposal
from app.proposals.services import intake
from app.proposals.services.intake import Statement
from tests.threads import at_once

NEW = "/vorschlaege/neu"


@pytest.fixture(autouse=True)
def easy(monkeypatch):
    monkeypatch.setattr(proof, "COST", 2)


def solved(challenge):
    challenge = altcha.Challenge.from_dict(challenge)
    return altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_base64()


def changed(payload, **more):
    said = json.loads(base64.b64decode(payload))
    said["solution"].update(more)
    return base64.b64encode(json.dumps(said).encode()).decode()


def test_contribution_with_the_answer_is_proven_and_one_without_is_taken_all_the_same(client):
    answer = solved(client.get(f"{NEW}/aufgabe").json)

    for altcha_field in (answer, "", answer):
        assert client.post(NEW, data={"text": "Kurse", "altcha": altcha_field}).status_code == 303

    proposals = db.session.scalars(select(Proposal).order_by(Proposal.id)).all()
    assert [proposal.is_proven for proposal in proposals] == [True, False, False]


def test_challenge_is_new_each_time_and_kept_by_nobody(client):
    first, second = (client.get(f"{NEW}/aufgabe") for _ in range(2))

    assert first.json["parameters"]["nonce"] != second.json["parameters"]["nonce"]
    assert first.headers["Cache-Control"] == "no-store"


def test_answer_counts_for_two_hours():
    challenge = proof.challenge()
    late = now() + timedelta(hours=2, seconds=1)

    with time_machine.travel(late):
        assert proof.use(solved(challenge)) is False
    assert proof.use(solved(challenge)) is True


NONSENSE = [
    "",
    "{",
    "e30=",
    "W10=",
    "bnVsbA==",
    "NQ==",
    "ä" * 100,
    "A" * 100_000,
    base64.b64encode(b"[" * 5000).decode(),
]


@pytest.mark.parametrize("payload", NONSENSE, ids=range(len(NONSENSE)))
def test_anything_else_is_no_answer(payload):
    assert proof.use(payload) is False


@pytest.mark.parametrize("counter", [-1, 2**32, 2**70, 1.5, "7", None, [1], {}, True])
def test_strange_counters_are_no_answer(counter):
    assert proof.use(changed(solved(proof.challenge()), counter=counter)) is False


@pytest.mark.parametrize("key", ["", "00", 7, None, ["00"], "ä"])
def test_strange_keys_are_no_answer(key):
    assert proof.use(changed(solved(proof.challenge()), derivedKey=key)) is False


def test_sum_of_somebody_else_is_no_answer():
    forged = altcha.create_challenge(proof.ALGORITHM, 1, counter=1, hmac_secret=b"another key")

    assert proof.use(solved(forged.to_dict())) is False


def test_same_answer_at_the_same_moment_counts_once(own_app):
    app = own_app()
    with app.app_context():
        payload = solved(proof.challenge())
    use = transactional(lambda: proof.use(payload))

    results = at_once(app, *[use] * 4)

    assert sorted(results) == [False, False, False, True]


def test_channels_without_a_form_are_neither_proven_nor_unproven():
    proposal = intake.submit(Statement("Kurse", language="de")).proposal

    assert (proposal.is_proven, proposal.sent_before, db.session.scalars(select(Attempt)).all()) == (None, 0, [])


def test_contribution_says_how_many_came_before_it_from_the_same_network():
    proposals = [
        intake.submit(Statement("Kurse", language="de"), sending=Sending(source)).proposal for source in "aaba"
    ]

    assert [proposal.sent_before for proposal in proposals] == [0, 1, 0, 2]
