"""Reading which goals and measures followed from which."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.concept.models import Descent, Goal, Measure, WorkingMeasure, WorkingMeasureGoal
from app.db import db
from app.texts.models import Text

Item = TypeVar("Item", Goal, Measure)


def ancestors() -> dict[str, tuple[str, ...]]:
    """For each code that follows from others all of these, near and far, in the order in which they were given."""
    direct: dict[str, set[str]] = defaultdict(set)
    for code, follows in db.session.execute(select(Descent.code, Descent.follows)):
        direct[code].add(follows)
    return {code: tuple(sorted(_behind(code, direct), key=serial)) for code in direct}


def serial(code: str) -> tuple[int, str]:
    """The order in which codes were given: Z-999 before Z-1000."""
    return len(code), code


def predecessors_of(code: str) -> Sequence[Descent]:
    """What this one followed from directly."""
    return db.session.scalars(select(Descent).where(Descent.code == code).order_by(Descent.id)).all()


def successors_of(code: str) -> Sequence[Descent]:
    """What followed from this one directly."""
    return db.session.scalars(select(Descent).where(Descent.follows == code).order_by(Descent.id)).all()


def descents_among(codes: Collection[str]) -> Sequence[Descent]:
    """All that lead to or from one of these."""
    touches = Descent.code.in_(codes) | Descent.follows.in_(codes)
    return db.session.scalars(select(Descent).where(touches).order_by(Descent.id)).all()


def outside(model: type[Item]) -> Sequence[Item]:
    """Goals or measures that stand in the working edition no more, the latest first."""
    written = selectinload(model.text).selectinload(Text.versions)
    return db.session.scalars(
        select(model).where(~model.placement.has()).options(written).order_by(model.id.desc())
    ).all()


def serving(goal: Goal) -> Sequence[Measure]:
    """The measures of the working edition that serve a goal."""
    statement = select(Measure).join(WorkingMeasure).join(WorkingMeasureGoal).where(WorkingMeasureGoal.goal == goal)
    return db.session.scalars(
        statement.order_by(Measure.id).options(selectinload(Measure.text).selectinload(Text.versions))
    ).all()


def _behind(code: str, direct: Mapping[str, Collection[str]]) -> set[str]:
    found: set[str] = set()
    left = list(direct[code])
    while left:
        each = left.pop()
        if each not in found:
            found.add(each)
            left += direct.get(each, ())
    return found
