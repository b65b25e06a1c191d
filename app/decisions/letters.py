"""Answers on paper: for whom they wait, and what stands in them, the same as in the mails."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.db import db
from app.decisions.models import AnswerLetter
from app.proposals.models import Contributor, Decision, Proposal, ProposalState
from app.proposals.outcomes import outcomes_of
from app.proposals.queries import shown

MOST_SENT = 50


class Waiting(NamedTuple):
    """One letter: everything that is decided on one contribution and that its author was not written yet."""

    contributor: Contributor
    proposal: Proposal
    decisions: Sequence[Decision]


def waiting() -> list[Waiting]:
    """For whoever left a postal address and no e-mail that they confirmed, the longest waiting first."""
    proposals = db.session.scalars(
        select(Proposal)
        .join(Proposal.contributor)
        .where(
            Proposal.state == ProposalState.RELEASED,
            Contributor.postal_address != "",
            or_(Contributor.email == "", Contributor.email_confirmed_at.is_(None)),
        )
        .options(*shown())
        .order_by(Proposal.received_on, Proposal.id)
    ).all()
    outcomes = outcomes_of(proposals)
    written = _written([each.contributor.id for each in proposals if each.contributor])
    letters = []
    for proposal in proposals:
        assert proposal.contributor is not None, "joined"
        decisions = outcomes[proposal.id].decisions
        new = [each for each in decisions if (proposal.contributor.id, each.id) not in written]
        if new:
            letters.append(Waiting(proposal.contributor, proposal, new))
    return letters


def sent() -> Sequence[AnswerLetter]:
    """The latest of those that went out."""
    return db.session.scalars(
        select(AnswerLetter)
        .options(joinedload(AnswerLetter.contributor).joinedload(Contributor.proposal))
        .order_by(AnswerLetter.sent_at.desc(), AnswerLetter.id.desc())
        .limit(MOST_SENT)
    ).all()


def _written(contributor_ids: Sequence[int]) -> set[tuple[int, int]]:
    rows = select(AnswerLetter.contributor_id, AnswerLetter.decision_id)
    found = db.session.execute(rows.where(AnswerLetter.contributor_id.in_(contributor_ids))).all()
    return {(contributor_id, decision_id) for contributor_id, decision_id in found}
