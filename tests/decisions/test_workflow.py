import pytest

from app.db import db
from app.decisions import workflow
from app.decisions.services import decisions, referrals
from app.decisions.workflow import ACTIONS, Action, Stage, stage_of, states_after
from app.errors import DomainError
from app.moderation.services import moderation
from app.proposals.models import Condensation, DecisionOutcome, Proposal, ProposalState, Referral
from app.proposals.services import intake
from app.proposals.stages import DECIDED, RELEASED, STAGE_CONDITIONS, STAGE_LABELS, stages_of
from app.texts.services import Span
from tests.concept.factories import GoalFactory
from tests.decisions.factories import ReferralFactory, condensed, editor, organiser
from tests.proposals.factories import ProposalFactory
from tests.structures.factories import OrganizationFactory

TARGETS = {**{action: [None] for action in Action if action is not Action.DECIDE}, Action.DECIDE: list(DECIDED)}
WALKS = [(before, action, after) for before in Stage for action in Action for after in TARGETS[action]]


def whole(subject):
    return subject if isinstance(subject, Condensation) else Span.whole(subject.text.current)


def decide(subject, stage):
    outcome = DECIDED[stage]
    decision = decisions.decide(
        whole(subject),
        outcome=outcome,
        answer="Das ist die Antwort.",
        forwarded_to="Land" if outcome is DecisionOutcome.FORWARDED else "",
        result=GoalFactory() if outcome in decisions.TAKEN_UP else None,
        by=organiser(),
    )
    decisions.release_decision(decision, by=editor())


def brought_to(stage, *, is_joined=False):
    """A contribution of one sentence at this stage, and what is decided on: itself or what it flowed into."""
    proposal = ProposalFactory(state=ProposalState.RECEIVED if stage is Stage.SUBMITTED else ProposalState.RELEASED)
    if stage is Stage.WITHHELD:
        moderation.withhold([proposal], reason="Nennt eine Person.", by=None)
    if stage is Stage.WITHDRAWN:
        intake.withdraw(proposal)
    subject = condensed(proposal) if stage is Stage.CONDENSED or is_joined else proposal
    if stage is Stage.REFERRED:
        referrals.refer([subject], to=OrganizationFactory(), by=None)
    if stage in DECIDED:
        decide(subject, stage)
    return proposal, subject


def referral_of(subject):
    column = "condensation" if isinstance(subject, Condensation) else "proposal"
    return open_referral(subject) or ReferralFactory(**{column: subject}, returned_on=ReferralFactory.referred_on)


def open_referral(subject):
    column = Referral.condensation_id if isinstance(subject, Condensation) else Referral.proposal_id
    return db.session.query(Referral).filter(column == subject.id, Referral.returned_on.is_(None)).one_or_none()


def act(action, proposal, subject, after):
    acts = {
        Action.RELEASE: lambda: moderation.release([proposal], by=None),
        Action.WITHHOLD: lambda: moderation.withhold([proposal], reason="Nennt eine Person.", by=None),
        Action.WITHDRAW: lambda: intake.withdraw(proposal),
        Action.CONDENSE: lambda: condensed(proposal, wording="Noch einmal anders"),
        Action.REFER: lambda: referrals.refer([subject], to=OrganizationFactory(), by=None),
        Action.RECOMMEND: lambda: referrals.recommend(
            referral_of(subject), outcome=DecisionOutcome.DEFERRED, reason="Erst die Kosten.", by=None
        ),
        Action.TAKE_BACK: lambda: referrals.take_back(referral_of(subject), by=None),
        Action.DECIDE: lambda: decide(subject, after),
    }
    acts[action]()


@pytest.mark.parametrize(("before", "action", "after"), WALKS)
def test_every_step_leads_where_the_table_says_or_is_refused_with_a_sentence(before, action, after):
    proposal, subject = brought_to(before)
    assert stage_of(proposal) is before
    allowed = states_after(action, before)

    if (after in allowed) if after else allowed:
        act(action, proposal, subject, after)
        assert stage_of(proposal) is after if after else stage_of(proposal) in allowed
    else:
        with pytest.raises(DomainError) as refused:
            act(action, proposal, subject, after)
        assert str(refused.value).endswith(".")
        assert stage_of(proposal) is before


@pytest.mark.parametrize("before", [stage for stage in RELEASED if stage is not Stage.CHECKED])
def test_what_was_joined_goes_the_same_ways(before):
    for after in DECIDED:
        proposal, subject = brought_to(before, is_joined=True)
        if after in states_after(Action.DECIDE, before):
            decide(subject, after)
            assert stage_of(proposal) is after
        else:
            with pytest.raises(DomainError):
                decide(subject, after)
            assert stage_of(proposal) is before


def test_what_came_back_stands_where_it_stood_before():
    for before in (Stage.CHECKED, Stage.CONDENSED, Stage.DEFERRED):
        proposal, subject = brought_to(before)
        [referral] = referrals.refer([subject], to=OrganizationFactory(), by=None)
        referrals.recommend(referral, outcome=DecisionOutcome.REJECTED, reason="Zu teuer.", by=None)
        assert stage_of(proposal) is before


def test_two_groups_may_look_at_the_same():
    proposal, subject = brought_to(Stage.CONDENSED)
    first, second = OrganizationFactory(), OrganizationFactory()
    [one] = referrals.refer([subject], to=first, by=None)
    referrals.refer([subject], to=second, by=None)

    referrals.take_back(one, by=None)

    assert stage_of(proposal) is Stage.REFERRED


def test_lists_filter_by_stage_as_it_is_shown():
    proposals = [brought_to(stage)[0] for stage in Stage]
    mixed = ProposalFactory(content="Eins. Zwei.")
    for sentence, stage in (("Eins.", Stage.REJECTED), ("Zwei.", Stage.DEFERRED)):
        passage = Span.of(mixed.text.current, sentence)
        decision = decisions.decide(passage, outcome=DECIDED[stage], answer="Weil.", by=organiser())
        decisions.release_decision(decision, by=editor())
    shown = stages_of([*proposals, mixed])

    for stage, condition in STAGE_CONDITIONS.items():
        found = set(db.session.query(Proposal).filter(condition))
        assert found == {each for each in (*proposals, mixed) if stage in shown[each.id]}, stage
    counts = workflow.count_by_stage()
    assert counts == {stage: 2 if stage in {Stage.REJECTED, Stage.DEFERRED} else 1 for stage in Stage}


def test_every_endpoint_of_a_step_asks_the_rule_of_the_table(app):
    for action, step in ACTIONS.items():
        for endpoint in step.endpoints:
            access = app.view_functions[endpoint].access
            assert access == (step.may or "signed_link"), (action, endpoint)


def test_every_stage_has_a_word_and_a_way_to_it():
    reached = {after for step in ACTIONS.values() for afters in step.moves.values() for after in afters}

    assert set(STAGE_LABELS) == set(Stage)
    assert reached == set(Stage) - {Stage.SUBMITTED}
