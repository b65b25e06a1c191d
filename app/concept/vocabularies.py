"""Reading Lebenslagen and target groups with what became of them."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.concept.models import LifeSituation, Term, TermChange
from app.db import db


def terms(vocabulary: type[Term]) -> Sequence[Term]:
    """All of them, also those that ended, each with the one that took it up."""
    statement = select(vocabulary).options(joinedload(vocabulary.merged_into)).order_by(vocabulary.id)
    found: Any = db.session.scalars(statement).all()
    return cast("Sequence[Term]", found)


def changes_of(term: Term) -> Sequence[TermChange]:
    """The latest first."""
    column = TermChange.life_situation_id if isinstance(term, LifeSituation) else TermChange.target_group_id
    return db.session.scalars(select(TermChange).where(column == term.id).order_by(TermChange.id.desc())).all()
