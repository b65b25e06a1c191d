"""Taking a condensation back: dissolved, or split into several. Nothing is deleted: its words and links stay."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from app import queue
from app.accounts.models import Account, Role
from app.audit import log
from app.concept.models import Section
from app.db import db, now, transactional
from app.errors import ReasonMissing
from app.proposals import queries as contributions
from app.proposals import rules
from app.proposals.models import Condensation, Ending, EndingKind
from app.texts import services as texts
from app.texts.models import LinkKind
from app.texts.services import Span
from app.workbench.errors import CondensationDecided, PassagesLeft, TooFewParts
from app.workbench.services import condensation as condensing
from app.workbench.services.condensation import Source


class Part(NamedTuple):
    """What one of the new condensations says, and from which passages; without a section it keeps the old one."""

    wording: str
    sources: Sequence[Source]
    section: Section | None = None


@transactional
def dissolve(condensation: Condensation, *, reason: str, by: Account | None, at: datetime | None = None) -> Ending:
    """Its passages count as unused again. Raises ReasonMissing, CondensationDecided, CondensationEnded."""
    condensation = _hold(condensation, reason)
    return _end(condensation, EndingKind.DISSOLVED, reason, by, at or now())


@transactional
def split(
    condensation: Condensation,
    *,
    parts: Sequence[Part],
    reason: str,
    by: Account | None,
    at: datetime | None = None,
) -> list[Condensation]:
    """Several condensations take its place, and together all its passages.

    Passages of contributions that are no longer public may stay behind. Raises TooFewParts, PassagesLeft,
    ReasonMissing, CondensationDecided, CondensationEnded, and what `condense` raises.
    """
    if len(parts) < 2:
        raise TooFewParts
    condensation = _hold(condensation, reason)
    _check_all_passages_go_somewhere(condensation, parts)
    condensing.hold_sources([source for part in parts for source in part.sources])
    at = at or now()
    before = Span.whole(condensation.text.current)
    _end(condensation, EndingKind.SPLIT, reason, by, at)
    made = [
        condensing.condense(
            wording=part.wording, sources=part.sources, section=part.section or condensation.section, by=by, at=at
        )
        for part in parts
    ]
    for each in made:
        texts.link(LinkKind.DERIVED, before, Span.whole(each.text.current))
    return made


def _hold(condensation: Condensation, reason: str) -> Condensation:
    if not reason.strip():
        raise ReasonMissing
    condensation = condensing.hold_standing(condensation)
    if condensation.decisions:  # a draft counts: its acceptance changed the working edition already
        raise CondensationDecided
    return condensation


def _check_all_passages_go_somewhere(condensation: Condensation, parts: Sequence[Part]) -> None:
    links = contributions.sources_of(condensation)
    proposals = contributions.with_texts({link.source.text_id for link in links})
    public = {proposal.text_id for proposal in proposals if proposal.is_released}
    wanted = {(link.source_id, link.source_start, link.source_end) for link in links if link.source.text_id in public}
    given = {
        (source.passage.version.id, source.passage.start, source.passage.end)
        for part in parts
        for source in part.sources
    }
    if not wanted <= given:
        raise PassagesLeft


def _end(condensation: Condensation, kind: EndingKind, reason: str, by: Account | None, at: datetime) -> Ending:
    role = rules.acting_role(by, Role.MODERATOR, Role.ORGANISER) or ""
    ending = Ending(
        condensation=condensation,
        kind=kind,
        reason=texts.normalize(reason),
        made_at=at,
        made_by_id=by.id if by else None,
        role=role,
    )
    db.session.add(ending)
    log.record(f"workbench.{kind}", condensation, by=by)
    queue.wake_after_commit("proposals.tell_followers")
    return ending
