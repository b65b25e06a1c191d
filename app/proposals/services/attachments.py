"""Files that came with a contribution: kept, held back from the public, removed in time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select

from app import storage
from app.accounts.models import Account
from app.audit import log
from app.db import db, lock, now, transactional
from app.proposals.attachments import MOST_FILES, Upload
from app.proposals.errors import TooManyFiles
from app.proposals.models import Attachment, Proposal, ProposalState, Release

HIDDEN = (ProposalState.WITHHELD, ProposalState.WITHDRAWN)


@transactional
def attach(proposal: Proposal, uploads: Sequence[Upload]) -> None:
    """Keep files with a contribution; raises TooManyFiles for more than five in all."""
    if len(proposal.attachments) + len(uploads) > MOST_FILES:
        raise TooManyFiles
    for upload in uploads:
        attachment = Attachment(
            name=upload.name,
            media_type=upload.media_type,
            key=storage.keep(upload.content, suffix=upload.suffix),
            size=len(upload.content),
            description=upload.description,
        )
        proposal.attachments.append(attachment)
        log.record("proposals.attach", attachment)


@transactional
def withhold(attachment: Attachment, *, by: Account | None) -> None:
    """It stays unpublished while the words of its contribution are public; again changes nothing."""
    attachment = lock(attachment)
    if attachment.withheld_at is None:
        attachment.withheld_at = now()
        log.record("proposals.withhold_attachment", attachment, by=by)


@transactional
def release(attachment: Attachment, *, by: Account | None) -> None:
    """It is public with its contribution; again changes nothing."""
    attachment = lock(attachment)
    if attachment.withheld_at is not None:
        attachment.withheld_at = None
        log.record("proposals.release_attachment", attachment, by=by)


@transactional
def remove_hidden_before(at: datetime) -> int:
    """Remove files that were held back, or whose contribution was withheld or withdrawn, before then; how many."""
    last = (
        select(func.max(Release.made_at))
        .where(Release.proposal_id == Attachment.proposal_id)
        .correlate(Attachment)
        .scalar_subquery()
    )
    hidden = select(Proposal.id).where(Proposal.state.in_(HIDDEN))
    due = select(Attachment).where(or_(Attachment.withheld_at <= at, Attachment.proposal_id.in_(hidden) & (last <= at)))
    found = db.session.scalars(due).all()
    for attachment in found:
        _remove(attachment)
    return len(found)


def _remove(attachment: Attachment) -> None:
    """The file goes before the commit: should that fail, a page shows a gap rather than what somebody took back."""
    log.record("proposals.remove_attachment", attachment)
    key = attachment.key
    db.session.delete(attachment)
    storage.remove_unnamed([key])
