"""Answers on paper: that they went out, and forgetting the address afterwards."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from app.accounts.models import Account
from app.audit import log
from app.db import db, lock, now, transactional
from app.decisions import letters
from app.decisions.models import AnswerLetter
from app.proposals.models import Contributor, Proposal, ProposalState, Release


@transactional
def mark_sent(decisions: Collection[tuple[int, int]], *, by: Account | None, at: datetime | None = None) -> int:
    """The letters that were shown went out, as pairs of contributor and decision; returns how many people got one.

    What came in since waits on, and nobody is written down twice.
    """
    count = 0
    for waiting in letters.waiting():
        contributor = lock(waiting.contributor)
        new = [each for each in waiting.decisions if (contributor.id, each.id) in decisions]
        for decision in new:
            letter = AnswerLetter(
                contributor=contributor, decision=decision, sent_at=at or now(), sent_by_id=by.id if by else None
            )
            db.session.add(letter)
            db.session.flush()
            log.record("decisions.mark_letter_sent", letter, by=by)
        count += bool(new)
    return count


@transactional
def forget_addresses_before(at: datetime) -> int:
    """Empty the postal addresses to which the last letter went out by then; returns how many.

    No letter comes where the contribution was withheld or withdrawn by then: these addresses go, too.
    """
    written = select(AnswerLetter.contributor_id).group_by(AnswerLetter.contributor_id)
    is_written = Contributor.id.in_(written.having(func.max(AnswerLetter.sent_at) <= at))
    moderated = select(Release.proposal_id).group_by(Release.proposal_id)
    is_hidden = Contributor.proposal_id.in_(
        select(Proposal.id).where(
            Proposal.state.in_((ProposalState.WITHHELD, ProposalState.WITHDRAWN)),
            Proposal.id.in_(moderated.having(func.max(Release.made_at) <= at)),
        )
    )
    has_address = Contributor.postal_address != ""
    found = db.session.scalars(select(Contributor).where(has_address, is_written | is_hidden)).all()
    for contributor in found:
        contributor.postal_address = ""
    return len(found)
