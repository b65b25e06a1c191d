"""What was contributed already, and which goals there are, beside what somebody is writing.

Each process keeps an index of its own and reads before every look what was released, withheld, translated, reworded
or blackened since. It holds grams, not people; what it finds is loaded afresh, so nothing appears that is not public.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple, TypeVar

from flask import current_app
from sqlalchemy import ScalarSelect, func, or_, select
from sqlalchemy.orm import aliased, selectinload
from sqlalchemy.sql.elements import SQLCoreOperations

from app.concept.models import Goal
from app.db import db
from app.proposals.models import Proposal, ProposalState, Release
from app.proposals.queries import shown
from app.proposals.similarity import Index
from app.texts.models import Redaction, Text, TextVersion

MOST = 3
OVERLAP = 100  # a row may become visible after one with a higher number
EXTENSION = "similar contributions"
R = TypeVar("R", Proposal, Goal)


class Similar(NamedTuple):
    """The most similar first. Empty: nothing like it, or too little was written."""

    proposals: Sequence[Proposal] = ()
    goals: Sequence[Goal] = ()

    def __bool__(self) -> bool:
        return bool(self.proposals or self.goals)


@dataclass
class _Known:
    proposals: Index = field(default_factory=Index)
    goals: Index = field(default_factory=Index)
    last_release: int = 0
    last_version: int = 0
    last_redaction: int = 0
    lock: Lock = field(default_factory=Lock)


def similar_to(text: str) -> Similar:
    """Released contributions and goals of the working edition about the same matter; see app.proposals.similarity."""
    known = current_app.extensions.setdefault(EXTENSION, _Known())
    with known.lock:
        _catch_up(known)
        proposals = [match.key for match in known.proposals.nearest(text, limit=MOST)]
        goals = [match.key for match in known.goals.nearest(text, limit=MOST)]
    return Similar(_released(proposals), _goals_in_work(goals))


def goals_like(texts: Sequence[str]) -> list[Sequence[Goal]]:
    """For each of these texts the goals of the working edition about the same matter; a constant number of queries."""
    known = current_app.extensions.setdefault(EXTENSION, _Known())
    with known.lock:
        _catch_up(known)
        found = [[match.key for match in known.goals.nearest(text, limit=MOST)] for text in texts]
    goals = {goal.id: goal for goal in _goals_in_work([goal_id for ids in found for goal_id in ids])}
    return [_in_order(ids, [goals[goal_id] for goal_id in ids if goal_id in goals]) for ids in found]


def _catch_up(known: _Known) -> None:
    release = db.session.scalar(select(func.max(Release.id))) or 0
    version = db.session.scalar(select(func.max(TextVersion.id))) or 0
    redaction = db.session.scalar(select(func.max(Redaction.id))) or 0
    if (release, version, redaction) == (known.last_release, known.last_version, known.last_redaction):
        return
    blackened = (
        select(TextVersion.text_id)
        .join(Redaction, Redaction.version_id == TextVersion.id)
        .where(Redaction.id > known.last_redaction - OVERLAP)
    )
    newer = select(TextVersion.text_id).where(TextVersion.id > known.last_version - OVERLAP)
    original, translation = aliased(Text), aliased(Text)
    changed = (
        select(Proposal.id, Proposal.state, _current(original.id), _current(translation.id))
        .join(original, Proposal.text_id == original.id)
        .outerjoin(translation, Proposal.translation_id == translation.id)
        .where(
            or_(
                Proposal.id.in_(select(Release.proposal_id).where(Release.id > known.last_release - OVERLAP)),
                Proposal.translation_id.in_(newer),
                Proposal.text_id.in_(blackened),
                Proposal.translation_id.in_(blackened),
            )
        )
    )
    for proposal_id, state, words, german in db.session.execute(changed):
        if state is ProposalState.RELEASED:
            known.proposals.add(proposal_id, german or words)
        else:
            known.proposals.remove(proposal_id)
    for goal_id, wording in db.session.execute(select(Goal.id, _current(Goal.text_id)).where(Goal.text_id.in_(newer))):
        known.goals.add(goal_id, wording)
    known.last_release, known.last_version, known.last_redaction = release, version, redaction


def _current(text_id: SQLCoreOperations[int]) -> ScalarSelect[str]:
    return (
        select(TextVersion.content)
        .where(TextVersion.text_id == text_id)
        .order_by(TextVersion.number.desc())
        .limit(1)
        .correlate_except(TextVersion)
        .scalar_subquery()
    )


def _released(ids: Sequence[int]) -> Sequence[Proposal]:
    statement = select(Proposal).where(Proposal.id.in_(ids), Proposal.state == ProposalState.RELEASED)
    return _in_order(ids, db.session.scalars(statement.options(*shown())))


def _goals_in_work(ids: Sequence[int]) -> Sequence[Goal]:
    statement = select(Goal).where(Goal.id.in_(ids), Goal.placement.has())
    return _in_order(ids, db.session.scalars(statement.options(selectinload(Goal.text).selectinload(Text.versions))))


def _in_order(ids: Sequence[int], rows: Iterable[R]) -> Sequence[R]:
    by_id = {row.id: row for row in rows}
    return [by_id[row_id] for row_id in ids if row_id in by_id]
