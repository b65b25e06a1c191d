"""Make the survey of an event: its questions, how long it is open, who may answer."""

from typing import TypedDict, Unpack

from app.accounts.models import Account
from app.audit import log
from app.db import db, lock, transactional
from app.evaluation import queries
from app.evaluation.errors import NotAChoice, SurveyHasAnswers
from app.evaluation.models import Survey, SurveyQuestion, SurveyQuestionKind
from app.evaluation.ready_made import ready_made_questions
from app.events.models import Event


class SurveyFields(TypedDict, total=False):
    introduction: str
    days_open: int
    has_open_link: bool
    publishes_results: bool


class QuestionFields(TypedDict, total=False):
    kind: SurveyQuestionKind
    label: str
    options: list[str]
    position: int


@transactional
def create_survey(event: Event, *, by: Account | None, **fields: Unpack[SurveyFields]) -> Survey:
    """With the ready-made questions; the one that is there already, if there is one."""
    event = lock(event)
    found = queries.survey_of(event.id)
    if found is not None:
        return found
    survey = Survey(event=event, questions=ready_made_questions(), **fields)
    db.session.add(survey)
    log.record("evaluation.create_survey", survey, by=by)
    return survey


@transactional
def change_survey(survey: Survey, *, by: Account | None, **fields: Unpack[SurveyFields]) -> None:
    """How it is introduced, how long it is open, whether it has an open link, whether everyone reads the results."""
    survey = lock(survey)
    for name, value in fields.items():
        setattr(survey, name, value)
    log.record("evaluation.change_survey", survey, by=by, fields=list(fields))


@transactional
def add_question(survey: Survey, *, by: Account | None, **fields: Unpack[QuestionFields]) -> SurveyQuestion:
    """At the end, unless a position is given. Raises SurveyHasAnswers or NotAChoice."""
    survey = _unanswered(survey)
    _check_options(fields)
    fields.setdefault("position", max((each.position for each in survey.questions), default=0) + 1)
    question = SurveyQuestion(survey=survey, **fields)
    db.session.add(question)
    log.record("evaluation.add_question", question, by=by)
    return question


@transactional
def change_question(question: SurveyQuestion, *, by: Account | None, **fields: Unpack[QuestionFields]) -> None:
    """Raises SurveyHasAnswers or NotAChoice."""
    _unanswered(question.survey)
    _check_options(fields)
    for name, value in fields.items():
        setattr(question, name, value)
    log.record("evaluation.change_question", question, by=by, fields=list(fields))


@transactional
def remove_question(question: SurveyQuestion, *, by: Account | None) -> None:
    """Raises SurveyHasAnswers."""
    _unanswered(question.survey)
    log.record("evaluation.remove_question", question, by=by)
    db.session.delete(question)


@transactional
def renew_links(survey: Survey, *, by: Account | None) -> None:
    """End the open link and every ticket that is out; new ones take their place."""
    survey = lock(survey)
    survey.link_generation += 1
    log.record("evaluation.renew_links", survey, by=by, fields=["link_generation"])


def _unanswered(survey: Survey) -> Survey:
    survey = lock(survey)
    if queries.count_responses(survey.id):
        raise SurveyHasAnswers
    return survey


def _check_options(fields: QuestionFields) -> None:
    if fields.get("kind") is SurveyQuestionKind.CHOICE and len(fields.get("options", [])) < 2:
        raise NotAChoice
