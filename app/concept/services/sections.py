"""Handlungsfelder and Querschnittsthemen of the working edition."""

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.audit import log
from app.concept import queries
from app.concept.errors import AlreadyInWorkingEdition, SectionNotEmpty
from app.concept.models import Section, SectionKind, WorkingGoal, WorkingMeasure, WorkingSection
from app.concept.services.working import arrange, close_gaps, lock_working, placement_of
from app.db import db, transactional
from app.process_date import ProcessDate


@transactional
def add_section(
    *,
    slug: str,
    kind: SectionKind,
    title: str,
    position: int | None = None,
    set_on: ProcessDate = ProcessDate(),
    by: Account | None = None,
) -> Section:
    """Take a section into the working edition: a new one, or one that exists already under its slug.

    Raises AlreadyInWorkingEdition.
    """
    lock_working()
    section = queries.find_section(slug) or Section(slug=slug, kind=kind, title=title, set_on=set_on)
    if section.placement is not None:
        raise AlreadyInWorkingEdition
    section.title, section.is_planned = title, False
    section.set_on = set_on or section.set_on
    placement = WorkingSection(section=section, title=title, position=1)
    db.session.add(placement)
    arrange(_of_kind(section.kind), placement, position)
    log.record("concept.add_section", section, by=by)
    return section


@transactional
def plan_section(*, slug: str, kind: SectionKind, title: str, focus: str = "", by: Account | None = None) -> Section:
    """Announce a section for later (2016 paper: "das ebenfalls zentrale Handlungsfeld Gesundheit")."""
    lock_working()
    section = queries.find_section(slug) or Section(slug=slug, kind=kind, title=title)
    if section.placement is not None:
        raise AlreadyInWorkingEdition
    section.is_planned, section.focus = True, focus
    db.session.add(section)
    log.record("concept.plan_section", section, by=by)
    return section


@transactional
def move_section(section: Section, *, position: int, by: Account | None) -> None:
    """Put it at this place among those of its kind; raises NotInWorkingEdition."""
    lock_working()
    arrange(_of_kind(section.kind), placement_of(section), position)
    log.record("concept.move_section", section, by=by, fields=["position"])


@transactional
def remove_section(section: Section, *, by: Account | None) -> None:
    """Take an empty section out of the working edition; raises SectionNotEmpty."""
    lock_working()
    placement = placement_of(section)
    for model in (WorkingGoal, WorkingMeasure):
        if db.session.scalar(select(exists().where(model.section_id == section.id))):
            raise SectionNotEmpty
    db.session.delete(placement)
    db.session.flush()
    close_gaps(_of_kind(section.kind))
    log.record("concept.remove_section", section, by=by)


def _of_kind(kind: SectionKind) -> Sequence[WorkingSection]:
    with db.session.no_autoflush:
        return db.session.scalars(
            select(WorkingSection)
            .join(Section)
            .where(Section.kind == kind)
            .options(joinedload(WorkingSection.section))
            .order_by(WorkingSection.position, WorkingSection.id)
            .execution_options(populate_existing=True)
        ).all()
