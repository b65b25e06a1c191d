"""Blacken what holds personal data: first so that it can be lifted, and for good once nobody can disagree."""

import re
from collections.abc import Collection, Sequence

from app.accounts.models import Account, Role
from app.audit import log
from app.db import db, lock, now, transactional
from app.mail import outbox
from app.moderation import periods
from app.moderation.errors import PassageUnknown
from app.moderation.models import TextBlock
from app.moderation.services.moderation import worded
from app.proposals import rules
from app.proposals.errors import ReasonMissing
from app.proposals.models import Proposal
from app.texts import services as texts
from app.texts.models import Redaction, TextVersion
from app.texts.services import BLACKENED, Span


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
    wanted = [re.compile(_pattern(passage)) for passage in passages]
    versions = versions_of(proposal)
    for passage, pattern in zip(passages, wanted, strict=True):
        if not any(_found(pattern, each) for each in [*(version.content for version in versions), *_beside(proposal)]):
            raise PassageUnknown(passage)
    until = now() + periods.appeal_period()
    role = rules.acting_role(by, Role.MODERATOR, Role.ORGANISER) or ""
    made = [
        texts.redact(Span(version, start, stop), role=role, reason=reason, by=by, keep_until=until)
        for version in versions
        for start, stop in _ranges(wanted, version.content)
    ]
    proposal.title = _blackened(wanted, proposal.title)
    for attachment in proposal.attachments:
        attachment.description = _blackened(wanted, attachment.description)
    log.record("moderation.redact", proposal, by=by, fields=["text"])
    if made:
        _tell(proposal)
    return made


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


def _read_afresh(proposal: Proposal) -> None:
    """What somebody translated until the row was ours is there, too."""
    for text in filter(None, (proposal.text, proposal.translation)):
        db.session.refresh(text, ["versions"])


def _beside(proposal: Proposal) -> list[str]:
    """What is read with the words and is no text of its own."""
    return [proposal.title, *(attachment.description for attachment in proposal.attachments)]


def _blackened(wanted: Collection[re.Pattern[str]], content: str) -> str:
    for start, stop in _ranges(wanted, content):
        content = content[:start] + BLACKENED * (stop - start) + content[stop:]
    return content


def _pattern(passage: str) -> str:
    """The words as typed, however they are spaced and broken into lines; a part of a word only where it is one."""
    words = texts.normalize(passage).split()
    return r"\s+".join(re.escape(word) for word in words) or r"(?!)"


def _found(pattern: re.Pattern[str], content: str) -> list[tuple[int, int]]:
    """Where the words stand by themselves; where they never do, also inside others."""
    hits = [match.span() for match in pattern.finditer(content)]
    whole = [
        (start, stop)
        for start, stop in hits
        if not (content[max(start - 1, 0) : start].isalnum() and content[start].isalnum())
        and not (content[stop : stop + 1].isalnum() and content[stop - 1].isalnum())
    ]
    return whole or hits


def _ranges(wanted: Collection[re.Pattern[str]], content: str) -> list[tuple[int, int]]:
    """What is to be blackened, each character once."""
    joined: list[tuple[int, int]] = []
    for start, stop in sorted(hit for pattern in wanted for hit in _found(pattern, content)):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined


def _tell(proposal: Proposal) -> None:
    contributor = proposal.contributor
    if contributor is not None and contributor.email and contributor.email_confirmed_at:
        outbox.enqueue(contributor.email, "moderation/redacted", language=contributor.language, proposal_id=proposal.id)
