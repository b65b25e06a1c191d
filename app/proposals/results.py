"""What was taken over became: a goal, a measure, an idea for municipalities, good practice; its name and its page."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import ORMOption

from app.concept.models import Goal, GoodPractice, Measure, MunicipalIdea
from app.concept.subjects import NAMES, SubjectKind
from app.db import db
from app.proposals.models import Decision, Result


class Shown(NamedTuple):
    """`name` as people say it ("Unterziel Z-017", "Praxisbeispiel: Café"); its thread is the page known by these."""

    name: str
    page: str
    known_by: dict[str, Any]


class _Kind(NamedTuple):
    subject: SubjectKind
    page: str
    known_by: Callable[[Any], dict[str, Any]]


KINDS: Mapping[type[Result], _Kind] = {
    Goal: _Kind(SubjectKind.GOAL, "threads.goal", lambda goal: {"code": goal.code}),
    Measure: _Kind(SubjectKind.MEASURE, "threads.measure", lambda measure: {"code": measure.code}),
    MunicipalIdea: _Kind(SubjectKind.IDEA, "threads.idea", lambda idea: {"idea_id": idea.id}),
    GoodPractice: _Kind(SubjectKind.PRACTICE, "threads.practice", lambda practice: {"practice_id": practice.id}),
}


def find(text_id: int | None) -> Result | None:
    """Whose wording it is."""
    models: Iterable[Any] = KINDS
    for model in models:
        found: Result | None = db.session.scalars(select(model).where(model.text_id == text_id)).one_or_none()
        if found is not None:
            return found
    return None


def with_result() -> tuple[ORMOption, ...]:
    """Loads with a decision what `shown` says of its result."""
    return (
        joinedload(Decision.goal),
        joinedload(Decision.measure),
        joinedload(Decision.idea).joinedload(MunicipalIdea.section),
        joinedload(Decision.practice),
    )


def shown(result: Result) -> Shown:
    kind = KINDS[type(result)]
    return Shown(NAMES[kind.subject](result), kind.page, kind.known_by(result))
