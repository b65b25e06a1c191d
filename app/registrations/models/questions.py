"""What an event asks of whoever registers, and the answers."""

from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Model, PrimaryKey
from app.events.models import Event
from app.registrations.models.registrations import Registration


class QuestionKind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    ONE = "one"  # one of its options
    SEVERAL = "several"  # any of its options
    NUMBER = "number"
    YES_NO = "yes_no"


QUESTION_KIND_LABELS = {
    QuestionKind.TEXT: _("Kurze Antwort"),
    QuestionKind.LONG_TEXT: _("Längere Antwort"),
    QuestionKind.ONE: _("Eine Auswahl"),
    QuestionKind.SEVERAL: _("Mehrere möglich"),
    QuestionKind.NUMBER: _("Zahl"),
    QuestionKind.YES_NO: _("Ja oder nein"),
}
WITH_OPTIONS = frozenset({QuestionKind.ONE, QuestionKind.SEVERAL})


class Question(Model):
    """Asked once per party; with conditions only of who meets one of them.

    `translations`: language to {"label", "help"}; whatever is missing is shown in German.
    """

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("event_id", "position"),)

    id: Mapped[PrimaryKey]
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id))
    position: Mapped[int]
    kind: Mapped[QuestionKind]
    label: Mapped[str] = mapped_column(String(300))
    help: Mapped[str] = mapped_column(String(500), default="")
    is_required: Mapped[bool] = mapped_column(default=False)
    counts_persons: Mapped[bool] = mapped_column(default=True)  # limits count the party's persons, else the party once
    is_sensitive: Mapped[bool] = mapped_column(default=False)  # answers go with the needs, soon after the event
    translations: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON, default=dict)
    is_retired: Mapped[bool] = mapped_column(default=False)  # asked no more; what was answered stays

    event: Mapped[Event] = relationship()
    options: Mapped[list["QuestionOption"]] = relationship(
        back_populates="question", cascade="all, delete-orphan", order_by="QuestionOption.position"
    )
    conditions: Mapped[list["QuestionCondition"]] = relationship(
        back_populates="question", foreign_keys="QuestionCondition.question_id", cascade="all, delete-orphan"
    )


class QuestionOption(Model):
    """`capacity`: how many may choose it, None for any number. Who chose it has a Booking."""

    __tablename__ = "question_option"
    __table_args__ = (
        UniqueConstraint("question_id", "position"),
        CheckConstraint("capacity > 0", name="capacity_positive"),
    )

    id: Mapped[PrimaryKey]
    question_id: Mapped[int] = mapped_column(ForeignKey(Question.id))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(200))
    capacity: Mapped[int | None]
    translations: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)  # language to label

    question: Mapped[Question] = relationship(back_populates="options")


class QuestionCondition(Model):
    """That a question is asked of who chose an option of an earlier one, or said yes to it."""

    __tablename__ = "question_condition"
    __table_args__ = (
        CheckConstraint("(option_id IS NULL) <> (yes_to_id IS NULL)", name="one_answer"),
        CheckConstraint("yes_to_id <> question_id", name="earlier"),
    )

    id: Mapped[PrimaryKey]
    question_id: Mapped[int] = mapped_column(ForeignKey(Question.id), index=True)
    option_id: Mapped[int | None] = mapped_column(ForeignKey(QuestionOption.id))
    yes_to_id: Mapped[int | None] = mapped_column(ForeignKey(Question.id))

    question: Mapped[Question] = relationship(back_populates="conditions", foreign_keys=[question_id])
    option: Mapped[QuestionOption | None] = relationship()
    yes_to: Mapped[Question | None] = relationship(foreign_keys=[yes_to_id])


class Answer(Model):
    """What a party wrote; a number as digits, yes and no as "yes" and "no". Chosen options are bookings."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("registration_id", "question_id"),)

    id: Mapped[PrimaryKey]
    registration_id: Mapped[int] = mapped_column(ForeignKey(Registration.id))
    question_id: Mapped[int] = mapped_column(ForeignKey(Question.id), index=True)
    value: Mapped[str]

    registration: Mapped[Registration] = relationship(back_populates="answers")
    question: Mapped[Question] = relationship()
