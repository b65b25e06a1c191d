"""What stands around the working edition now: steps, structures of a day, figures, tasks, words, pictures."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.concept.columns import held_of
from app.concept.models import (
    Chapter,
    ChapterContent,
    ConceptPicture,
    GlossaryTerm,
    Indicator,
    ProcessStep,
    RoadmapTask,
    WorkingEdition,
)
from app.concept.surroundings import (
    HeldIndicator,
    HeldPicture,
    HeldStep,
    HeldStructure,
    HeldTask,
    HeldTerm,
    Surroundings,
)
from app.db import db
from app.process_date import ProcessDate
from app.structures import queries as structures
from app.structures.models import BODIES, OrganizationKind, OrganizationState

STRUCTURES = (OrganizationKind.OFFICE, OrganizationKind.UNIT, *BODIES)  # 2017 paper, chapter 5


def read(working: WorkingEdition, on: date) -> Surroundings:
    chosen = db.session.scalar(
        select(Chapter.as_of).where(Chapter.content == ChapterContent.STRUCTURES, Chapter.as_of.is_not(None)).limit(1)
    )
    day = chosen or on
    return Surroundings(
        structures_of=ProcessDate.on(day),
        steps=_steps(),
        structures=_structures(day),
        indicators=_indicators(),
        tasks=_tasks(working),
        terms=tuple(
            held_of(HeldTerm, each)
            for each in sorted(db.session.scalars(select(GlossaryTerm)), key=lambda term: term.term.casefold())
        ),
        pictures=tuple(
            held_of(HeldPicture, each)
            for each in db.session.scalars(select(ConceptPicture).order_by(ConceptPicture.number))
        ),
    )


def _steps() -> tuple[HeldStep, ...]:
    found = select(ProcessStep).options(joinedload(ProcessStep.organization)).order_by(ProcessStep.number)
    return tuple(
        held_of(
            HeldStep,
            each,
            organization=each.organization.name if each.organization else "",
            organization_slug=each.organization.slug if each.organization else "",
        )
        for each in db.session.scalars(found)
    )


def _structures(day: date) -> tuple[HeldStructure, ...]:
    there = [each for each in structures.organizations(STRUCTURES) if each.state_on(day) is OrganizationState.ACTIVE]
    return tuple(
        HeldStructure(
            slug=each.slug,
            name=each.name,
            kind=each.kind,
            founded=each.founded,
            leads=tuple(led.lead.name for led in each.leaderships if not led.valid or led.valid.covers(day)),
        )
        for each in there
    )


def _indicators() -> tuple[HeldIndicator, ...]:
    found = select(Indicator).options(joinedload(Indicator.municipality)).order_by(Indicator.id)
    return tuple(
        held_of(
            HeldIndicator,
            each,
            municipality=each.municipality.name if each.municipality else "",
            municipality_ags=each.municipality.ags if each.municipality else "",
        )
        for each in db.session.scalars(found)
    )


def _tasks(working: WorkingEdition) -> tuple[HeldTask, ...]:
    """What is still to be done."""
    found = (
        select(RoadmapTask)
        .where(RoadmapTask.concept_id == working.concept_id)
        .options(joinedload(RoadmapTask.responsible))
        .order_by(RoadmapTask.position, RoadmapTask.id)
    )
    return tuple(
        held_of(
            HeldTask,
            each,
            responsible=each.responsible.name if each.responsible else "",
            responsible_slug=each.responsible.slug if each.responsible else "",
        )
        for each in db.session.scalars(found)
        if each.is_open
    )
