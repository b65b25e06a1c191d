"""The working edition that says what a document says, so that a county can go on writing."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeVar

from sqlalchemy import exists, select
from sqlalchemy.orm import InstrumentedAttribute

from app.concept.catalogue import Catalogue, CatalogueChapter, CatalogueSection
from app.concept.columns import kept_of
from app.concept.errors import FileRefused
from app.concept.exchange import ConceptFile
from app.concept.importing.catalogue import Items
from app.concept.importing.registers import Registers
from app.concept.models import (
    Chapter,
    ConceptPicture,
    Definition,
    GlossaryTerm,
    GoodPractice,
    Indicator,
    MunicipalIdea,
    ProcessStep,
    RoadmapTask,
    Section,
    WorkingEdition,
    WorkingGoal,
    WorkingMeasure,
    WorkingMeasureGoal,
    WorkingSection,
)
from app.concept.surroundings import Surroundings
from app.db import db
from app.texts.models import TextVersion

V = TypeVar("V", str, int)


def add_working_edition(
    file: ConceptFile, registers: Registers, items: Items, texts: Mapping[str, TextVersion]
) -> None:
    db.session.add(WorkingEdition(id=1, concept=registers.concept))
    for position, section in enumerate(file.catalogue.sections, 1):
        _place(section, position, items)
        _add_examples(section, items.sections[section.slug], registers, texts)
    for chapter in file.catalogue.chapters:
        db.session.add(_chapter(chapter, texts))
    for each in file.catalogue.definitions:
        if not _is_there(Definition.slug, each.slug):
            text = texts[each.digest].text
            db.session.add(Definition(slug=each.slug, title=each.title, source=each.source, text=text))
    _add_surroundings(file.catalogue.surroundings, registers)
    _set_targets(file.catalogue, items)


def _place(section: CatalogueSection, position: int, items: Items) -> None:
    row = items.sections[section.slug]
    db.session.add(WorkingSection(section=row, position=position, title=section.title))
    for place, goal in enumerate(section.goals, 1):
        db.session.add(WorkingGoal(goal=items.goals[goal.code], section=row, position=place))
    for place, measure in enumerate(section.measures, 1):
        db.session.add(
            WorkingMeasure(
                measure=items.measures[measure.code],
                section=row,
                position=place,
                goals=[WorkingMeasureGoal(goal=items.goals[code]) for code in measure.goals],
            )
        )


def _add_examples(
    section: CatalogueSection, row: Section, registers: Registers, texts: Mapping[str, TextVersion]
) -> None:
    for place, idea in enumerate(section.ideas, 1):
        text = texts[idea.digest].text
        db.session.add(MunicipalIdea(section=row, position=place, text=text, is_example=idea.is_example))
    pictures = {each.number: each for each in db.session.scalars(select(ConceptPicture))}
    for practice in section.good_practice:
        db.session.add(
            GoodPractice(
                section=row,
                municipality=registers.municipalities[practice.municipality],
                title=practice.title,
                text=texts[practice.digest].text,
                organization_name=practice.organization_name,
                since=practice.since,
                picture=pictures.get(practice.picture),
                picture_alt=practice.picture_alt,
                is_example=practice.is_example,
            )
        )


def _chapter(held: CatalogueChapter, texts: Mapping[str, TextVersion]) -> Chapter:
    return Chapter(
        number=held.chapter,
        slug=held.slug or f"kapitel-{held.chapter}",
        title=held.title,
        content=held.content,
        summary=texts[held.digest].text,
        body=texts[held.body.digest].text if held.body else None,
        signature=texts[held.signature.digest].text if held.signature else None,
        as_of=held.as_of.day,
        is_example=held.is_example,
    )


def _add_surroundings(held: Surroundings, registers: Registers) -> None:
    """Steps, figures, tasks and words; what is here under the same number or name stays as it is."""
    for step in held.steps:
        if not _is_there(ProcessStep.number, step.number):
            body = registers.organization(step.organization_slug, step.organization)
            db.session.add(ProcessStep(**kept_of(step), organization=body))
    for figure in held.indicators:
        if not _is_there(Indicator.slug, figure.slug):
            town = registers.municipality(figure.municipality_ags, figure.municipality)
            db.session.add(Indicator(**kept_of(figure), municipality=town))
    for place, task in enumerate(held.tasks, 1):
        who = registers.organization(task.responsible_slug, task.responsible)
        db.session.add(RoadmapTask(**kept_of(task), concept=registers.concept, position=place, responsible=who))
    for term in held.terms:
        if not _is_there(GlossaryTerm.term, term.term):
            db.session.add(GlossaryTerm(**kept_of(term)))


def _set_targets(catalogue: Catalogue, items: Items) -> None:
    """Figures come with the working edition, so what they are to become does, too. Raises FileRefused without one."""
    indicators = {each.slug: each for each in db.session.scalars(select(Indicator))}
    for held in catalogue.measures:
        if held.target is None:
            continue
        measure, target = items.measures[held.code], held.target
        if target.indicator not in indicators:
            raise FileRefused
        measure.indicator = indicators[target.indicator]
        measure.target_from = Decimal(target.start) if target.start else None
        measure.target_to = Decimal(target.goal) if target.goal else None
        measure.target_by = target.by


def _is_there(column: InstrumentedAttribute[V], value: V) -> bool:
    return bool(db.session.scalar(select(exists().where(column == value))))
