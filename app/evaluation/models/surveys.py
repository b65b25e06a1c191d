"""A survey after an event. Nothing in an answer leads to a person: no reference, no time finer than the day."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Model, PrimaryKey, Timestamp, now
from app.events.models import Event

FEWEST_SHOWN = 5  # answers; fewer would show who said what
DAYS_OPEN = 21
SCALE = range(1, 6)


class SurveyQuestionKind(StrEnum):
    SCALE = "scale"  # 1 not at all, 5 fully
    YES_NO = "yes_no"
    CHOICE = "choice"
    TEXT = "text"


QUESTION_KIND_LABELS = {
    SurveyQuestionKind.SCALE: _("Zustimmung von 1 bis 5"),
    SurveyQuestionKind.YES_NO: _("Ja oder nein"),
    SurveyQuestionKind.CHOICE: _("Eine von mehreren Antworten"),
    SurveyQuestionKind.TEXT: _("Eigene Worte"),
}


class Way(StrEnum):
    """How somebody came to the survey: of the open link nobody knows how often one person answered."""

    MAIL = "mail"
    OPEN = "open"


WAY_LABELS = {Way.MAIL: _("über den Link in der Mail"), Way.OPEN: _("über den offenen Link")}


class Survey(Model):
    """Open from the end of the event for `days_open` days. Raising `link_generation` ends the links."""

    __tablename__ = "survey"
    __table_args__ = (CheckConstraint("days_open BETWEEN 1 AND 365", name="days_open_in_range"),)

    id: Mapped[PrimaryKey]
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id), unique=True)
    introduction: Mapped[str] = mapped_column(default="")
    days_open: Mapped[int] = mapped_column(default=DAYS_OPEN)
    has_open_link: Mapped[bool] = mapped_column(default=False)
    publishes_results: Mapped[bool] = mapped_column(default=False)
    link_generation: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[Timestamp] = mapped_column(default=now)

    event: Mapped[Event] = relationship()
    questions: Mapped[list["SurveyQuestion"]] = relationship(
        back_populates="survey", order_by="SurveyQuestion.position", cascade="all, delete-orphan"
    )

    @property
    def closes_at(self) -> datetime:
        return self.event.ends_at + timedelta(days=self.days_open)

    def is_open(self, at: datetime) -> bool:
        return not self.event.is_cancelled and self.event.ends_at <= at < self.closes_at


class SurveyQuestion(Model):
    """Nobody has to answer it."""

    __tablename__ = "survey_question"
    __table_args__ = (CheckConstraint("label <> ''", name="label_given"),)

    id: Mapped[PrimaryKey]
    survey_id: Mapped[int] = mapped_column(ForeignKey(Survey.id), index=True)
    position: Mapped[int]
    kind: Mapped[SurveyQuestionKind]
    label: Mapped[str] = mapped_column(String(300))
    options: Mapped[list[str]] = mapped_column(JSON, default=list)  # of a choice

    survey: Mapped[Survey] = relationship(back_populates="questions")


class SurveyResponse(Model):
    """What one person answered. The key is random, and the table keeps no order in which people answered."""

    __tablename__ = "survey_response"
    __table_args__ = {"sqlite_with_rowid": False}

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey(Survey.id), index=True)
    given_on: Mapped[date]
    way: Mapped[Way]

    answers: Mapped[list["SurveyAnswer"]] = relationship(
        back_populates="response", cascade="all, delete-orphan", order_by="SurveyAnswer.question_id"
    )


class UsedTicket(Model):
    """The digest of a ticket that did its work; no time says when, and nothing who."""

    __tablename__ = "survey_used_ticket"
    __table_args__ = {"sqlite_with_rowid": False}

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey(Survey.id), index=True)


class SurveyAnswer(Model):
    """The answer to one question. `is_shown`: whether organisers let a text be read; None: not looked at yet."""

    __tablename__ = "survey_answer"
    __table_args__ = (
        UniqueConstraint("response_key", "question_id"),
        CheckConstraint("value <> ''", name="value_given"),
        {"sqlite_with_rowid": False},
    )

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    response_key: Mapped[str] = mapped_column(ForeignKey(SurveyResponse.key))
    question_id: Mapped[int] = mapped_column(ForeignKey(SurveyQuestion.id), index=True)
    value: Mapped[str] = mapped_column(String(2000))
    is_shown: Mapped[bool | None]

    response: Mapped[SurveyResponse] = relationship(back_populates="answers")
    question: Mapped[SurveyQuestion] = relationship()
