"""Reading surveys and what was answered: always as sums, from five answers on."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.db import db
from app.evaluation.models import (
    FEWEST_SHOWN,
    SCALE,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
    SurveyQuestionKind,
    SurveyResponse,
    UsedTicket,
    Way,
)

YES, NO = "yes", "no"
K = SurveyQuestionKind


class Bar(NamedTuple):
    """One answer that could be given, and how many gave it."""

    label: str
    times: int
    share: float  # of all who answered this question, 0 to 1


class QuestionResult(NamedTuple):
    """What was answered to one question; no bars where fewer than five did, or for own words."""

    question: SurveyQuestion
    answered: int
    bars: Sequence[Bar]
    mean: float | None  # of a scale
    texts: Sequence[SurveyAnswer]  # those that organisers let everyone read

    @property
    def is_shown(self) -> bool:
        return self.answered >= FEWEST_SHOWN


def get_survey(survey_id: int) -> Survey | None:
    return _one(Survey.id == survey_id)


def survey_of(event_id: int) -> Survey | None:
    return _one(Survey.event_id == event_id)


def get_question(question_id: int) -> SurveyQuestion | None:
    return db.session.get(SurveyQuestion, question_id, options=[joinedload(SurveyQuestion.survey)])


def get_answer(key: str) -> SurveyAnswer | None:
    return db.session.get(
        SurveyAnswer, key, options=[joinedload(SurveyAnswer.question).joinedload(SurveyQuestion.survey)]
    )


def is_used(digest: str) -> bool:
    return db.session.get(UsedTicket, digest) is not None


def count_responses(survey_id: int) -> int:
    return sum(count_by_way(survey_id).values())


def count_by_way(survey_id: int) -> dict[Way, int]:
    statement = select(SurveyResponse.way, func.count()).where(SurveyResponse.survey_id == survey_id)
    found = {Way(way): times for way, times in db.session.execute(statement.group_by(SurveyResponse.way))}
    return {way: found.get(way, 0) for way in Way}


def results_of(survey: Survey) -> Sequence[QuestionResult]:
    """Question by question; empty while fewer than five have answered."""
    if count_responses(survey.id) < FEWEST_SHOWN:
        return []
    counted = _counted(survey.id)
    texts = _texts(survey.id, is_shown=True)
    return [_result(question, counted[question.id], texts[question.id]) for question in survey.questions]


def texts_to_read(survey: Survey) -> Sequence[SurveyAnswer]:
    """Own words nobody has looked at yet; none while fewer than five have answered."""
    if count_responses(survey.id) < FEWEST_SHOWN:
        return []
    return [answer for answers in _texts(survey.id, is_shown=None).values() for answer in answers]


def labels_of(question: SurveyQuestion) -> dict[str, str]:
    """What can be answered, by the value that is stored."""
    if question.kind is K.SCALE:
        return {str(step): str(step) for step in SCALE}
    if question.kind is K.YES_NO:
        return {YES: str(_("Ja")), NO: str(_("Nein"))}
    return {str(number): label for number, label in enumerate(question.options)}


def _one(condition: object) -> Survey | None:
    statement = select(Survey).where(condition)  # type: ignore[arg-type]
    options = (joinedload(Survey.event), selectinload(Survey.questions))
    return db.session.scalars(statement.options(*options)).one_or_none()


def _counted(survey_id: int) -> dict[int, dict[str, int]]:
    """How often each value was given, by question; own words are not compared."""
    statement = (
        select(SurveyAnswer.question_id, SurveyAnswer.value, func.count())
        .join(SurveyQuestion)
        .where(SurveyQuestion.survey_id == survey_id, SurveyQuestion.kind != K.TEXT)
        .group_by(SurveyAnswer.question_id, SurveyAnswer.value)
    )
    counted: dict[int, dict[str, int]] = defaultdict(dict)
    for question_id, value, count in db.session.execute(statement):
        counted[question_id][value] = count
    return counted


def _texts(survey_id: int, *, is_shown: bool | None) -> dict[int, list[SurveyAnswer]]:
    """By question, in the order of their random keys."""
    statement = (
        select(SurveyAnswer)
        .join(SurveyQuestion)
        .where(
            SurveyQuestion.survey_id == survey_id,
            SurveyQuestion.kind == K.TEXT,
            SurveyAnswer.is_shown.is_(is_shown),
        )
        .options(joinedload(SurveyAnswer.question))
        .order_by(SurveyQuestion.position, SurveyAnswer.key)
    )
    texts: dict[int, list[SurveyAnswer]] = defaultdict(list)
    for answer in db.session.scalars(statement):
        texts[answer.question_id].append(answer)
    return texts


def _result(question: SurveyQuestion, counts: dict[str, int], texts: Sequence[SurveyAnswer]) -> QuestionResult:
    answered = sum(counts.values())
    if answered < FEWEST_SHOWN:
        return QuestionResult(question, answered, [], None, texts)
    bars = [
        Bar(label, counts.get(value, 0), counts.get(value, 0) / answered)
        for value, label in labels_of(question).items()
    ]
    mean = None
    if question.kind is K.SCALE:
        mean = sum(int(value) * count for value, count in counts.items()) / answered
    return QuestionResult(question, answered, bars, mean, texts)
