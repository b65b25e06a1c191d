"""Sections, goals and measures.

They outlive editions and keep their code; order, number and wording belong to the edition. The rows that begin with
`Working` say where things stand in the working edition; a frozen edition has all of it in its document.
"""

from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.concept.icons import SectionIcon
from app.concept.models.vocabularies import LifeSituation, TargetGroup
from app.db import Model, PrimaryKey, Timestamp, now
from app.process_date import ProcessDate, ProcessDateColumn
from app.structures.models import Organization
from app.texts.models import Text, TextVersion

if TYPE_CHECKING:
    from app.concept.models.document import BudgetLine, Indicator
    from app.concept.models.partners import MeasurePartner


class SectionKind(StrEnum):
    FIELD = "field"
    CROSS_CUTTING = "cross_cutting"


SECTION_KIND_LABELS = {SectionKind.FIELD: _("Handlungsfeld"), SectionKind.CROSS_CUTTING: _("Querschnittsthema")}


class Section(Model):
    """A Handlungsfeld or Querschnittsthema. Their order differs between editions (2016: Sprache, Bildung, ...)."""

    __tablename__ = "section"

    id: Mapped[PrimaryKey]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[SectionKind]
    title: Mapped[str] = mapped_column(String(120))
    set_on: Mapped[ProcessDate] = mapped_column(ProcessDateColumn, default=ProcessDate())
    is_planned: Mapped[bool] = mapped_column(default=False)
    focus: Mapped[str] = mapped_column(default="")
    planned_for: Mapped[ProcessDate] = mapped_column(ProcessDateColumn, default=ProcessDate())
    icon: Mapped[SectionIcon] = mapped_column(default=SectionIcon.NONE)

    placement: Mapped["WorkingSection | None"] = relationship(back_populates="section")
    working_groups: Mapped[list["SectionWorkingGroup"]] = relationship(back_populates="section")


class SectionWorkingGroup(Model):
    """Which Arbeitskreis belongs to a field (2016 paper: the fields are found again in the networks)."""

    __tablename__ = "section_working_group"
    __table_args__ = (UniqueConstraint("section_id", "organization_id"),)

    id: Mapped[PrimaryKey]
    section_id: Mapped[int] = mapped_column(ForeignKey(Section.id))
    organization_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)

    section: Mapped[Section] = relationship(back_populates="working_groups")
    organization: Mapped[Organization] = relationship()


class GoalKind(StrEnum):
    OVERALL = "overall"
    SUB = "sub"


GOAL_KIND_LABELS = {GoalKind.OVERALL: _("Oberziel"), GoalKind.SUB: _("Unterziel")}


class Goal(Model):
    __tablename__ = "goal"

    id: Mapped[PrimaryKey]
    code: Mapped[str] = mapped_column(String(12), unique=True)  # Z-017: serial, meaningless, given once
    kind: Mapped[GoalKind]
    text_id: Mapped[int] = mapped_column(ForeignKey(Text.id), unique=True)
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Timestamp] = mapped_column(default=now)

    text: Mapped[Text] = relationship()
    placement: Mapped["WorkingGoal | None"] = relationship(back_populates="goal")


class Duration(StrEnum):
    PROJECT = "project"
    PERMANENT = "permanent"


DURATION_LABELS = {Duration.PROJECT: _("Projekt"), Duration.PERMANENT: _("Daueraufgabe")}


class Priority(StrEnum):
    FOCUS = "focus"
    QUICK_WIN = "quick_win"
    NORMAL = "normal"


PRIORITY_LABELS = {
    Priority.FOCUS: _("Schwerpunkt"),
    Priority.QUICK_WIN: _("schnell umsetzbar"),
    Priority.NORMAL: _("normal"),
}


class Measure(Model):
    """A measure at county level. It may start before the concept is adopted: progress lies in app.monitoring."""

    __tablename__ = "measure"

    id: Mapped[PrimaryKey]
    code: Mapped[str] = mapped_column(String(12), unique=True)  # M-042
    text_id: Mapped[int] = mapped_column(ForeignKey(Text.id), unique=True)
    duration: Mapped[Duration] = mapped_column(default=Duration.PROJECT)
    priority: Mapped[Priority] = mapped_column(default=Priority.NORMAL)
    responsible_id: Mapped[int] = mapped_column(ForeignKey(Organization.id), index=True)
    starts: Mapped[ProcessDate] = mapped_column(ProcessDateColumn, default=ProcessDate())
    ends: Mapped[ProcessDate] = mapped_column(ProcessDateColumn, default=ProcessDate())
    indicator_id: Mapped[int | None] = mapped_column(ForeignKey("indicator.id"), index=True)  # what is to change
    target_from: Mapped[Decimal | None] = mapped_column(Numeric(18, 4))
    target_to: Mapped[Decimal | None] = mapped_column(Numeric(18, 4))
    target_by: Mapped[ProcessDate] = mapped_column(ProcessDateColumn, default=ProcessDate())
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Timestamp] = mapped_column(default=now)

    text: Mapped[Text] = relationship()
    responsible: Mapped[Organization] = relationship()
    indicator: Mapped["Indicator | None"] = relationship()
    partners: Mapped[list["MeasurePartner"]] = relationship(back_populates="measure", order_by="MeasurePartner.id")
    life_situations: Mapped[list["MeasureLifeSituation"]] = relationship(
        back_populates="measure", cascade="all, delete-orphan", order_by="MeasureLifeSituation.life_situation_id"
    )
    target_groups: Mapped[list["MeasureTargetGroup"]] = relationship(
        back_populates="measure", cascade="all, delete-orphan", order_by="MeasureTargetGroup.target_group_id"
    )
    budget: Mapped[list["BudgetLine"]] = relationship(
        back_populates="measure", order_by="BudgetLine.year, BudgetLine.id"
    )
    placement: Mapped["WorkingMeasure | None"] = relationship(back_populates="measure")


class MeasureLifeSituation(Model):
    __tablename__ = "measure_life_situation"
    __table_args__ = (UniqueConstraint("measure_id", "life_situation_id"),)

    id: Mapped[PrimaryKey]
    measure_id: Mapped[int] = mapped_column(ForeignKey(Measure.id))
    life_situation_id: Mapped[int] = mapped_column(ForeignKey(LifeSituation.id), index=True)

    measure: Mapped[Measure] = relationship(back_populates="life_situations")
    life_situation: Mapped[LifeSituation] = relationship()


class MeasureTargetGroup(Model):
    """For whom a measure is: the term that was chosen stays, also when it is merged into another later (2016 paper)."""

    __tablename__ = "measure_target_group"
    __table_args__ = (UniqueConstraint("measure_id", "target_group_id"),)

    id: Mapped[PrimaryKey]
    measure_id: Mapped[int] = mapped_column(ForeignKey(Measure.id))
    target_group_id: Mapped[int] = mapped_column(ForeignKey(TargetGroup.id), index=True)

    measure: Mapped[Measure] = relationship(back_populates="target_groups")
    target_group: Mapped[TargetGroup] = relationship()


class WorkingSection(Model):
    """A section of the working edition, and its place among all of them, whichever kind they are."""

    __tablename__ = "working_section"
    __table_args__ = (CheckConstraint("position > 0", name="position_positive"),)

    id: Mapped[PrimaryKey]
    section_id: Mapped[int] = mapped_column(ForeignKey(Section.id), unique=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))

    section: Mapped[Section] = relationship(back_populates="placement")


class WorkingGoal(Model):
    """A goal of the working edition: in which section, where. Its wording is the current version of its text."""

    __tablename__ = "working_goal"
    __table_args__ = (CheckConstraint("position > 0", name="position_positive"),)

    id: Mapped[PrimaryKey]
    goal_id: Mapped[int] = mapped_column(ForeignKey(Goal.id), unique=True)
    section_id: Mapped[int] = mapped_column(ForeignKey(Section.id), index=True)
    position: Mapped[int]

    goal: Mapped[Goal] = relationship(back_populates="placement")
    section: Mapped[Section] = relationship()


class WorkingMeasure(Model):
    __tablename__ = "working_measure"
    __table_args__ = (CheckConstraint("position > 0", name="position_positive"),)

    id: Mapped[PrimaryKey]
    measure_id: Mapped[int] = mapped_column(ForeignKey(Measure.id), unique=True)
    section_id: Mapped[int] = mapped_column(ForeignKey(Section.id), index=True)
    position: Mapped[int]

    measure: Mapped[Measure] = relationship(back_populates="placement")
    section: Mapped[Section] = relationship()
    goals: Mapped[list["WorkingMeasureGoal"]] = relationship(
        back_populates="placement", cascade="all, delete-orphan", order_by="WorkingMeasureGoal.id"
    )


class WorkingMeasureGoal(Model):
    """That a measure serves an Unterziel; it may serve several."""

    __tablename__ = "working_measure_goal"
    __table_args__ = (UniqueConstraint("working_measure_id", "goal_id"),)

    id: Mapped[PrimaryKey]
    working_measure_id: Mapped[int] = mapped_column(ForeignKey(WorkingMeasure.id))
    goal_id: Mapped[int] = mapped_column(ForeignKey(Goal.id), index=True)

    placement: Mapped[WorkingMeasure] = relationship(back_populates="goals")
    goal: Mapped[Goal] = relationship()


class ChangeKind(StrEnum):
    ADDED = "added"
    REWORDED = "reworded"
    MOVED = "moved"
    AMENDED = "amended"
    BUDGETED = "budgeted"
    DROPPED = "dropped"
    SPLIT = "split"
    MERGED = "merged"
    CARRIED = "carried"  # taken over again from an earlier edition


class CatalogueChange(Model):
    """Why something in the working edition changed, and in which way; append-only, read by comparisons.

    Of a split both what was split and each part has one.
    """

    __tablename__ = "catalogue_change"
    __table_args__ = (CheckConstraint("(goal_id IS NULL) <> (measure_id IS NULL)", name="one_subject"),)

    id: Mapped[PrimaryKey]
    kind: Mapped[ChangeKind]
    goal_id: Mapped[int | None] = mapped_column(ForeignKey(Goal.id), index=True)
    measure_id: Mapped[int | None] = mapped_column(ForeignKey(Measure.id), index=True)
    version_id: Mapped[int | None] = mapped_column(ForeignKey(TextVersion.id))
    reason: Mapped[str] = mapped_column(default="")
    made_at: Mapped[Timestamp] = mapped_column(default=now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))

    goal: Mapped[Goal | None] = relationship()
    measure: Mapped[Measure | None] = relationship()
    version: Mapped[TextVersion | None] = relationship()
    amendments: Mapped[list["CatalogueAmendment"]] = relationship(
        back_populates="change", order_by="CatalogueAmendment.id"
    )


class CatalogueAmendment(Model):
    """What a change made of one fact of a measure; append-only, so that what it was before stays known.

    Values are codes, notations and names of offices or terms as they were called then; never of persons.
    """

    __tablename__ = "catalogue_amendment"

    id: Mapped[PrimaryKey]
    change_id: Mapped[int] = mapped_column(ForeignKey(CatalogueChange.id), index=True)
    field: Mapped[str] = mapped_column(String(24))
    before: Mapped[str]
    after: Mapped[str]

    change: Mapped[CatalogueChange] = relationship(back_populates="amendments")
