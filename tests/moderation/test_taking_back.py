from datetime import timedelta

import pytest
import time_machine

from app.accounts.models import Role
from app.db import db, now
from app.moderation import queries
from app.moderation.errors import AlreadyUsed, DecidedMeanwhile, NothingToUndo, ReferredAlready
from app.moderation.queries import QueueFilters
from app.moderation.services import moderation
from app.proposals.models import Proposal, ProposalState, Release
from app.proposals.news import UNDO_WITHIN
from app.proposals.services import notices
from app.proposals.similar import similar_to
from app.texts.services import Span
from app.workbench.services import condensation
from app.workbench.services.condensation import Source
from tests.decisions.factories import ReferralFactory
from tests.factories import AccountFactory
from tests.moderation.factories import TextBlockFactory
from tests.proposals.factories import FollowFactory, ProposalFactory
from tests.threads import at_once

RECEIVED, RELEASED, WITHHELD = ProposalState.RECEIVED, ProposalState.RELEASED, ProposalState.WITHHELD
DESK = "/verwaltung/moderation"


@pytest.fixture
def moderator(client):
    account = AccountFactory(roles=(Role.MODERATOR,))
    client.sign_in(account)
    return account


def test_undo_takes_the_last_step_of_several_back_and_tells_nobody():
    account = AccountFactory(roles=(Role.MODERATOR,))
    earlier = ProposalFactory(state=RECEIVED)
    moderation.release([earlier], by=account, at=now() - timedelta(minutes=1))
    proposals = ProposalFactory.create_batch(2, state=RECEIVED, content="Mehr Bänke am Seeufer")
    FollowFactory(text=proposals[0].text, created_at=now() - timedelta(days=1))
    moderation.withhold(proposals, reason="Werbung.", by=account)
    steps = queries.undoable(account, now())
    assert [step.proposal_id for step in steps] == [each.id for each in proposals]

    moderation.undo(steps, by=account)

    assert [(each.state, each.state_reason) for each in (*proposals, earlier)] == [
        *[(RECEIVED, "")] * 2,
        (RELEASED, ""),
    ]
    assert [(step.state, step.undoes_id) for step in proposals[0].releases] == [
        (WITHHELD, None),
        (RECEIVED, steps[0].id),
    ]
    assert notices.tell_followers(at=now() + 2 * UNDO_WITHIN) == 0
    assert [step.proposal_id for step in queries.undoable(account, now())] == [earlier.id]


def test_undo_brings_back_the_state_and_reason_before():
    proposal = ProposalFactory(state=RECEIVED)
    moderation.withhold([proposal], reason="Nennt eine Person.", by=None, at=now() - timedelta(days=1))
    account = AccountFactory(roles=(Role.ORGANISER,))
    moderation.release([proposal], by=account)

    moderation.undo(queries.undoable(account, now()), by=account)

    assert (proposal.state, proposal.state_reason) == (WITHHELD, "Nennt eine Person.")
    assert [step.state for step in queries.standing_releases(proposal)] == [WITHHELD]


def test_undo_is_over_after_ten_minutes():
    account = AccountFactory(roles=(Role.MODERATOR,))
    proposal = ProposalFactory(state=RECEIVED)
    moderation.release([proposal], by=account)
    steps = queries.undoable(account, now())

    with time_machine.travel(now() + UNDO_WITHIN):
        assert queries.undoable(account, now()) == []
        with pytest.raises(NothingToUndo):
            moderation.undo(steps, by=account)

    assert proposal.state is RELEASED


def test_undo_refuses_what_somebody_else_did_since():
    first, second = (AccountFactory(roles=(Role.MODERATOR,)) for _ in range(2))
    proposal = ProposalFactory(state=RECEIVED)
    moderation.release([proposal], by=first)
    [step] = queries.undoable(first, now())
    moderation.withhold([proposal], reason="Werbung.", by=second)

    assert queries.undoable(first, now()) == []
    with pytest.raises(NothingToUndo):
        moderation.undo([step], by=first)
    with pytest.raises(NothingToUndo):
        moderation.undo([], by=first)

    assert proposal.state is WITHHELD


def test_undo_refuses_what_was_condensed_since():
    account = AccountFactory(roles=(Role.MODERATOR,))
    used, other = ProposalFactory.create_batch(2, state=RECEIVED)
    moderation.release([used, other], by=account)
    condensation.condense(wording="Eins", sources=[Source(Span.whole(used.text.current))], by=None)

    with pytest.raises(AlreadyUsed):
        moderation.undo(queries.undoable(account, now()), by=account)

    assert [used.state, other.state] == [RELEASED, RELEASED]


def test_undo_refuses_what_lies_before_a_group_since():
    account = AccountFactory(roles=(Role.MODERATOR,))
    proposal = ProposalFactory(state=RECEIVED)
    moderation.release([proposal], by=account)
    ReferralFactory(proposal=proposal)

    with pytest.raises(ReferredAlready):
        moderation.undo(queries.undoable(account, now()), by=account)

    assert proposal.state is RELEASED


def test_undo_publishes_again_what_was_used_before_it_was_withheld():
    account = AccountFactory(roles=(Role.MODERATOR,))
    proposal = ProposalFactory()
    moderation.withhold([proposal], reason="Werbung.", by=None, at=now() - timedelta(days=2))
    moderation.release([proposal], by=None, at=now() - timedelta(days=1))
    condensation.condense(wording="Eins", sources=[Source(Span.whole(proposal.text.current))], by=None)
    moderation.withhold([proposal], reason="Werbung.", by=account)

    moderation.undo(queries.undoable(account, now()), by=account)

    assert proposal.state is RELEASED


def test_what_was_taken_back_is_unread_again(client):
    proposal = ProposalFactory(state=RECEIVED, content="Mehr Deutschkurse am Abend")
    account = AccountFactory(roles=(Role.MODERATOR,))
    moderation.release([proposal], by=account)
    client.page(f"/vorschlaege/{proposal.reference}")
    assert similar_to("Deutschkurse am Abend").proposals == [proposal]

    moderation.undo(queries.undoable(account, now()), by=account)

    client.page(f"/vorschlaege/{proposal.reference}", 404)
    assert list(similar_to("Deutschkurse am Abend").proposals) == []


def test_desk_takes_the_last_step_back(client, moderator):
    proposals = ProposalFactory.create_batch(3, state=RECEIVED)
    client.post(DESK, data={"chosen": [each.id for each in proposals[:2]]})
    page = client.page(DESK)
    assert "Ihr letzter Schritt: 2 Beiträge." in page.main.text
    step = page.select_one("input[name=step]")["value"]
    assert client.post(f"{DESK}/ruecknahme", data={"step": "404"}).status_code == 409

    assert client.post(f"{DESK}/ruecknahme", data={"step": step}).location == DESK

    assert [each.state for each in proposals] == [RECEIVED] * 3
    client.post(f"{DESK}/{proposals[2].reference}/freigabe")
    step = client.page(f"{DESK}/{proposals[0].reference}").select_one("input[name=step]")["value"]
    back = client.post(f"{DESK}/ruecknahme", data={"step": step}).location
    assert back == f"{DESK}/{proposals[2].reference}"


def test_withhold_remembers_the_version_of_its_text_block(client, moderator):
    proposals = ProposalFactory.create_batch(2, state=RECEIVED)
    block = TextBlockFactory(content="Der Beitrag ist Werbung.")
    version = block.text.current

    address = f"{DESK}/{proposals[0].reference}/zurueckhaltung"
    client.post(address, data={"block": block.slug, "reason": "Für einen Laden.", "seen": "received"})
    data = {"chosen": [proposals[1].id], "block": block.slug}
    client.post(f"{DESK}?schritt=zurueckhalten", data=data)

    assert [each.state_reason for each in proposals] == [
        "Der Beitrag ist Werbung. Für einen Laden.",
        "Der Beitrag ist Werbung.",
    ]
    assert [each.releases[0].block_version_id for each in proposals] == [version.id] * 2


def test_who_reads_it_is_said_and_narrows_the_queue(client, moderator):
    colleague = AccountFactory(roles=(Role.ORGANISER,), name="Kollegin Beispiel")
    AccountFactory(roles=(Role.EDITOR,), name="Redaktion Beispiel")
    first, second, third = ProposalFactory.create_batch(3, state=RECEIVED)
    page = client.page(f"{DESK}/{first.reference}")
    assert [option.text for option in page.select("select#colleague option")] == ["Kollegin Beispiel"]

    client.post(f"{DESK}/{first.reference}/zuweisung", data={"colleague": moderator.id})
    client.post(f"{DESK}?schritt=zuweisen", data={"chosen": [second.id], "colleague": colleague.id})

    assert [each.assigned_to for each in (first, second, third)] == [moderator, colleague, None]
    mine = client.page(f"{DESK}?zustaendig=mir").select(".contributions > li")
    nobodys = client.page(f"{DESK}?zustaendig=niemand").select(".contributions > li")
    assert [len(mine), len(nobodys)] == [1, 1]
    assert queries.waiting(QueueFilters(assigned_to=colleague.id)).items == [second]
    client.post(f"{DESK}/{first.reference}/zuweisung", data={})
    assert first.assigned_to is None


def test_a_page_that_is_out_of_date_decides_nothing(client, moderator):
    proposal = ProposalFactory(state=RECEIVED)
    seen = client.page(f"{DESK}/{proposal.reference}").select_one("input[name=seen]")["value"]
    moderation.release([proposal], by=AccountFactory())

    answer = client.post(f"{DESK}/{proposal.reference}/zurueckhaltung", data={"reason": "Werbung.", "seen": seen})

    assert answer.status_code == 409
    assert f"{proposal.reference} hat inzwischen jemand anderes bearbeitet: veröffentlicht." in answer.text
    assert proposal.state is RELEASED


def test_two_who_decide_at_once_are_told_apart(own_app):
    app = own_app()
    with app.app_context():
        proposal_id = ProposalFactory(state=RECEIVED).id

    def publish():
        moderation.release([db.session.get_one(Proposal, proposal_id)], seen=RECEIVED, by=None)

    def hold_back():
        proposal = db.session.get_one(Proposal, proposal_id)
        moderation.withhold([proposal], reason="Werbung.", seen=RECEIVED, by=None)

    outcomes = at_once(app, publish, hold_back)

    [refused] = [outcome for outcome in outcomes if outcome is not None]
    assert isinstance(refused, DecidedMeanwhile)
    with app.app_context():
        [step] = db.session.query(Release)
        assert step.state is db.session.get_one(Proposal, proposal_id).state
