"""Blacken what holds personal data: first so that it can be lifted, and for good once nobody can disagree."""

import re
from collections.abc import Collection, Sequence

from app.accounts.models import Account, Role
from app.audit import log
from app.db import db, lock, now, transactional
from app.errors import ReasonMissing
from app.moderation import periods
from app.moderation.errors import PassageUnknown
from app.moderation.models import TextBlock
from app.moderation.passages import blackened, hits, pattern_of, ranges
from app.moderation.services.moderation import worded
from app.proposals import rules
from app.proposals.models import Proposal, Referral
from app.proposals.services import contributors
from app.texts import services as texts
from app.texts.models import Redaction, Text, TextVersion
from app.texts.services import Span


@transactional
def redact(
    proposal: Proposal,
    passages: Collection[str],
    *,
    by: Account | None,
    reason: str = "",
    block: TextBlock | None = None,
) -> Sequence[Redaction]:
    """Blacken these words wherever they stand in the original and in every version of its translation.

    From then on everybody reads the blackened text. What stood there is kept apart for moderators and its author until
    the time to appeal is over. In the heading and in what describes a file the words go at once. Raises ReasonMissing
    and PassageUnknown.
    """
    reason = worded(block, reason)
    if not reason:
        raise ReasonMissing
    proposal = lock(proposal)
    _read_afresh(proposal)
    versions = versions_of(proposal)
    wanted = _patterns(passages, [*(version.content for version in versions), *_beside(proposal)])
    made = _blacken(versions, wanted, reason, by)
    proposal.title = blackened(wanted, proposal.title)
    for attachment in proposal.attachments:
        attachment.description = blackened(wanted, attachment.description)
    log.record("moderation.redact", proposal, by=by, fields=["text"])
    if made:
        contributors.tell(proposal, "moderation/redacted", proposal_id=proposal.id)
    return made


@transactional
def redact_text(
    text: Text, passages: Collection[str], *, by: Account | None, reason: str = "", block: TextBlock | None = None
) -> Sequence[Redaction]:
    """The same in any other text that holds these words, in all its versions. Raises ReasonMissing, PassageUnknown."""
    reason = worded(block, reason)
    if not reason:
        raise ReasonMissing
    text = lock(text)
    made = _blacken(text.versions, _patterns(passages, [each.content for each in text.versions]), reason, by)
    log.record("moderation.redact_text", text, by=by, fields=["content"])
    return made


@transactional
def redact_question(referral: Referral, passages: Collection[str], *, by: Account | None) -> None:
    """In the question to a working group the words go at once. Raises PassageUnknown."""
    referral = lock(referral)
    referral.question = blackened(_patterns(passages, [referral.question]), referral.question)
    log.record("moderation.redact_question", referral, by=by, fields=["question"])


@transactional
def lift_one(redaction: Redaction, *, by: Account | None) -> None:
    """What is blackened there stands there again; raises NothingKept."""
    texts.lift(redaction, by=by)


@transactional
def lift(proposal: Proposal, *, by: Account | None) -> None:
    """All that is blackened and still kept stands there again."""
    proposal = lock(proposal)
    for redaction in kept_in(proposal):
        texts.lift(redaction, by=by)
    log.record("moderation.lift", proposal, by=by, fields=["text"])


def versions_of(proposal: Proposal) -> list[TextVersion]:
    """All that was ever written down of it, the original first."""
    return [*proposal.text.versions, *(proposal.translation.versions if proposal.translation else [])]


def kept_in(proposal: Proposal) -> list[Redaction]:
    """The redactions that could still be lifted."""
    return [redaction for version in versions_of(proposal) for redaction in version.redactions if redaction.is_kept]


def _patterns(passages: Collection[str], contents: Collection[str]) -> list[re.Pattern[str]]:
    """What to look for, in whatever case where it stands nowhere as typed; raises PassageUnknown."""
    wanted = []
    for passage in passages:
        pattern = next(
            (
                each
                for each in (pattern_of(passage), pattern_of(passage, re.IGNORECASE))
                if any(hits(each, content) for content in contents)
            ),
            None,
        )
        if pattern is None:
            raise PassageUnknown(passage)
        wanted.append(pattern)
    return wanted


def _blacken(
    versions: Collection[TextVersion], wanted: Collection[re.Pattern[str]], reason: str, by: Account | None
) -> list[Redaction]:
    until = now() + periods.appeal_period()
    role = rules.acting_role(by, Role.MODERATOR, Role.ORGANISER) or ""
    return [
        texts.redact(Span(version, start, stop), role=role, reason=reason, by=by, keep_until=until)
        for version in versions
        for start, stop in ranges(wanted, version.content)
    ]


def _read_afresh(proposal: Proposal) -> None:
    """What somebody translated until the row was ours is there, too."""
    for text in filter(None, (proposal.text, proposal.translation)):
        db.session.refresh(text, ["versions"])


def _beside(proposal: Proposal) -> list[str]:
    """What is read with the words and is no text of its own."""
    return [proposal.title, *(attachment.description for attachment in proposal.attachments)]
