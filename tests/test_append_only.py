"""What only grows refuses to change where its services do not look: by hand, by a script, by a later mistake."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from app.calls.models import CallChange
from app.capture.models import EntryKind, EntryResult, TableEntry
from app.comments.models import CommentStep
from app.concept import queries
from app.concept import services as concept
from app.concept.facts import MeasureFacts
from app.concept.models import Agreement, ChangeKind, Channel, Descent, Priority, TermChange
from app.db import db, now
from app.decisions.services import decisions, referrals
from app.process_date import ProcessDate
from app.proposals.models import DecisionOutcome, ProposalState, Release
from app.workbench.services import objections
from tests.calls.factories import CallFactory
from tests.comments.factories import CommentFactory
from tests.concept.factories import (
    IdeaUptakeFactory,
    LifeSituationFactory,
    MeasureFactory,
    SectionFactory,
    WorkingEditionFactory,
)
from tests.decisions.factories import ReferralFactory, condensed, editor, organiser
from tests.proposals.factories import ProposalFactory, ThemeTableFactory
from tests.structures.factories import OrganizationFactory
from tests.test_migrations import refuse

EARLIER = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def rows():
    """One of each, whole; what may be empty is."""
    author = organiser()
    proposal, other = ProposalFactory.create_batch(2)
    subject = condensed(proposal)
    objection = objections.object_to(
        subject, version_id=subject.text.current.id, proposal=proposal, words="So nicht.", at=now()
    )
    objections.answer_objection(objection, answer="Doch.", by=author)
    recommendation = referrals.recommend(
        ReferralFactory(proposal=other), outcome=DecisionOutcome.DEFERRED, reason="Weil.", by=author
    )
    draft = decisions.decide(condensed(other), outcome=DecisionOutcome.DEFERRED, answer="Später.", by=author)
    released = decisions.decide(
        condensed(other, wording="Zweites"), outcome=DecisionOutcome.DEFERRED, answer="Nie.", by=author
    )
    decisions.release_decision(released, by=editor())
    made = {
        "objection": objection,
        "recommendation": recommendation,
        "draft": draft,
        "released": released,
        "release": Release(proposal_id=proposal.id, state=ProposalState.RELEASED, made_by_id=author.id, role="admin"),
        "call_change": CallChange(call_id=CallFactory().id, closed_before=EARLIER, closes_at=now(), reason="Ferien"),
        "call_wording": CallFactory().wording,
        "comment_step": CommentStep(
            comment_id=CommentFactory().id, state=ProposalState.RELEASED, made_by_id=author.id, role="organiser"
        ),
        "idea_uptake": IdeaUptakeFactory(made_by_id=author.id),
        "term_change": TermChange(
            life_situation_id=LifeSituationFactory().id, title="Frauen", valid=ProcessDate(), reason="Neu",
            made_by_id=author.id,
        ),
        "table_entry": TableEntry(
            table_id=ThemeTableFactory().id, key="a", kind=EntryKind.LINE, result=EntryResult.RECORDED,
            at=now(), received_at=now(), recorded_by_id=author.id,
        ),
        "partner_answer": answered_by(author),
        "descent": Descent(code="Z-002", follows="Z-001", kind=ChangeKind.SPLIT),
    }  # fmt: skip
    db.session.add_all(made.values())
    db.session.flush()
    answer = made["partner_answer"]
    [change] = queries.changes_of(answer.partner.measure)
    return {name: row.id for name, row in made.items()} | {
        "other": other.id,
        "catalogue_amendment": change.amendments[0].id,
        "partner_request": answer.partner.requests[0].id,
    }


def answered_by(account):
    """What a partner said to a measure whose facts were changed, entered by this account."""
    WorkingEditionFactory()
    measure = MeasureFactory(section=SectionFactory())
    facts = MeasureFacts(responsible=measure.responsible, priority=Priority.FOCUS)
    concept.amend_measure(measure, facts, reason="Wichtig", by=account)
    partner = concept.add_partner(measure, OrganizationFactory(), by=account)
    on = {"channel": Channel.PHONE, "by": account}
    concept.ask_for_agreement(partner.organization, [partner], asked_on=EARLIER.date(), **on)
    return concept.answer_for(partner, agreement=Agreement.YES, may_be_named=True, answered_on=EARLIER.date(), **on)


@pytest.mark.parametrize(
    ("row", "change"),
    [
        ("objection", "answered_at = NULL, outcome = NULL, answer_id = NULL, answered_by_id = NULL"),
        ("recommendation", "wording_id = reason_id, made_by_id = NULL"),
        ("recommendation", "recommended = '2016', made_by_id = NULL"),
        ("table_entry", "at = '2016-01-01 00:00:00+00:00', recorded_by_id = NULL"),
        ("table_entry", "received_at = '2016-01-01 00:00:00+00:00', recorded_by_id = NULL"),
        ("release", "proposal_id = :other, made_by_id = NULL"),
        ("release", "role = 'appeal', made_by_id = NULL"),
        ("idea_uptake", "kind = 'taken_back', made_by_id = NULL"),
        ("idea_uptake", "since = '2016', made_by_id = NULL"),
        ("term_change", "reason = 'Anders', made_by_id = NULL"),
        ("call_change", "reason = 'Anders'"),
        ("call_change", "closes_at = closed_before"),
        ("descent", "follows = 'Z-009'"),
        ("call_wording", "question = 'Anders'"),
        ("call_wording", "written_at = '2016-01-01 00:00:00+00:00'"),
        ("comment_step", "state = 'withheld', made_by_id = NULL"),
        ("comment_step", "role = 'moderator', made_by_id = NULL"),
        ("catalogue_amendment", "before = ''"),
        ("partner_request", "asked_on = '2016-01-01'"),
        ("partner_answer", "may_be_named = FALSE"),
        ("partner_answer", "words_id = (SELECT MIN(id) FROM text), recorded_by_id = NULL"),
        ("draft", "forwarded_to = 'Land'"),
        ("draft", "idea_id = 1"),
        ("draft", "practice_id = 1"),
        ("draft", "released_at = made_at, released_by_id = made_by_id"),
        ("released", "released_at = NULL, made_by_id = NULL"),
        ("released", "answer_id = (SELECT MIN(id) FROM text), made_by_id = NULL"),
    ],
)
def test_change_is_refused(rows, row, change):
    table = "decision" if row in {"draft", "released"} else row
    values = {"id": rows[row]} | ({"other": rows["other"]} if ":other" in change else {})

    refuse(f"UPDATE {table} SET {change} WHERE id = :id", **values)


@pytest.mark.parametrize(
    "table",
    [
        "call_change",
        "call_wording",
        "catalogue_amendment",
        "comment_step",
        "descent",
        "idea_uptake",
        "partner_answer",
        "partner_request",
        "term_change",
    ],
)
def test_what_only_grows_refuses_to_go(rows, table):
    refuse(f"DELETE FROM {table} WHERE id = :id", id=rows[table])


def test_what_only_grows_is_not_emptied_at_one_go(databases):
    if databases.kind == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    named = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%_refuse_delete' ORDER BY tgname"
    tables = db.session.scalars(text(named)).all()

    assert "text_version" in tables
    for table in tables:
        refuse(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("objection", "answered_by_id"),
        ("partner_answer", "recorded_by_id"),
        ("recommendation", "made_by_id"),
        ("table_entry", "recorded_by_id"),
        ("release", "made_by_id"),
        ("comment_step", "made_by_id"),
        ("idea_uptake", "made_by_id"),
        ("term_change", "made_by_id"),
        ("released", "made_by_id"),
        ("released", "released_by_id"),
    ],
)
def test_an_erased_account_leaves_the_row(rows, row, column):
    table = "decision" if row == "released" else row

    done = db.session.execute(text(f"UPDATE {table} SET {column} = NULL WHERE id = :id"), {"id": rows[row]})

    assert done.rowcount == 1
