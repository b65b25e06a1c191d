"""Oberziele and Unterziele of the working edition."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from app.accounts.models import Account
from app.audit import log
from app.concept.errors import NotInWorkingEdition
from app.concept.models import ChangeKind, Goal, GoalKind, Section, WorkingGoal, WorkingMeasureGoal
from app.concept.services.working import (
    arrange,
    close_gaps,
    lock_working,
    next_code,
    placement_of,
    record_change,
    reword,
    write_wording,
)
from app.db import db, now, transactional
from app.texts.models import TextVersion


@transactional
def add_goal(
    *,
    section: Section,
    kind: GoalKind = GoalKind.SUB,
    wording: str,
    reason: str,
    by: Account | None,
    position: int | None = None,
    is_example: bool = False,
    at: datetime | None = None,
) -> Goal:
    """A new goal with a code of its own, at the end of its section unless a position is given.

    Raises NotInWorkingEdition when the section is not part of it, TextEmpty without a wording.
    """
    lock_working()
    placement_of(section)
    version = write_wording(wording, by=by, at=at)
    goal = Goal(code=next_code(Goal), kind=kind, text=version.text, is_example=is_example, created_at=at or now())
    db.session.add(goal)
    place(goal, section, position)
    record_change(ChangeKind.ADDED, goal, reason=reason, by=by, at=at, version=version)
    log.record("concept.add_goal", goal, by=by)
    return goal


@transactional
def reword_goal(
    goal: Goal,
    *,
    wording: str,
    reason: str,
    by: Account | None,
    expected_version_id: int | None = None,
    at: datetime | None = None,
) -> TextVersion:
    """The next wording; earlier editions keep theirs. The same words again change nothing.

    Raises WordingChanged when `expected_version_id` is no longer the current one, NotInWorkingEdition, ReasonMissing.
    """
    lock_working()
    placement_of_goal(goal)
    return reword(goal, wording, reason=reason, by=by, at=at, expected_version_id=expected_version_id)


@transactional
def move_goal(
    goal: Goal, *, section: Section, position: int | None, reason: str, by: Account | None, at: datetime | None = None
) -> None:
    """Put the goal at this place of a section; its code stays. Raises NotInWorkingEdition, ReasonMissing."""
    lock_working()
    placement_of(section)
    placement = placement_of_goal(goal)
    left = placement.section
    placement.section = section
    db.session.flush()
    close_gaps(_siblings(left, goal.kind))
    arrange(_siblings(section, goal.kind), placement, position)
    record_change(ChangeKind.MOVED, goal, reason=reason, by=by, at=at)
    log.record("concept.move_goal", goal, by=by, fields=["section", "position"])


@transactional
def drop_goal(goal: Goal, *, reason: str, by: Account | None, at: datetime | None = None) -> None:
    """Take the goal out of the working edition; frozen editions keep it. Raises NotInWorkingEdition, ReasonMissing.

    Its measures stay: the report of what is missing names those that serve no goal any more.
    """
    lock_working()
    take_out(goal)
    record_change(ChangeKind.DROPPED, goal, reason=reason, by=by, at=at)
    log.record("concept.drop_goal", goal, by=by)


def take_out(goal: Goal) -> None:
    """It and what served it; under the lock. Raises NotInWorkingEdition."""
    placement = placement_of_goal(goal)
    section = placement.section
    db.session.execute(delete(WorkingMeasureGoal).where(WorkingMeasureGoal.goal_id == goal.id))
    db.session.delete(placement)
    db.session.flush()
    db.session.expire(goal, ["placement"])
    close_gaps(_siblings(section, goal.kind))


def place(goal: Goal, section: Section, position: int | None) -> None:
    """Under the lock."""
    placement = WorkingGoal(goal=goal, section=section, position=len(_siblings(section, goal.kind)) + 1)
    db.session.add(placement)
    db.session.flush()
    arrange(_siblings(section, goal.kind), placement, position)


def placement_of_goal(goal: Goal) -> WorkingGoal:
    """Raises NotInWorkingEdition."""
    placement = db.session.scalars(
        select(WorkingGoal).where(WorkingGoal.goal_id == goal.id).execution_options(populate_existing=True)
    ).one_or_none()
    if placement is None:
        raise NotInWorkingEdition
    return placement


def _siblings(section: Section, kind: GoalKind) -> Sequence[WorkingGoal]:
    """The goals of a section that count together, in their order."""
    return db.session.scalars(
        select(WorkingGoal)
        .join(Goal)
        .where(WorkingGoal.section_id == section.id, Goal.kind == kind)
        .order_by(WorkingGoal.position, WorkingGoal.id)
        .execution_options(populate_existing=True)
    ).all()
