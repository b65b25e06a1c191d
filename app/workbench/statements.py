"""The contributions at the workbench: what was said, which characters are used already, and what is left of each."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import aliased

from app.db import db
from app.proposals.models import Condensation, Decision, Ending, Passage, Proposal, ProposalState
from app.proposals.queries import Filters, conditions
from app.proposals.thread.segments import Segment, segments
from app.proposals.thread.steps import Drawn
from app.texts import sentences
from app.texts.models import LinkKind, TextVersion, ThreadLink
from app.texts.sentences import Sentence

WORD = re.compile(r"[^\W\d_]{3,}")


class Statement(NamedTuple):
    """A released contribution, without anything a page would not read of 500."""

    id: int
    reference: str
    version_id: int
    language: str
    content: str
    german: str | None

    @property
    def comparable(self) -> str:
        return self.german or self.content


class Use(NamedTuple):
    """Characters that a condensation that stands draws on, or that were decided on directly (none)."""

    start: int
    end: int
    condensation_id: int | None


@dataclass(frozen=True)
class Rest:
    """A sentence of which something is not used yet."""

    sentence: Sentence
    is_partly_used: bool


def released(filters: Filters) -> list[Statement]:
    """What is to be condensed, in the order it came in: one query, however many there are."""
    original, german, later = aliased(TextVersion), aliased(TextVersion), aliased(TextVersion)
    is_newest = ~exists().where(later.text_id == german.text_id, later.number > german.number)
    rows = db.session.execute(
        select(
            Proposal.id,
            Proposal.reference,
            original.id,
            original.language,
            original.content,
            german.content,
        )
        .join(original, and_(original.text_id == Proposal.text_id, original.number == 1))
        .outerjoin(german, and_(german.text_id == Proposal.translation_id, is_newest))
        .where(Proposal.state == ProposalState.RELEASED, *conditions(filters))
        .order_by(Proposal.received_on, Proposal.id)
    )
    return [Statement(*row) for row in rows]


def uses_of(version_ids: Collection[int]) -> Mapping[int, list[Use]]:
    """By version, in the order of its characters; two queries."""
    target, newer = aliased(TextVersion), aliased(TextVersion)
    stands = and_(
        ThreadLink.kind == LinkKind.CONDENSED,
        ~exists().where(newer.text_id == target.text_id, newer.number > target.number),
        Ending.id.is_(None),
    )
    drawn = db.session.execute(
        select(ThreadLink.source_id, ThreadLink.source_start, ThreadLink.source_end, Condensation.id)
        .join(target, ThreadLink.target_id == target.id)
        .outerjoin(Condensation, Condensation.text_id == target.text_id)
        .outerjoin(Ending, Ending.condensation_id == Condensation.id)
        .where(ThreadLink.source_id.in_(version_ids), or_(stands, ThreadLink.kind == LinkKind.ACCEPTED))
    )
    decided = db.session.execute(
        select(Passage.version_id, Passage.start, Passage.stop).where(
            Passage.version_id.in_(version_ids), exists().where(Decision.passage_id == Passage.id)
        )
    )
    found: defaultdict[int, set[Use]] = defaultdict(set)
    for version_id, start, end, condensation_id in drawn:
        found[version_id].add(Use(start, end, condensation_id))
    for version_id, start, end in decided:
        found[version_id].add(Use(start, end, None))
    return {version_id: sorted(uses, key=_place) for version_id, uses in found.items()}


def rest_of(content: str, uses: Sequence[Use]) -> list[Rest]:
    """The sentences of which a word is not used yet."""
    found = []
    for sentence in sentences.split(content):
        touching = [use for use in uses if use.start < sentence.end and sentence.start < use.end]
        if not touching:
            found.append(Rest(sentence, is_partly_used=False))
        elif WORD.search(_uncovered(content, sentence, touching)):
            found.append(Rest(sentence, is_partly_used=True))
    return found


DECIDED = -1  # the number that words decided on directly bear


def used_in(sentence: Sentence, uses: Sequence[Use]) -> list[Segment]:
    """A sentence cut into words that are used, with the number of the condensation, and words that are not."""
    passages = [
        Drawn(
            number=use.condensation_id or DECIDED,
            quote="",
            language="",
            start=max(use.start, sentence.start) - sentence.start,
            end=min(use.end, sentence.end) - sentence.start,
        )
        for use in uses
        if use.start < sentence.end and sentence.start < use.end
    ]
    return segments(sentence.text, passages)


def used(content: str, uses: Sequence[Use]) -> list[Segment]:
    return used_in(Sentence(0, len(content), content), uses)


def _uncovered(content: str, sentence: Sentence, uses: Sequence[Use]) -> str:
    left, place = [], sentence.start
    for use in uses:
        left.append(content[place : max(place, use.start)])
        place = max(place, use.end)
    return " ".join([*left, content[place : sentence.end]])


def _place(use: Use) -> tuple[int, int, int]:
    return use.start, use.end, use.condensation_id or 0
