"""What stands in the working edition word by word: each text, and what it is the wording of."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, ScalarSelect, select
from sqlalchemy.orm import joinedload

from app.concept.models import (
    GOAL_KIND_LABELS,
    Chapter,
    Definition,
    Goal,
    GoodPractice,
    Measure,
    MunicipalIdea,
    Section,
    WorkingGoal,
    WorkingMeasure,
    WorkingSection,
)
from app.db import db

SPAN = 10_000  # more than a section holds


class SubjectKind(StrEnum):
    GOAL = "goal"
    MEASURE = "measure"
    IDEA = "idea"
    PRACTICE = "practice"
    SUMMARY = "summary"
    BODY = "body"
    SIGNATURE = "signature"
    DEFINITION = "definition"


Owner = Goal | Measure | MunicipalIdea | GoodPractice | Chapter | Definition


@dataclass(frozen=True)
class Subject:
    """A text of the working edition."""

    kind: SubjectKind
    text_id: int
    owner: Owner

    @property
    def name(self) -> str:
        """As people call it: "Unterziel Z-017", "Kapitel 2, Text"."""
        return NAMES[self.kind](self.owner)

    @property
    def section(self) -> Section | None:
        """In which it stands; chapters and definitions stand in none."""
        if isinstance(self.owner, Goal | Measure):
            return self.owner.placement.section if self.owner.placement else None
        return self.owner.section if isinstance(self.owner, MunicipalIdea | GoodPractice) else None


class _Source(NamedTuple):
    """Where the texts of one kind come from."""

    model: Any
    text_id: Any
    options: tuple[Any, ...] = ()
    stands: ColumnElement[bool] | None = None
    order: Any = None


def _place(table: type[WorkingGoal | WorkingMeasure], item: ColumnElement[bool]) -> ScalarSelect[int]:
    """Where it stands: by section, and in that by position."""
    place = select(WorkingSection.position * SPAN + table.position)
    return place.join(WorkingSection, WorkingSection.section_id == table.section_id).where(item).scalar_subquery()


SOURCES: Mapping[SubjectKind, _Source] = {
    SubjectKind.DEFINITION: _Source(Definition, Definition.text_id),
    SubjectKind.SUMMARY: _Source(Chapter, Chapter.summary_id, order=Chapter.number),
    SubjectKind.BODY: _Source(Chapter, Chapter.body_id, order=Chapter.number),
    SubjectKind.SIGNATURE: _Source(Chapter, Chapter.signature_id, order=Chapter.number),
    SubjectKind.GOAL: _Source(
        Goal,
        Goal.text_id,
        (joinedload(Goal.placement).joinedload(WorkingGoal.section),),
        Goal.id.in_(select(WorkingGoal.goal_id)),
        _place(WorkingGoal, WorkingGoal.goal_id == Goal.id),
    ),
    SubjectKind.MEASURE: _Source(
        Measure,
        Measure.text_id,
        (joinedload(Measure.placement).joinedload(WorkingMeasure.section),),
        Measure.id.in_(select(WorkingMeasure.measure_id)),
        _place(WorkingMeasure, WorkingMeasure.measure_id == Measure.id),
    ),
    SubjectKind.IDEA: _Source(
        MunicipalIdea,
        MunicipalIdea.text_id,
        (joinedload(MunicipalIdea.section),),
        MunicipalIdea.dropped_at.is_(None),
        MunicipalIdea.position,
    ),
    SubjectKind.PRACTICE: _Source(
        GoodPractice,
        GoodPractice.text_id,
        (joinedload(GoodPractice.section),),
        GoodPractice.dropped_at.is_(None),
    ),
}
NAMES: Mapping[SubjectKind, Callable[[Any], str]] = {
    SubjectKind.DEFINITION: lambda each: _("Verständnis: %(title)s", title=each.title),
    SubjectKind.SUMMARY: lambda each: _("Kapitel %(number)s, Zusammenfassung", number=each.number),
    SubjectKind.BODY: lambda each: _("Kapitel %(number)s, Text", number=each.number),
    SubjectKind.SIGNATURE: lambda each: _("Kapitel %(number)s, Unterschrift", number=each.number),
    SubjectKind.GOAL: lambda each: f"{GOAL_KIND_LABELS[each.kind]} {each.code}",
    SubjectKind.MEASURE: lambda each: _("Maßnahme %(code)s", code=each.code),
    SubjectKind.IDEA: lambda each: _("Idee für Kommunen, %(section)s", section=each.section.title),
    SubjectKind.PRACTICE: lambda each: _("Praxisbeispiel: %(title)s", title=each.title),
}


def working_subjects(text_ids: Collection[int] | None = None) -> dict[int, Subject]:
    """By text: all texts of the working edition, or those of them that are asked for; one query for each kind."""
    if text_ids is not None and not text_ids:
        return {}
    return {each.text_id: each for kind, source in SOURCES.items() for each in _of_kind(kind, source, text_ids)}


def find_subject(text_id: int) -> Subject | None:
    """None for a text of anything else, or of what does not stand in the working edition any more."""
    return working_subjects([text_id]).get(text_id)


def _of_kind(kind: SubjectKind, source: _Source, text_ids: Collection[int] | None) -> Iterator[Subject]:
    statement = select(source.text_id, source.model).where(source.text_id.is_not(None)).options(*source.options)
    if source.stands is not None:
        statement = statement.where(source.stands)
    if text_ids is not None:
        statement = statement.where(source.text_id.in_(text_ids))
    order = source.model.id if source.order is None else source.order
    for text_id, owner in db.session.execute(statement.order_by(order)):
        yield Subject(kind, text_id, owner)
