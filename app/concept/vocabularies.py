"""Reading Lebenslagen and target groups with what became of them."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.concept.models import LifeSituation, Measure, TargetGroup, Term, TermChange
from app.db import db

T = TypeVar("T", bound=LifeSituation | TargetGroup)


def terms(vocabulary: type[T]) -> Sequence[T]:
    """All of them, also those that ended, each with the one that took it up."""
    statement = select(vocabulary).options(joinedload(vocabulary.merged_into)).order_by(vocabulary.id)
    return db.session.scalars(statement).all()


def choosable(vocabulary: type[T], *, on: date, of: Measure | None = None) -> Sequence[T]:
    """Those in use on that day; and those a measure has, which keeps its own."""
    kept = _borne_by(of) if of else set()
    return [each for each in terms(vocabulary) if each in kept or each.holds_on(on)]


def _borne_by(measure: Measure) -> set[Term]:
    situations = (each.life_situation for each in measure.life_situations)
    return {*situations, *(each.target_group for each in measure.target_groups)}


def changes_of(term: Term) -> Sequence[TermChange]:
    """The latest first."""
    column = TermChange.life_situation_id if isinstance(term, LifeSituation) else TermChange.target_group_id
    return db.session.scalars(select(TermChange).where(column == term.id).order_by(TermChange.id.desc())).all()
