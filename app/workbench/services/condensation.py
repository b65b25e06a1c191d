"""Condensations: a wording drawn from passages of several contributions, quotes kept, originals untouched."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from app import queue
from app.accounts.models import Account
from app.audit import log
from app.concept.models import Section
from app.db import db, lock, now, transactional
from app.proposals import languages
from app.proposals import queries as contributions
from app.proposals.errors import NotReleased
from app.proposals.models import Condensation
from app.texts import services as texts
from app.texts.errors import QuoteNotFound
from app.texts.models import LinkKind, TextVersion
from app.texts.services import Span
from app.workbench import queries
from app.workbench.errors import (
    CondensationDecided,
    CondensationEnded,
    CondensedAlready,
    NothingMarked,
    WordingChanged,
)


class Source(NamedTuple):
    """A passage of a contribution, and the words of the condensation that come from it; none given: all of them."""

    passage: Span
    wording_quote: str = ""


class End(NamedTuple):
    """Both ends of a link to come: the passage, and which characters of the wording come from it."""

    source_id: int
    source_start: int
    source_end: int
    start: int
    end: int


@transactional
def condense(
    *,
    wording: str,
    sources: Sequence[Source],
    section: Section | None = None,
    by: Account | None,
    at: datetime | None = None,
) -> Condensation:
    """One wording for what several said.

    Raises NothingMarked, NotReleased, QuoteNotFound, TextEmpty, and CondensedAlready when somebody else was as quick.
    """
    is_example = hold_sources(sources)
    wording = texts.normalize(wording)
    ends = _ends(wording, sources)
    if queries.has_twin(wording, ends):
        raise CondensedAlready
    version = texts.write(wording, language=languages.SOURCE)
    condensation = Condensation(
        section=section,
        text=version.text,
        made_at=at or now(),
        made_by_id=by.id if by else None,
        is_example=is_example,
    )
    db.session.add(condensation)
    _link(sources, ends, version)
    log.record("workbench.condense", condensation, by=by)
    queue.wake_after_commit("proposals.tell_followers")
    return condensation


@transactional
def reword_condensation(
    condensation: Condensation,
    *,
    wording: str,
    sources: Sequence[Source],
    based_on: int | None = None,
    by: Account | None,
) -> TextVersion:
    """The next version, with its own sources; the links to the earlier one stay. Nothing new adds nothing.

    `based_on`: the version it was written from; raises WordingChanged when there is a newer one, CondensationDecided
    once a decision is released, CondensationEnded, and what `condense` raises.
    """
    condensation = hold_standing(condensation)
    if condensation.decision is not None:
        raise CondensationDecided
    current = condensation.text.current
    if based_on is not None and based_on != current.id:
        raise WordingChanged
    hold_sources(sources)
    wording = texts.normalize(wording)
    ends = _ends(wording, sources)
    is_drawn_anew = set(ends) != queries.ends_of(current)
    version = texts.write(wording, language=languages.SOURCE, text=condensation.text, is_new=is_drawn_anew)
    if version != current:
        _link(sources, ends, version)
        log.record("workbench.reword", condensation, by=by, fields=["text"])
        queue.wake_after_commit("proposals.tell_followers")
    return version


def hold_standing(condensation: Condensation) -> Condensation:
    """Lock it; raises CondensationEnded when it was dissolved or split meanwhile."""
    condensation = lock(condensation)
    db.session.refresh(condensation.text, ["versions"])
    if not condensation.is_standing:
        raise CondensationEnded
    return condensation


def hold_sources(sources: Sequence[Source]) -> bool:
    """Every passage belongs to a released contribution; says whether one of them is an example.

    Raises NothingMarked and NotReleased.
    """
    if not sources:
        raise NothingMarked
    text_ids = {source.passage.version.text_id for source in sources}
    proposals = contributions.with_texts(text_ids)
    if len(proposals) < len(text_ids):
        raise NotReleased
    locked = [lock(proposal) for proposal in proposals]  # nobody withholds one meanwhile
    if not all(proposal.is_released for proposal in locked):
        raise NotReleased
    return any(proposal.is_example for proposal in locked)


def _ends(wording: str, sources: Iterable[Source]) -> list[End]:
    """Each once, in the order given; raises QuoteNotFound."""
    return list(dict.fromkeys(_end(wording, source) for source in sources))


def _end(wording: str, source: Source) -> End:
    passage = source.passage
    passage.check()
    quote = texts.normalize(source.wording_quote)
    start = wording.find(quote) if quote else 0
    if start < 0:
        raise QuoteNotFound
    return End(passage.version.id, passage.start, passage.end, start, start + len(quote or wording))


def _link(sources: Sequence[Source], ends: Collection[End], version: TextVersion) -> None:
    versions = {source.passage.version.id: source.passage.version for source in sources}
    for end in ends:
        passage = Span(versions[end.source_id], end.source_start, end.source_end)
        texts.link(LinkKind.CONDENSED, passage, Span(version, end.start, end.end))
