from datetime import UTC, date, datetime

import pytest

from app.db import db
from app.decisions.services import decisions, referrals
from app.decisions.services.acceptance import NewGoal
from app.decisions.services.decisions import Receiver, Ruling
from app.moderation.services import moderation
from app.process_date import ProcessDate
from app.proposals import queries, thread
from app.proposals.entries import entries
from app.proposals.models import DecisionOutcome, Level
from tests.decisions.factories import condensed, editor, organiser
from tests.proposals.factories import ProposalFactory, working_section
from tests.structures.factories import OrganizationFactory


@pytest.fixture
def told(app):
    def tell(proposal):
        with app.test_request_context():
            return [
                (each["date"], each["title"], each["text"], each["note"])
                for each in entries(thread.of_proposal(proposal))
                if each["kind"] in {"note", "answer"}
            ]

    return tell


def decide(subject, outcome, answer, on, **more):
    decision = decisions.decide(
        subject, outcome=outcome, answer=answer, ruling=Ruling(ProcessDate(on)), by=organiser(), **more
    )
    decisions.release_decision(decision, by=editor())


def test_thread_tells_of_the_group_the_recommendation_the_decision_and_its_correction(told):
    proposal = ProposalFactory()
    subject = condensed(proposal)
    group = OrganizationFactory(name="Arbeitskreis Beispiel")
    [referral] = referrals.refer(
        [subject],
        to=group,
        question="Was kostet das?",
        due_on=date(2026, 9, 1),
        by=None,
        at=datetime(2026, 7, 1, 8, tzinfo=UTC),
    )
    asked = ("1. Juli 2026", "Zur Empfehlung an: Arbeitskreis Beispiel", "Was kostet das?")
    assert told(proposal) == [(*asked, "Empfehlung bis 01.09.2026")]

    referrals.recommend(
        referral,
        outcome=DecisionOutcome.FORWARDED,
        reason="Das kann nur das Land.",
        wording="Das Land zahlt.",
        recommended=ProcessDate("2026-08-01"),
        by=None,
    )
    assert told(proposal) == [(*asked, "")]
    land = Receiver("Sozialministerium", Level.STATE, None, "", date(2026, 9, 20))
    decide(subject, DecisionOutcome.FORWARDED, "Wir fragen das Land.", "2026-09-14", forwarded_to=land)
    decide(subject, DecisionOutcome.ALREADY_DONE, "Das Land zahlt schon.", "2026-10-01")

    office = "Amt für Migration und Integration"
    assert told(proposal) == [
        (*asked, ""),
        (
            "1. August 2026",
            "Arbeitskreis Beispiel empfiehlt: weitergeleitet",
            "Das kann nur das Land.",
            "Vorgeschlagener Wortlaut: Das Land zahlt.",
        ),
        (
            "14. September 2026",
            "Entscheidung: weitergeleitet",
            "Wir fragen das Land.",
            f"{office}; am 20.09.2026 weitergeleitet an: Sozialministerium",
        ),
        ("1. Oktober 2026", "Berichtigte Entscheidung: bereits umgesetzt", "Das Land zahlt schon.", office),
    ]


def test_thread_keeps_what_lies_before_a_group_from_the_public_with_its_contribution(told):

    proposal = ProposalFactory()
    referrals.refer([proposal], to=OrganizationFactory(), question="Wer ist Frau Beispiel?", by=None)
    moderation.withhold([proposal], reason="Nennt eine Person.", by=None)

    assert [title for _date, title, _text, _note in told(proposal)] == ["Stimme 1: nicht veröffentlicht"]


def test_thread_asks_as_often_for_three_as_for_one(count_queries):

    counts = []
    for number in (1, 3):
        proposal = ProposalFactory()
        for place in range(number):
            subject = condensed(proposal, wording=f"{number} {place}")
            referrals.refer([subject], to=OrganizationFactory(), by=None)
            other = condensed(proposal, wording=f"{number} {place} entschieden")
            decide(other, DecisionOutcome.REJECTED, "Nein.", "2026-09-14")
        db.session.expire_all()
        reference = proposal.reference
        db.session.expunge_all()
        found = queries.find(reference)
        with count_queries() as statements:
            thread.of_proposal(found)
        counts.append(len(statements))

    assert counts == [24, 24]


def test_thread_keeps_an_acceptance_that_waits_for_its_release_after_another_answer_was_released(client):
    proposal = ProposalFactory()
    subject = condensed(proposal)
    before = decisions.decide(subject, outcome=DecisionOutcome.DEFERRED, answer="Später.", by=organiser())
    decisions.release_decision(before, by=editor())
    into = NewGoal(working_section(), "Ein Ziel, das noch wartet")
    accepted = decisions.accept(subject, into=into, answer="Ja.", by=organiser())
    address = f"/vorschlaege/{proposal.reference}/weg"

    assert into.wording not in client.page(address).main.text
    decisions.release_decision(accepted, by=editor())
    assert into.wording in client.page(address).main.text
