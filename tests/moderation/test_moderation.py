import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.db import db
from app.errors import InvalidTransition, ReasonMissing
from app.moderation import queries
from app.moderation.services import moderation
from app.proposals import rules
from app.proposals.models import ProposalState, Release
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory

RECEIVED, RELEASED, WITHHELD = ProposalState.RECEIVED, ProposalState.RELEASED, ProposalState.WITHHELD


def test_release_publishes_several_and_says_who_did_it():
    moderator = AccountFactory(roles=(Role.MODERATOR,))
    proposals = ProposalFactory.create_batch(3, state=RECEIVED)

    moderation.release(proposals, by=moderator)

    assert [each.state for each in proposals] == [RELEASED] * 3
    steps = db.session.scalars(select(Release)).all()
    assert [(step.state, step.role, step.made_by_id) for step in steps] == [(RELEASED, "moderator", moderator.id)] * 3


def test_release_publishes_none_where_one_cannot():
    waiting, withdrawn = ProposalFactory(state=RECEIVED), ProposalFactory(state=ProposalState.WITHDRAWN)

    with pytest.raises(InvalidTransition):
        moderation.release([waiting, withdrawn], by=AccountFactory(roles=(Role.ORGANISER,)))

    assert waiting.state is RECEIVED
    assert db.session.scalars(select(Release)).all() == []


def test_withhold_keeps_its_reason_and_every_step():
    organiser = AccountFactory(roles=(Role.ORGANISER,))
    proposal = ProposalFactory(state=RECEIVED)

    moderation.withhold([proposal], reason=" Wertet Menschen ab. ", by=organiser)
    moderation.release([proposal], by=organiser)

    assert [(step.state, step.reason, step.role) for step in proposal.releases] == [
        (WITHHELD, "Wertet Menschen ab.", "organiser"),
        (RELEASED, "", "organiser"),
    ]
    assert (proposal.state, proposal.state_reason) == (RELEASED, "")


def test_withhold_refuses_to_go_without_a_reason():
    proposal = ProposalFactory(state=RECEIVED)

    with pytest.raises(ReasonMissing):
        moderation.withhold([proposal], reason="  ", by=AccountFactory())

    assert proposal.state is RECEIVED


def test_translate_leaves_the_original():
    proposal = ProposalFactory(content="أنا خيّاط", language="ar", state=RECEIVED)

    moderation.translate(proposal, content="Ich bin Schneider", by=None)
    moderation.translate(proposal, content="Ich bin Schneider.", by=None)

    assert [version.content for version in proposal.text.versions] == ["أنا خيّاط"]
    assert [version.content for version in proposal.translation.versions] == ["Ich bin Schneider", "Ich bin Schneider."]


def test_waiting_is_the_queue_in_the_order_of_arrival():
    first, second = ProposalFactory(state=RECEIVED), ProposalFactory(state=RECEIVED)
    for state in (RELEASED, WITHHELD, ProposalState.WITHDRAWN):
        ProposalFactory(state=state, state_reason="weil")

    assert queries.waiting().items == [first, second]
    assert queries.count_waiting() == 2


@pytest.mark.parametrize(
    ("role", "may"),
    [(role, role in {Role.MODERATOR, Role.ORGANISER}) for role in Role],
)
def test_can_read_before_release_only_those_who_moderate(role, may):
    account = AccountFactory.build(roles=(role,))

    assert rules.can_read(account, ProposalFactory(state=RECEIVED)) is may
    assert rules.can_read(account, ProposalFactory(state=RELEASED)) is True
