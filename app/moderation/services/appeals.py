"""Somebody disagrees with what moderation did to their contribution; a second person answers."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from app import limits
from app.accounts.models import Account
from app.audit import log
from app.db import db, lock, now, transactional
from app.errors import AnswerMissing, SecondPersonNeeded
from app.limits import Action
from app.moderation import periods, queries
from app.moderation.errors import (
    AlreadyAnswered,
    AppealOpen,
    NothingToAppeal,
    WithdrawnMeanwhile,
)
from app.moderation.models import Appeal
from app.moderation.services import redactions
from app.proposals.models import APPEAL, APPEAL_UNCHANGED, Proposal, ProposalState, Release
from app.proposals.services import contributors
from app.texts import services as texts


@transactional
def appeal(proposal: Proposal, *, words: str, source: str = "") -> Appeal:
    """Its author disagrees; raises AppealOpen, NothingToAppeal, AnswerMissing (no words) and LimitReached."""
    if not texts.normalize(words):
        raise AnswerMissing
    limits.count(Action.APPEAL, source)
    proposal = lock(proposal)
    if queries.open_appeal(proposal) is not None:
        raise AppealOpen
    if until(proposal) is None:
        raise NothingToAppeal
    made = Appeal(proposal=proposal, words=texts.normalize(words))
    db.session.add(made)
    log.record("moderation.appeal", made)
    return made


@transactional
def answer(made: Appeal, *, is_granted: bool, words: str, public: str = "", by: Account) -> None:
    """A second person grants an appeal or rejects it.

    Granted, a withheld contribution is published and what was blackened stands there again. Either way there is a step
    on the thread, with `public` as its reason; `words` go to the author alone. Raises AnswerMissing, AlreadyAnswered,
    SecondPersonNeeded, and WithdrawnMeanwhile where nothing is left to publish.
    """
    if not words.strip():
        raise AnswerMissing
    proposal = lock(made.proposal)
    made = lock(made)
    if made.answered_at is not None:
        raise AlreadyAnswered
    if by.id in queries.deciders(proposal):
        raise SecondPersonNeeded(
            _("Über eine Beschwerde entscheidet immer jemand anderes als zuvor. Bitten Sie eine zweite Person.")
        )
    if is_granted and proposal.state is ProposalState.WITHDRAWN:
        raise WithdrawnMeanwhile
    made.answered_at, made.answered_by_id = now(), by.id
    made.is_granted, made.answer = is_granted, words.strip()
    is_published = is_granted and proposal.state is ProposalState.WITHHELD
    if is_published:
        proposal.move_to(ProposalState.RELEASED)
    if is_granted:
        redactions.lift(proposal, by=by)
    step = Release.of(proposal, at=now(), by=by, role=APPEAL if is_published else APPEAL_UNCHANGED)
    step.reason = public.strip() or step.reason
    db.session.add(step)
    log.record("moderation.answer_appeal", made, by=by, fields=["is_granted"])
    contributors.tell(proposal, "moderation/appeal_answered", appeal_id=made.id)


def until(proposal: Proposal) -> datetime | None:
    """When the time to appeal is over; None when there is nothing to appeal, or a second person has decided."""
    if proposal.state is ProposalState.WITHDRAWN:
        return None
    steps = queries.standing_releases(proposal)
    last = steps[-1] if steps else None
    answered = queries.last_answer_at(proposal)
    ends = [redaction.kept.keep_until for redaction in redactions.kept_in(proposal) if redaction.kept]
    made = [redaction.created_at for redaction in redactions.kept_in(proposal)]
    if last is not None and last.state is ProposalState.WITHHELD and last.role != APPEAL_UNCHANGED:
        ends.append(last.made_at + periods.appeal_period())
        made.append(last.made_at)
    if not ends or max(ends) <= now() or (answered is not None and answered >= max(made)):
        return None
    return max(ends)


@transactional
def forget_kept_before(at: datetime) -> int:
    """What stands below redactions goes for good where the time to appeal is over and no appeal is open."""
    disputed = select(Proposal).join(Appeal).where(Appeal.answered_at.is_(None))
    but = [version.id for each in db.session.scalars(disputed) for version in redactions.versions_of(each)]
    return texts.forget_kept_before(at, but=but)


@transactional
def forget_answered_before(at: datetime) -> int:
    """Empty the words of appeals answered before then; that there was one, and its result, stays."""
    statement = select(Appeal).where(Appeal.answered_at <= at, (Appeal.words != "") | (Appeal.answer != ""))
    found = db.session.scalars(statement).all()
    for each in found:
        each.words = each.answer = ""
    return len(found)
