"""Handlungsfelder and Querschnittsthemen of the working edition, those announced for later, and who works on them."""

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.audit import log
from app.concept import queries
from app.concept.errors import AlreadyInWorkingEdition, NotInWorkingEdition, SectionNotEmpty
from app.concept.icons import SectionIcon
from app.concept.models import (
    GoodPractice,
    MunicipalIdea,
    Section,
    SectionKind,
    SectionWorkingGroup,
    WorkingGoal,
    WorkingMeasure,
    WorkingSection,
)
from app.concept.services.working import arrange, close_gaps, lock_working, placement_of
from app.concept.use import is_used
from app.db import db, transactional
from app.process_date import ProcessDate
from app.structures.models import Organization


@transactional
def add_section(
    *,
    slug: str,
    kind: SectionKind,
    title: str,
    position: int | None = None,
    set_on: ProcessDate = ProcessDate(),
    icon: SectionIcon = SectionIcon.NONE,
    by: Account | None = None,
) -> Section:
    """Take a section into the working edition: a new one, or one that exists already under its slug.

    Sections of both kinds stand in one order; without a position it is the last one. Raises AlreadyInWorkingEdition.
    """
    lock_working()
    section = queries.find_section(slug) or Section(slug=slug, kind=kind, title=title, set_on=set_on)
    if section.placement is not None:
        raise AlreadyInWorkingEdition
    section.title, section.is_planned = title, False
    section.set_on = set_on or section.set_on
    section.icon = icon or section.icon
    placement = WorkingSection(section=section, title=title, position=1)
    db.session.add(placement)
    arrange(_all(), placement, position)
    log.record("concept.add_section", section, by=by)
    return section


@transactional
def change_section(section: Section, *, title: str, icon: SectionIcon, by: Account | None) -> None:
    """Another title or sign; the address stays, and so do the titles in frozen editions. Raises NotInWorkingEdition."""
    lock_working()
    placement_of(section).title = section.title = title
    section.icon = icon
    log.record("concept.change_section", section, by=by, fields=["title", "icon"])


@transactional
def plan_section(
    *,
    slug: str,
    kind: SectionKind,
    title: str,
    focus: str = "",
    planned_for: ProcessDate = ProcessDate(),
    by: Account | None = None,
) -> Section:
    """Announce a section for later, or anew (2016 paper: "das ebenfalls zentrale Handlungsfeld Gesundheit").

    Raises AlreadyInWorkingEdition.
    """
    lock_working()
    section = queries.find_section(slug) or Section(slug=slug, kind=kind)
    if section.placement is not None:
        raise AlreadyInWorkingEdition
    section.title, section.is_planned = title, True
    section.focus, section.planned_for = focus, planned_for
    db.session.add(section)
    log.record("concept.plan_section", section, by=by)
    return section


@transactional
def drop_plan(section: Section, *, by: Account | None) -> None:
    """Announce it no longer; nothing is left of what nobody spoke about. Raises NotInWorkingEdition."""
    lock_working()
    db.session.refresh(section)
    if not section.is_planned:
        raise NotInWorkingEdition
    log.record("concept.drop_plan", section, by=by)
    if is_used(section):
        section.is_planned = False
    else:
        db.session.delete(section)


@transactional
def move_section(section: Section, *, position: int, by: Account | None) -> None:
    """Put it at this place among all sections; raises NotInWorkingEdition."""
    lock_working()
    arrange(_all(), placement_of(section), position)
    log.record("concept.move_section", section, by=by, fields=["position"])


@transactional
def shift_section(section: Section, *, places: int, by: Account | None) -> None:
    """So many places down, up where it is less than none; at an end it stays. Raises NotInWorkingEdition."""
    lock_working()
    ordered = _all()
    placement = placement_of(section)
    arrange(ordered, placement, placement.position + places)
    log.record("concept.move_section", section, by=by, fields=["position"])


@transactional
def remove_section(section: Section, *, by: Account | None) -> None:
    """Take an empty section out of the working edition; raises SectionNotEmpty."""
    lock_working()
    placement = placement_of(section)
    held = (
        WorkingGoal.section_id == section.id,
        WorkingMeasure.section_id == section.id,
        (MunicipalIdea.section_id == section.id) & MunicipalIdea.dropped_at.is_(None),
        (GoodPractice.section_id == section.id) & GoodPractice.dropped_at.is_(None),
    )
    if any(db.session.scalar(select(exists().where(condition))) for condition in held):
        raise SectionNotEmpty
    db.session.delete(placement)
    db.session.flush()
    close_gaps(_all())
    log.record("concept.remove_section", section, by=by)


@transactional
def assign_working_groups(section: Section, groups: Sequence[Organization], *, by: Account | None) -> None:
    """These and no others work on it from now on (2016 paper: the fields are found again in the networks)."""
    lock_working()
    wanted = {group.id: group for group in groups}
    held = {each.organization_id: each for each in _groups_of(section)}
    for group_id in held.keys() - wanted.keys():
        db.session.delete(held[group_id])
    for group_id in wanted.keys() - held.keys():
        db.session.add(SectionWorkingGroup(section_id=section.id, organization_id=group_id))
    if held.keys() != wanted.keys():
        log.record("concept.assign_working_groups", section, by=by, fields=["working_groups"])


def _groups_of(section: Section) -> Sequence[SectionWorkingGroup]:
    return db.session.scalars(
        select(SectionWorkingGroup)
        .where(SectionWorkingGroup.section_id == section.id)
        .execution_options(populate_existing=True)
    ).all()


def _all() -> Sequence[WorkingSection]:
    with db.session.no_autoflush:
        return db.session.scalars(
            select(WorkingSection)
            .options(joinedload(WorkingSection.section))
            .order_by(WorkingSection.position, WorkingSection.id)
            .execution_options(populate_existing=True)
        ).all()
