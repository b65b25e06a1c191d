"""Condensations: a wording drawn from passages of several contributions, quotes kept, originals untouched."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from app import queue
from app.accounts.models import Account
from app.audit import log
from app.concept.models import Section
from app.db import db, lock, now, transactional
from app.proposals import languages, queries
from app.proposals.errors import NotReleased
from app.proposals.models import Condensation
from app.texts import services as texts
from app.texts.models import LinkKind, TextVersion
from app.texts.services import Span
from app.workbench.errors import CondensationDecided, NothingMarked


class Source(NamedTuple):
    """A passage of a contribution, and the words of the condensation that come from it; none given: all of them."""

    passage: Span
    wording_quote: str = ""


@transactional
def condense(
    *,
    wording: str,
    sources: Sequence[Source],
    section: Section | None = None,
    by: Account | None,
    at: datetime | None = None,
) -> Condensation:
    """One wording for what several said. Raises NothingMarked, NotReleased, QuoteNotFound, TextEmpty."""
    is_example = _check(sources)
    version = texts.write(wording, language=languages.SOURCE)
    condensation = Condensation(
        section=section,
        text=version.text,
        made_at=at or now(),
        made_by_id=by.id if by else None,
        is_example=is_example,
    )
    db.session.add(condensation)
    _link(sources, version)
    log.record("proposals.condense", condensation, by=by)
    queue.wake_after_commit("proposals.tell_followers")
    return condensation


@transactional
def reword_condensation(
    condensation: Condensation, *, wording: str, sources: Sequence[Source], by: Account | None
) -> TextVersion:
    """The next version, with its own sources; the links to the earlier one stay.

    Raises CondensationDecided once a decision on it is released, and what `condense` raises.
    """
    condensation = lock(condensation)
    if condensation.decision is not None:
        raise CondensationDecided
    _check(sources)
    version = texts.write(wording, language=languages.SOURCE, text=condensation.text)
    _link(sources, version)
    log.record("proposals.reword_condensation", condensation, by=by, fields=["text"])
    return version


def _check(sources: Sequence[Source]) -> bool:
    """Every passage belongs to a released contribution; says whether one of them is an example."""
    if not sources:
        raise NothingMarked
    text_ids = {source.passage.version.text_id for source in sources}
    proposals = queries.with_texts(text_ids)
    if len(proposals) < len(text_ids):
        raise NotReleased
    locked = [lock(proposal) for proposal in proposals]  # nobody withholds one meanwhile
    if not all(proposal.is_released for proposal in locked):
        raise NotReleased
    return any(proposal.is_example for proposal in locked)


def _link(sources: Iterable[Source], version: TextVersion) -> None:
    known = {
        (link.source_id, link.source_start, link.source_end, link.target_start, link.target_end)
        for link in queries.links_to(version)
    }
    for passage, target in dict.fromkeys((source.passage, _target(version, source)) for source in sources):
        if (passage.version.id, passage.start, passage.end, target.start, target.end) not in known:
            texts.link(LinkKind.CONDENSED, passage, target)


def _target(version: TextVersion, source: Source) -> Span:
    quote = texts.normalize(source.wording_quote)
    return Span.of(version, quote) if quote else Span.whole(version)
