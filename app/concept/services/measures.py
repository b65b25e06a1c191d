"""Measures at county level in the working edition."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from app.accounts.models import Account
from app.audit import log
from app.concept.errors import GoalMissing, NotInWorkingEdition
from app.concept.facts import MeasureFacts
from app.concept.models import (
    ChangeKind,
    Goal,
    GoalKind,
    Measure,
    MeasurePartner,
    Section,
    WorkingGoal,
    WorkingMeasure,
    WorkingMeasureGoal,
)
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
from app.structures.models import Organization
from app.texts.models import TextVersion


@transactional
def add_measure(
    facts: MeasureFacts,
    *,
    section: Section,
    goals: Collection[Goal],
    wording: str,
    reason: str,
    by: Account | None,
    partners: Sequence[Organization] = (),
    may_name_partners: bool = False,
    position: int | None = None,
    is_example: bool = False,
    at: datetime | None = None,
) -> Measure:
    """A new measure with a code of its own, under one or several Unterziele of the working edition.

    Partners are shown once they agreed to be named. Raises GoalMissing, NotInWorkingEdition, TextEmpty.
    """
    lock_working()
    placement_of(section)
    check_goals(goals)
    version = write_wording(wording, by=by, at=at)
    measure = Measure(
        code=next_code(Measure),
        text=version.text,
        is_example=is_example,
        created_at=at or now(),
        partners=[MeasurePartner(organization=each, named_at_entry=may_name_partners) for each in partners],
    )
    facts.give_to(measure)
    db.session.add(measure)
    place(measure, section, goals, position)
    record_change(ChangeKind.ADDED, measure, reason=reason, by=by, at=at, version=version)
    log.record("concept.add_measure", measure, by=by)
    return measure


@transactional
def reword_measure(
    measure: Measure,
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
    placement_of_measure(measure)
    return reword(measure, wording, reason=reason, by=by, at=at, expected_version_id=expected_version_id)


@transactional
def move_measure(
    measure: Measure,
    *,
    section: Section,
    position: int | None,
    reason: str,
    by: Account | None,
    goals: Collection[Goal] | None = None,
    at: datetime | None = None,
) -> None:
    """Put the measure at this place of a section, and where `goals` are given under these; its code stays.

    Raises GoalMissing, NotInWorkingEdition, ReasonMissing.
    """
    lock_working()
    placement_of(section)
    placement = placement_of_measure(measure)
    if goals is not None:
        check_goals(goals)
        placement.goals.clear()
        db.session.flush()
        placement.goals.extend(WorkingMeasureGoal(goal=goal) for goal in goals)
    left = placement.section
    placement.section = section
    db.session.flush()
    close_gaps(_siblings(left))
    arrange(_siblings(section), placement, position)
    record_change(ChangeKind.MOVED, measure, reason=reason, by=by, at=at)
    log.record("concept.move_measure", measure, by=by, fields=["section", "position", "goals"])


@transactional
def drop_measure(measure: Measure, *, reason: str, by: Account | None, at: datetime | None = None) -> None:
    """Take it out of the working edition; frozen editions keep it. Raises NotInWorkingEdition, ReasonMissing."""
    lock_working()
    take_out(measure)
    record_change(ChangeKind.DROPPED, measure, reason=reason, by=by, at=at)
    log.record("concept.drop_measure", measure, by=by)


def check_goals(goals: Collection[Goal]) -> None:
    """Measures stand under Unterziele (2017 paper, section 3: "Zur Erreichung der Unterziele"). Raises GoalMissing."""
    found = db.session.scalars(
        select(Goal.id).join(WorkingGoal).where(Goal.kind == GoalKind.SUB, Goal.id.in_([goal.id for goal in goals]))
    ).all()
    if not goals or len(found) < len(set(goals)):
        raise GoalMissing


def take_out(measure: Measure) -> None:
    """Under the lock. Raises NotInWorkingEdition."""
    placement = placement_of_measure(measure)
    section = placement.section
    db.session.delete(placement)
    db.session.flush()
    db.session.expire(measure, ["placement"])
    close_gaps(_siblings(section))


def place(measure: Measure, section: Section, goals: Collection[Goal], position: int | None) -> None:
    """Under the lock."""
    placement = WorkingMeasure(
        measure=measure,
        section=section,
        position=len(_siblings(section)) + 1,
        goals=[WorkingMeasureGoal(goal=goal) for goal in goals],
    )
    db.session.add(placement)
    db.session.flush()
    arrange(_siblings(section), placement, position)


def placement_of_measure(measure: Measure) -> WorkingMeasure:
    """Raises NotInWorkingEdition."""
    placement = db.session.scalars(
        select(WorkingMeasure).where(WorkingMeasure.measure_id == measure.id).execution_options(populate_existing=True)
    ).one_or_none()
    if placement is None:
        raise NotInWorkingEdition
    return placement


def _siblings(section: Section) -> Sequence[WorkingMeasure]:
    return db.session.scalars(
        select(WorkingMeasure)
        .where(WorkingMeasure.section_id == section.id)
        .order_by(WorkingMeasure.position, WorkingMeasure.id)
        .execution_options(populate_existing=True)
    ).all()
