"""Moderation before publication: release or withhold, always as a row, withholding always with a public reason."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import exists, select

from app import queue
from app.accounts.models import Account, Role
from app.audit import log
from app.db import db, lock, now, transactional
from app.errors import ReasonMissing
from app.moderation import queries
from app.moderation.errors import AlreadyUsed, DecidedMeanwhile, NothingToUndo, Overruled, ReferredAlready
from app.moderation.models import TextBlock
from app.proposals import languages, rules
from app.proposals.models import APPEAL, Passage, Proposal, ProposalState, Referral, Release
from app.texts import services as texts
from app.texts.models import TextVersion, ThreadLink


@transactional
def release(
    proposals: Collection[Proposal],
    *,
    by: Account | None,
    reason: str = "",
    seen: ProposalState | None = None,
    at: datetime | None = None,
) -> None:
    """Publish these contributions, or none of them.

    Raises InvalidTransition, and DecidedMeanwhile where one is no longer in the state it was `seen` in.
    """
    _moderate(proposals, ProposalState.RELEASED, reason=reason, block=None, seen=seen, by=by, at=at)


@transactional
def withhold(
    proposals: Collection[Proposal],
    *,
    by: Account | None,
    reason: str = "",
    block: TextBlock | None = None,
    seen: ProposalState | None = None,
    at: datetime | None = None,
) -> None:
    """Keep these contributions from the public, for a reason that the public reads: a text block, own words, or both.

    Raises ReasonMissing, InvalidTransition, and DecidedMeanwhile like `release`.
    """
    reason = worded(block, reason)
    if not reason:
        raise ReasonMissing
    _moderate(proposals, ProposalState.WITHHELD, reason=reason, block=block, seen=seen, by=by, at=at)


@transactional
def undo(releases: Collection[Release], *, by: Account | None) -> None:
    """Take steps back that were made within the last minutes: nobody who follows was told yet.

    Each contribution is again what it was before, by a row of its own. Raises NothingToUndo; and AlreadyUsed or
    ReferredAlready where it would be public no longer and somebody condensed, decided or referred it in the meantime.
    Then nothing is taken back.
    """
    at = now()
    role = rules.acting_role(by, Role.MODERATOR, Role.ORGANISER) or ""
    if not releases:
        raise NothingToUndo
    for step in sorted(releases, key=lambda each: each.proposal_id):  # always in this order: no deadlock
        proposal = lock(step.proposal)
        db.session.refresh(proposal, ["releases"])
        standing = queries.standing_releases(proposal)
        if not standing or standing[-1].id != step.id or not queries.is_undoable(step, at):
            raise NothingToUndo
        if step.state is ProposalState.RELEASED:
            _check_unused(proposal)
        before = standing[-2] if standing[1:] else None
        proposal.state = before.state if before else ProposalState.RECEIVED
        proposal.state_reason = before.reason if before and before.state is ProposalState.WITHHELD else ""
        taken_back = Release.of(proposal, at=at, by=by, role=role)
        taken_back.undoes_id = step.id
        db.session.add(taken_back)
        log.record("moderation.undo", proposal, by=by, fields=["state"])


@transactional
def assign(proposals: Collection[Proposal], *, to: Account | None, by: Account | None) -> None:
    """Say who reads these contributions; None gives them back to everybody."""
    for proposal in sorted(proposals, key=lambda each: each.id):
        locked = lock(proposal)
        locked.assigned_to = to
        log.record("moderation.assign", locked, by=by, fields=["assigned_to_id"])


@transactional
def translate(proposal: Proposal, *, content: str, by: Account | None) -> None:
    """Write the German working translation; the original stays what counts."""
    proposal = lock(proposal)
    version = texts.write(content, language=languages.SOURCE, text=proposal.translation)
    proposal.translation = version.text
    log.record("moderation.translate", proposal, by=by, fields=["translation"])


def worded(block: TextBlock | None, own_words: str) -> str:
    """What the public reads: the text block as it stands now, then the own words."""
    parts: Sequence[str] = [block.text.current.content if block else "", own_words.strip()]
    return " ".join(part for part in parts if part)


def _moderate(
    proposals: Collection[Proposal],
    state: ProposalState,
    *,
    reason: str,
    block: TextBlock | None,
    seen: ProposalState | None,
    by: Account | None,
    at: datetime | None,
) -> None:
    at = at or now()
    role = rules.acting_role(by, Role.MODERATOR, Role.ORGANISER) or ""
    for proposal in sorted(proposals, key=lambda each: each.id):  # always in this order: no deadlock
        locked = lock(proposal)
        if seen is not None and locked.state is not seen:
            raise DecidedMeanwhile(locked)
        _check_appeal(locked, by)
        locked.move_to(state, reason=reason.strip())
        step = Release.of(locked, at=at, by=by, role=role)
        step.block_version_id = block.text.current.id if block else None
        db.session.add(step)
        log.record(f"moderation.{state}", locked, by=by, fields=["state"])
    queue.wake_after_commit("proposals.tell_followers")


def _check_appeal(proposal: Proposal, by: Account | None) -> None:
    """Who was overruled by an appeal does not decide the same again."""
    steps = queries.standing_releases(proposal)
    if steps and steps[-1].role == APPEAL and by is not None and by.id in {each.made_by_id for each in steps[:-1]}:
        raise Overruled


def _check_unused(proposal: Proposal) -> None:
    versions = select(TextVersion.id).where(TextVersion.text_id == proposal.text_id)
    drawn = exists().where(ThreadLink.source_id.in_(versions))
    decided = exists().where(Passage.version_id.in_(versions))
    if db.session.scalar(select(drawn | decided)):
        raise AlreadyUsed
    if db.session.scalar(select(exists().where(Referral.proposal_id == proposal.id))):
        raise ReferredAlready
