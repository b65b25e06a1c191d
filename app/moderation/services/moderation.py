"""Moderation before publication: release or withhold, always as a row, withholding always with a public reason."""

from collections.abc import Collection
from datetime import datetime

from app import queue
from app.accounts.models import Account, Role
from app.audit import log
from app.db import db, lock, now, transactional
from app.proposals import languages, rules
from app.proposals.errors import ReasonMissing
from app.proposals.models import Proposal, ProposalState, Release
from app.texts import services as texts


@transactional
def release(
    proposals: Collection[Proposal], *, by: Account | None, reason: str = "", at: datetime | None = None
) -> None:
    """Publish these contributions; raises InvalidTransition, and then publishes none of them."""
    _moderate(proposals, ProposalState.RELEASED, reason=reason, by=by, at=at)


@transactional
def withhold(proposals: Collection[Proposal], *, reason: str, by: Account | None, at: datetime | None = None) -> None:
    """Keep these contributions from the public, for a reason that the public reads. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    _moderate(proposals, ProposalState.WITHHELD, reason=reason, by=by, at=at)


@transactional
def translate(proposal: Proposal, *, content: str, by: Account | None) -> None:
    """Write the German working translation; the original stays what counts."""
    proposal = lock(proposal)
    version = texts.write(content, language=languages.SOURCE, text=proposal.translation)
    proposal.translation = version.text
    log.record("proposals.translate", proposal, by=by, fields=["translation"])


def _moderate(
    proposals: Collection[Proposal], state: ProposalState, *, reason: str, by: Account | None, at: datetime | None
) -> None:
    at = at or now()
    role = rules.acting_role(by, Role.MODERATOR, Role.ORGANISER) or ""
    for proposal in sorted(proposals, key=lambda each: each.id):  # always in this order: no deadlock
        locked = lock(proposal)
        locked.move_to(state, reason=reason.strip())
        db.session.add(Release.of(locked, at=at, by=by, role=role))
        log.record(f"proposals.{state}", locked, by=by, fields=["state"])
    queue.wake_after_commit("proposals.tell_followers")
