"""Condensations: a wording drawn from passages of several proposals; and what was decided on them."""

from enum import StrEnum
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.concept.models import Goal, GoodPractice, Measure, MunicipalIdea, Section
from app.council.models import Meeting
from app.db import Model, PrimaryKey, Timestamp, now
from app.process_date import ProcessDate, ProcessDateColumn
from app.structures.models import Organization
from app.texts.models import Text, TextVersion

if TYPE_CHECKING:
    from app.proposals.models.condensing import Ending, Objection
    from app.proposals.models.referrals import Forwarding, ObjectionReply


class Passage(Model):
    """Characters of a statement that a decision is about; it points and copies nothing. Append-only."""

    __tablename__ = "passage"
    __table_args__ = (
        UniqueConstraint("version_id", "start", "stop"),
        CheckConstraint("0 <= start AND start < stop", name="range"),
    )

    id: Mapped[PrimaryKey]
    version_id: Mapped[int] = mapped_column(ForeignKey(TextVersion.id))
    start: Mapped[int]
    stop: Mapped[int]

    version: Mapped[TextVersion] = relationship()

    @property
    def quote(self) -> str:
        return self.version.quote(self.start, self.stop)


class Condensation(Model):
    """One wording for what several said. Its versions lie in `text`; the thread links lead from the passages to it."""

    __tablename__ = "condensation"

    id: Mapped[PrimaryKey]
    section_id: Mapped[int | None] = mapped_column(ForeignKey(Section.id), index=True)
    text_id: Mapped[int] = mapped_column(ForeignKey(Text.id), unique=True)
    made_at: Mapped[Timestamp] = mapped_column(default=now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))
    is_example: Mapped[bool] = mapped_column(default=False)

    section: Mapped[Section | None] = relationship()
    text: Mapped[Text] = relationship()
    decisions: Mapped[list["Decision"]] = relationship(back_populates="condensation", order_by="Decision.id")
    ending: Mapped["Ending | None"] = relationship(back_populates="condensation")
    objections: Mapped[list["Objection"]] = relationship(back_populates="condensation", order_by="Objection.id")

    @property
    def is_standing(self) -> bool:
        """Neither dissolved nor split."""
        return self.ending is None

    @property
    def decision(self) -> "Decision | None":
        """What holds: the last one released."""
        released = [decision for decision in self.decisions if decision.is_released]
        return released[-1] if released else None


class DecisionOutcome(StrEnum):
    """Every outcome carries a public answer."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    ALREADY_DONE = "already_done"
    FORWARDED = "forwarded"
    DEFERRED = "deferred"
    REJECTED = "rejected"


OUTCOME_LABELS = {
    DecisionOutcome.ACCEPTED: _("angenommen"),
    DecisionOutcome.PARTLY: _("teilweise angenommen"),
    DecisionOutcome.ALREADY_DONE: _("bereits umgesetzt"),
    DecisionOutcome.FORWARDED: _("weitergeleitet"),
    DecisionOutcome.DEFERRED: _("zurückgestellt"),
    DecisionOutcome.REJECTED: _("abgelehnt"),
}


Result = Goal | Measure | MunicipalIdea | GoodPractice
RESULTS: dict[type[Result], str] = {
    Goal: "goal",
    Measure: "measure",
    MunicipalIdea: "idea",
    GoodPractice: "practice",
}  # the column that says what it became


class Decision(Model):
    """What was decided on a condensation or directly on a passage, with its answer. Append-only but for its release.

    Who wrote it and who releases it are two columns; the public sees it once it is released.
    """

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("(condensation_id IS NULL) <> (passage_id IS NULL)", name="one_subject"),
        CheckConstraint("goal_id IS NULL OR measure_id IS NULL", name="one_result"),
        CheckConstraint("idea_id IS NULL OR (goal_id IS NULL AND measure_id IS NULL)", name="one_result_idea"),
        CheckConstraint(
            "practice_id IS NULL OR (goal_id IS NULL AND measure_id IS NULL AND idea_id IS NULL)",
            name="one_result_practice",
        ),
    )

    id: Mapped[PrimaryKey]
    condensation_id: Mapped[int | None] = mapped_column(ForeignKey(Condensation.id), index=True)
    passage_id: Mapped[int | None] = mapped_column(ForeignKey(Passage.id), index=True)
    version_id: Mapped[int | None] = mapped_column(ForeignKey(TextVersion.id))  # the wording of the condensation
    outcome: Mapped[DecisionOutcome]
    answer_id: Mapped[int] = mapped_column(ForeignKey(Text.id))
    decided: Mapped[ProcessDate] = mapped_column(ProcessDateColumn)
    organization_id: Mapped[int | None] = mapped_column(ForeignKey(Organization.id))  # the body that decided
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey(Meeting.id))
    forwarded_to: Mapped[str] = mapped_column(String(200), default="")
    goal_id: Mapped[int | None] = mapped_column(ForeignKey(Goal.id), index=True)  # what it became
    measure_id: Mapped[int | None] = mapped_column(ForeignKey(Measure.id), index=True)
    idea_id: Mapped[int | None] = mapped_column(ForeignKey(MunicipalIdea.id), index=True)
    practice_id: Mapped[int | None] = mapped_column(ForeignKey(GoodPractice.id), index=True)
    made_at: Mapped[Timestamp] = mapped_column(default=now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))
    released_at: Mapped[Timestamp | None]
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"))

    condensation: Mapped[Condensation | None] = relationship(back_populates="decisions")
    passage: Mapped[Passage | None] = relationship()
    answer: Mapped[Text] = relationship()
    organization: Mapped[Organization | None] = relationship()
    meeting: Mapped[Meeting | None] = relationship()
    goal: Mapped[Goal | None] = relationship()
    measure: Mapped[Measure | None] = relationship()
    idea: Mapped[MunicipalIdea | None] = relationship()
    practice: Mapped[GoodPractice | None] = relationship()
    forwarding: Mapped["Forwarding | None"] = relationship(back_populates="decision")
    objection_reply: Mapped["ObjectionReply | None"] = relationship(back_populates="decision")

    @property
    def is_released(self) -> bool:
        return self.released_at is not None

    @property
    def result(self) -> Result | None:
        """What it became in the concept."""
        return self.goal or self.measure or self.idea or self.practice

    @result.setter
    def result(self, result: Result | None) -> None:
        if result is not None:
            setattr(self, RESULTS[type(result)], result)

    @property
    def wording(self) -> str:
        """What it is about, in words: the condensation as it stands, or the quoted passage."""
        if self.condensation is not None:
            return self.condensation.text.current.content
        assert self.passage is not None, "a decision has one subject (ck_decision_one_subject)"
        return self.passage.quote

    @property
    def text_id(self) -> int:
        """What it is about: the text of the condensation, or the one the passage stands in."""
        if self.condensation is not None:
            return self.condensation.text_id
        assert self.passage is not None, "a decision has one subject (ck_decision_one_subject)"
        return self.passage.version.text_id
