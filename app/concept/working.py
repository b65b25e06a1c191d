"""The rows of the working edition as a catalogue."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypedDict

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.concept import lineage, working_surroundings
from app.concept.catalogue import (
    METHOD,
    Catalogue,
    CatalogueBudgetLine,
    CatalogueChapter,
    CatalogueDefinition,
    CatalogueGoal,
    CatalogueIdea,
    CatalogueMeasure,
    CataloguePractice,
    CatalogueSection,
    CatalogueTarget,
    CatalogueTargetGroup,
    PlannedSection,
    Worded,
    numbered,
)
from app.concept.columns import held_of
from app.concept.facts import plain
from app.concept.models import (
    Chapter,
    Definition,
    Goal,
    GoalKind,
    GoodPractice,
    Measure,
    MeasureLifeSituation,
    MeasurePartner,
    MeasureTargetGroup,
    MunicipalIdea,
    Section,
    WorkingEdition,
    WorkingGoal,
    WorkingMeasure,
    WorkingMeasureGoal,
    WorkingSection,
)
from app.db import db
from app.process_date import ProcessDate
from app.texts import queries as texts
from app.texts.models import TextVersion


class Rows:
    """Everything the working edition consists of, with the current version of each text; a fixed number of queries."""

    def __init__(self) -> None:
        self.sections = _sections()
        self.goals = _goals()
        self.measures = _measures()
        self.ideas = db.session.scalars(
            select(MunicipalIdea)
            .where(MunicipalIdea.dropped_at.is_(None))
            .order_by(MunicipalIdea.position, MunicipalIdea.id)
        ).all()
        self.good_practice = db.session.scalars(
            select(GoodPractice)
            .where(GoodPractice.dropped_at.is_(None))
            .options(joinedload(GoodPractice.municipality), joinedload(GoodPractice.picture))
            .order_by(GoodPractice.id)
        ).all()
        self.chapters = db.session.scalars(select(Chapter).order_by(Chapter.number)).all()
        self.definitions = db.session.scalars(select(Definition).order_by(Definition.id)).all()
        self.planned = db.session.scalars(select(Section).where(Section.is_planned).order_by(Section.id)).all()
        self.current = self._current_versions()
        self.ancestors = lineage.ancestors()

    def _current_versions(self) -> dict[int, TextVersion]:
        owners: Iterable[Goal | Measure | MunicipalIdea | GoodPractice | Definition] = [
            *(placement.goal for placement in self.goals),
            *(placement.measure for placement in self.measures),
            *self.ideas,
            *self.good_practice,
            *self.definitions,
        ]
        of_chapters = {
            text_id
            for chapter in self.chapters
            for text_id in (chapter.summary_id, chapter.body_id, chapter.signature_id)
            if text_id
        }
        text_ids = {owner.text_id for owner in owners} | of_chapters
        return {text_id: versions[-1] for text_id, versions in texts.versions_of(text_ids).items()}


def read(working: WorkingEdition) -> Catalogue:
    """The working edition as it stands now."""
    rows = Rows()
    by_section = _Grouped(rows)
    return Catalogue(
        concept=working.concept.slug,
        title=working.concept.title,
        comparison=METHOD,
        sections=numbered(by_section.section(placement) for placement in rows.sections),
        planned=tuple(held_of(PlannedSection, section) for section in rows.planned),
        chapters=tuple(_chapter(each, rows) for each in rows.chapters),
        definitions=tuple(
            CatalogueDefinition(
                slug=each.slug, title=each.title, source=each.source, **_worded(rows.current[each.text_id])
            )
            for each in rows.definitions
        ),
    )


def read_all(working: WorkingEdition, *, on: date) -> Catalogue:
    """The same with what stands around it; structures as they were on that day, unless their chapter names another."""
    return replace(read(working), surroundings=working_surroundings.read(working, on))


def _chapter(chapter: Chapter, rows: Rows) -> CatalogueChapter:
    body, signature = (
        Worded(is_example=chapter.is_example, **_worded(rows.current[text_id])) if text_id else None
        for text_id in (chapter.body_id, chapter.signature_id)
    )
    return CatalogueChapter(
        chapter=chapter.number,
        title=chapter.title,
        content=chapter.content,
        slug=chapter.slug,
        body=body,
        signature=signature,
        as_of=ProcessDate.on(chapter.as_of) if chapter.as_of else ProcessDate(),
        is_example=chapter.is_example,
        **_worded(rows.current[chapter.summary_id]),
    )


class _Grouped:
    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.goals: dict[int, list[WorkingGoal]] = defaultdict(list)
        self.measures: dict[int, list[WorkingMeasure]] = defaultdict(list)
        self.ideas: dict[int, list[MunicipalIdea]] = defaultdict(list)
        self.good_practice: dict[int, list[GoodPractice]] = defaultdict(list)
        for goal in rows.goals:
            self.goals[goal.section_id].append(goal)
        for measure in rows.measures:
            self.measures[measure.section_id].append(measure)
        for idea in rows.ideas:
            self.ideas[idea.section_id].append(idea)
        for practice in rows.good_practice:
            self.good_practice[practice.section_id].append(practice)

    def section(self, placement: WorkingSection) -> CatalogueSection:
        section_id = placement.section_id
        return CatalogueSection(
            slug=placement.section.slug,
            kind=placement.section.kind,
            title=placement.title,
            set_on=placement.section.set_on,
            icon=placement.section.icon,
            goals=tuple(self._goal(each.goal) for each in self.goals[section_id]),
            measures=tuple(self._measure(each) for each in self.measures[section_id]),
            ideas=tuple(
                CatalogueIdea(is_example=each.is_example, **_worded(self.rows.current[each.text_id]))
                for each in self.ideas[section_id]
            ),
            good_practice=tuple(self._practice(each) for each in self.good_practice[section_id]),
        )

    def _goal(self, goal: Goal) -> CatalogueGoal:
        return CatalogueGoal(
            code=goal.code,
            kind=goal.kind,
            follows=self.rows.ancestors.get(goal.code, ()),
            is_example=goal.is_example,
            **_worded(self.rows.current[goal.text_id]),
        )

    def _measure(self, placement: WorkingMeasure) -> CatalogueMeasure:
        measure = placement.measure
        return CatalogueMeasure(
            code=measure.code,
            goals=tuple(link.goal.code for link in placement.goals),
            duration=measure.duration,
            priority=measure.priority,
            responsible=measure.responsible.slug,
            responsible_name=measure.responsible.name,
            partners=tuple(each.organization.slug for each in measure.partners if each.may_be_named),
            life_situations=tuple(sorted(each.life_situation.slug for each in measure.life_situations)),
            starts=measure.starts,
            ends=measure.ends,
            target_groups=tuple(
                CatalogueTargetGroup(slug=each.target_group.slug, title=each.target_group.title)
                for each in measure.target_groups
            ),
            target=_target(measure),
            budget=tuple(held_of(CatalogueBudgetLine, each) for each in measure.budget),
            follows=self.rows.ancestors.get(measure.code, ()),
            is_example=measure.is_example,
            **_worded(self.rows.current[measure.text_id]),
        )

    def _practice(self, practice: GoodPractice) -> CataloguePractice:
        return CataloguePractice(
            title=practice.title,
            municipality=practice.municipality.ags,
            municipality_name=practice.municipality.name,
            organization_name=practice.organization_name,
            since=practice.since,
            picture=practice.picture.number if practice.picture else 0,
            picture_alt=practice.picture_alt,
            is_example=practice.is_example,
            **_worded(self.rows.current[practice.text_id]),
        )


def _target(measure: Measure) -> CatalogueTarget | None:
    if measure.indicator is None:
        return None
    return CatalogueTarget(
        indicator=measure.indicator.slug,
        title=measure.indicator.title,
        unit=measure.indicator.unit,
        start=plain(measure.target_from),
        goal=plain(measure.target_to),
        by=measure.target_by,
    )


class _Wording(TypedDict):
    version_id: int
    digest: str
    wording: str


def _worded(version: TextVersion) -> _Wording:
    return {"version_id": version.id, "digest": version.digest, "wording": version.content}


def _sections() -> Sequence[WorkingSection]:
    return db.session.scalars(
        select(WorkingSection)
        .options(joinedload(WorkingSection.section))
        .order_by(WorkingSection.position, WorkingSection.id)
        .execution_options(populate_existing=True)
    ).all()


def _goals() -> Sequence[WorkingGoal]:
    """The Oberziel of a section before its Unterziele."""
    found = db.session.scalars(
        select(WorkingGoal)
        .options(joinedload(WorkingGoal.goal))
        .order_by(WorkingGoal.position, WorkingGoal.id)
        .execution_options(populate_existing=True)
    ).all()
    kinds = list(GoalKind)
    return sorted(found, key=lambda placement: kinds.index(placement.goal.kind))


def _measures() -> Sequence[WorkingMeasure]:
    measure = joinedload(WorkingMeasure.measure)
    return db.session.scalars(
        select(WorkingMeasure)
        .options(
            measure.joinedload(Measure.responsible),
            measure.selectinload(Measure.partners).joinedload(MeasurePartner.organization),
            measure.selectinload(Measure.life_situations).joinedload(MeasureLifeSituation.life_situation),
            measure.selectinload(Measure.target_groups).joinedload(MeasureTargetGroup.target_group),
            measure.selectinload(Measure.budget),
            measure.joinedload(Measure.indicator),
            selectinload(WorkingMeasure.goals).joinedload(WorkingMeasureGoal.goal),
        )
        .order_by(WorkingMeasure.position, WorkingMeasure.id)
        .execution_options(populate_existing=True)
    ).all()
