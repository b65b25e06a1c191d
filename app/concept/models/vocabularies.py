"""Words that are chosen from: Lebenslagen and target groups. What was used stays as it was called then."""

from datetime import date

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.db import Model, PrimaryKey, Timestamp, now
from app.process_date import ProcessDate, ProcessDateColumn


class Chosen:
    """What terms have in common."""

    valid: Mapped[ProcessDate]
    merged_into_id: Mapped[int | None]

    def holds_on(self, day: date) -> bool:
        """Whether it can be chosen that day; without a time it always can."""
        return self.merged_into_id is None and self.valid.covers(day)


class LifeSituation(Chosen, Model):
    """A Lebenslage: children, young people, women, older people (2016 paper)."""

    __tablename__ = "life_situation"

    id: Mapped[PrimaryKey]
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(80))
    valid: Mapped[ProcessDate] = mapped_column(ProcessDateColumn, default=ProcessDate())
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("life_situation.id"))
    source: Mapped[str] = mapped_column(default="")

    merged_into: Mapped["LifeSituation | None"] = relationship(remote_side="LifeSituation.id")


class TargetGroup(Chosen, Model):
    """Who the concept is for: terms have a time and may be merged; old data keep the old term (2016 paper)."""

    __tablename__ = "target_group"

    id: Mapped[PrimaryKey]
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    valid: Mapped[ProcessDate] = mapped_column(ProcessDateColumn, default=ProcessDate())
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("target_group.id"))
    source: Mapped[str] = mapped_column(default="")

    merged_into: Mapped["TargetGroup | None"] = relationship(remote_side="TargetGroup.id")


Term = LifeSituation | TargetGroup
VOCABULARY_LABELS: dict[type[Term], object] = {LifeSituation: _("Lebenslagen"), TargetGroup: _("Zielgruppen")}


class TermChange(Model):
    """What a term was called, when it held and what took it up, from this moment on, and why; append-only."""

    __tablename__ = "term_change"
    __table_args__ = (CheckConstraint("(life_situation_id IS NULL) <> (target_group_id IS NULL)", name="one_term"),)

    id: Mapped[PrimaryKey]
    life_situation_id: Mapped[int | None] = mapped_column(ForeignKey(LifeSituation.id), index=True)
    target_group_id: Mapped[int | None] = mapped_column(ForeignKey(TargetGroup.id), index=True)
    title: Mapped[str] = mapped_column(String(120))
    valid: Mapped[ProcessDate] = mapped_column(ProcessDateColumn)
    merged_into: Mapped[str] = mapped_column(String(120), default="")  # its title
    reason: Mapped[str]
    made_at: Mapped[Timestamp] = mapped_column(default=now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))
