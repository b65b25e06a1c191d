from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from app.db import db
from app.decisions import agenda, queries
from app.decisions.errors import AlreadyReferred, AlreadyReturned, StepNotPossible
from app.decisions.services import decisions, referrals
from app.decisions.services.referrals import Given
from app.errors import AnswerMissing
from app.moderation.services import moderation
from app.process_date import ProcessDate
from app.proposals.models import DecisionOutcome, Proposal, ProposalState, Recommendation, Referral
from app.proposals.services import supports
from app.texts import services as texts
from tests.concept.factories import GoalFactory, SectionWorkingGroupFactory, WorkingGoalFactory
from tests.decisions.factories import condensed, editor, organiser
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory, working_section
from tests.structures.factories import OrganizationFactory
from tests.threads import at_once

AT = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)


def test_refer_puts_everything_before_the_group():
    group, account = OrganizationFactory(), organiser()
    subject, proposal = condensed(ProposalFactory()), ProposalFactory()

    made = referrals.refer(
        [proposal, subject], to=group, question=" Was kostet das? ", due_on=date(2026, 9, 1), by=account, at=AT
    )

    assert [(each.subject, each.question, each.due_on, each.referred_on, each.referred_by_id) for each in made] == [
        (subject, "Was kostet das?", date(2026, 9, 1), date(2026, 7, 1), account.id),
        (proposal, "Was kostet das?", date(2026, 9, 1), date(2026, 7, 1), account.id),
    ]


def test_refer_refuses_what_lies_there_and_gives_nothing_away_then():
    group = OrganizationFactory()
    known, other = condensed(ProposalFactory()), condensed(ProposalFactory(), wording="Etwas anderes")
    referrals.refer([known], to=group, by=None)

    with pytest.raises(AlreadyReferred):
        referrals.refer([other, known], to=group, by=None)

    assert [each.subject for each in db.session.scalars(select(Referral))] == [known]


def test_refer_refuses_what_is_rejected():
    subject = condensed(ProposalFactory())
    decision = decisions.decide(subject, outcome=DecisionOutcome.REJECTED, answer="Nein.", by=organiser())
    decisions.release_decision(decision, by=editor())

    with pytest.raises(StepNotPossible) as refused:
        referrals.refer([subject], to=OrganizationFactory(), by=None)

    assert str(refused.value) == "„an einen Arbeitskreis geben“ geht hier nicht: Der Stand ist „abgelehnt“."


def test_decide_waits_for_the_recommendation():
    subject = condensed(ProposalFactory())
    [referral] = referrals.refer([subject], to=OrganizationFactory(), by=None)

    with pytest.raises(StepNotPossible) as refused:
        decisions.decide(subject, outcome=DecisionOutcome.DEFERRED, answer="Später.", by=organiser())
    assert str(refused.value).startswith("Das liegt noch bei einem Arbeitskreis.")
    referrals.take_back(referral, by=organiser())

    decisions.decide(subject, outcome=DecisionOutcome.DEFERRED, answer="Später.", by=organiser())


def test_recommend_keeps_what_the_group_says_and_brings_it_back():
    subject, account = condensed(ProposalFactory()), organiser()
    [referral] = referrals.refer([subject], to=OrganizationFactory(), by=None, at=AT)

    recommendation = referrals.recommend(
        referral,
        outcome=DecisionOutcome.ACCEPTED,
        reason="Das hilft vielen.",
        wording="Bis 2028 gibt es Abendkurse.",
        recommended=ProcessDate("2026-07-20"),
        by=account,
        at=datetime(2026, 7, 22, 8, 0, tzinfo=UTC),
    )

    assert (recommendation.reason.current.content, recommendation.wording.current.content) == (
        "Das hilft vielen.",
        "Bis 2028 gibt es Abendkurse.",
    )
    assert (referral.returned_on, referral.returned_by_id, recommendation.made_by_id) == (
        date(2026, 7, 22),
        account.id,
        account.id,
    )
    assert queries.recommended() == [recommendation]


def test_recommend_refuses_without_a_reason_and_a_second_time():
    [referral] = referrals.refer([condensed(ProposalFactory())], to=OrganizationFactory(), by=None)

    with pytest.raises(AnswerMissing):
        referrals.recommend(referral, outcome=DecisionOutcome.REJECTED, reason=" ", by=None)
    referrals.recommend(referral, outcome=DecisionOutcome.REJECTED, reason="Zu teuer.", by=None)
    with pytest.raises(AlreadyReturned):
        referrals.recommend(referral, outcome=DecisionOutcome.ACCEPTED, reason="Doch.", by=None)

    assert [each.outcome for each in referral.recommendations] == [DecisionOutcome.REJECTED]


def test_recommend_all_or_nothing():
    group = OrganizationFactory()
    first, second = referrals.refer(
        [condensed(ProposalFactory()), condensed(ProposalFactory(), wording="Anderes")], to=group, by=None
    )
    referrals.take_back(second, by=None)

    with pytest.raises(AlreadyReturned):
        referrals.recommend_all(
            [Given(first, DecisionOutcome.REJECTED, "Nein."), Given(second, DecisionOutcome.REJECTED, "Nein.")], by=None
        )

    assert (db.session.scalars(select(Recommendation)).all(), first.is_open) == ([], True)


def test_agenda_shows_whose_words_and_what_is_like_it():
    group = OrganizationFactory()
    quoted, hidden = ProposalFactory(content="Schwimmkurse nur für Frauen"), ProposalFactory(content="Name genannt")
    supports.support(quoted, by=AccountFactory())
    subject = condensed(quoted, hidden, wording="Frauen lernen in Schwimmkursen schwimmen")
    moderation.withhold([hidden], reason="Nennt eine Person.", by=None)
    like = GoalFactory(text=texts.write("Frauen können schwimmen lernen", language="de").text)
    WorkingGoalFactory(goal=like)
    late, soon = date(2026, 9, 1), date(2026, 8, 1)
    referrals.refer([subject], to=group, due_on=late, by=None)
    referrals.refer([ProposalFactory(content="Busse am Sonntag")], to=group, due_on=soon, by=None)
    referrals.refer([ProposalFactory()], to=OrganizationFactory(), by=None)

    items = agenda.agenda(group)

    assert [(item.wording, item.supports) for item in items] == [
        ("Busse am Sonntag", 0),
        ("Frauen lernen in Schwimmkursen schwimmen", 1),
    ]
    assert [(voice.quote, voice.proposal) for voice in items[1].voices] == [("Schwimmkurse nur für Frauen", quoted)]
    assert [item.goals for item in items] == [[], [like]]


def test_agenda_leaves_out_what_was_withdrawn():
    group, proposal = OrganizationFactory(), ProposalFactory()
    [referral] = referrals.refer([proposal], to=group, by=None)
    moderation.withhold([proposal], reason="Nennt eine Person.", by=None)

    assert agenda.agenda(group) == []
    with pytest.raises(StepNotPossible):
        referrals.recommend(referral, outcome=DecisionOutcome.REJECTED, reason="Nein.", by=None)


def test_agenda_asks_as_often_for_three_as_for_one(count_queries):
    counts = []
    for number in (1, 3):
        group = OrganizationFactory()
        for place in range(number):
            referrals.refer([ProposalFactory()], to=group, by=None)
            referrals.refer([condensed(ProposalFactory(), wording=f"{number} {place}")], to=group, by=None)
        db.session.expire_all()
        group = db.session.merge(group)
        agenda.agenda(group)
        db.session.expunge_all()
        group = db.session.merge(group)
        with count_queries() as statements:
            agenda.agenda(group)
        counts.append(len(statements))

    assert counts == [19, 19]


def test_group_of_section_is_the_one_to_begin_with():
    section = working_section()
    link = SectionWorkingGroupFactory(section=section)

    assert agenda.group_of_section(section.id) == link.organization
    assert agenda.group_of_section(None) is None


def test_decide_and_return_at_once_end_in_one_order(own_app):
    """Whoever decides holds the subject: either it is still with the group and refused, or it came back before."""
    app = own_app()
    with app.app_context():
        [referral] = referrals.refer([ProposalFactory()], to=OrganizationFactory(), by=None)
        referral_id, proposal_id = referral.id, referral.proposal_id
        db.session.remove()

    def take_back():
        referrals.take_back(db.session.get_one(Referral, referral_id), by=None)
        return "back"

    def decide():
        proposal = db.session.get_one(Proposal, proposal_id)
        subject = queries.subject_of(db.session.get_one(Referral, referral_id))
        decisions.decide(subject, outcome=DecisionOutcome.DEFERRED, answer="Später.", by=None)
        return proposal.state

    back, decided = at_once(app, take_back, decide)

    assert back == "back"
    assert decided == ProposalState.RELEASED or isinstance(decided, StepNotPossible)
    with app.app_context():
        assert len(queries.drafts()) == (decided == ProposalState.RELEASED)
        db.session.remove()
