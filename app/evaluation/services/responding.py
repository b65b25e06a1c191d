"""Answer a survey. Nothing that is stored leads from an answer to a person, nor back.

A ticket names the survey and a random number, nobody: it is made when the mail is sent and kept nowhere. What is kept
of a used one is its digest without a time, so that it works once. No audit entry is written: it would hold
the minute.
"""

import secrets
from collections.abc import Mapping
from hashlib import sha256

from sqlalchemy.exc import IntegrityError

from app import links
from app.accounts.models import Account
from app.audit import log
from app.db import db, lock, now, transactional
from app.errors import LinkInvalid
from app.evaluation import queries
from app.evaluation.errors import AnsweredAlready, NothingAnswered, SurveyClosed, SurveyNotOpenYet
from app.evaluation.models import Survey, SurveyAnswer, SurveyQuestion, SurveyResponse, UsedTicket, Way
from app.local_time import day_of

TICKET, OPEN = "survey-ticket", "survey-open"


def issue_ticket(survey: Survey) -> str:
    """The token in one mail; it works once, and no two are the same."""
    return links.sign_once(TICKET, survey.id, survey.link_generation)


def open_link(survey: Survey) -> str:
    """The token for all who are there, as a QR code at the door."""
    return links.sign(OPEN, survey.id, survey.link_generation)


def read_token(token: str) -> tuple[Survey, Way]:
    """The survey, if it can be answered now. Raises LinkInvalid, AnsweredAlready, SurveyNotOpenYet or SurveyClosed."""
    try:
        ticket, way = links.read(TICKET, token), Way.MAIL
    except LinkInvalid:
        ticket, way = links.read(OPEN, token), Way.OPEN
    survey = queries.get_survey(ticket.row_id)
    if survey is None or survey.link_generation != ticket.generation or (way is Way.OPEN and not survey.has_open_link):
        raise LinkInvalid
    if queries.is_used(_digest(token)):
        raise AnsweredAlready
    _check_open(survey)
    return survey, way


@transactional
def respond(token: str, answers: Mapping[SurveyQuestion, str]) -> None:
    """Keep what somebody answered, and that the ticket was used: both or neither.

    Raises what `read_token` raises, or NothingAnswered.
    """
    survey, way = read_token(token)
    given = {question: value for question, value in answers.items() if value and question.survey_id == survey.id}
    if not given:
        raise NothingAnswered
    if way is Way.MAIL:
        _use(token, survey)
    response = SurveyResponse(key=_random_key(), survey_id=survey.id, given_on=day_of(now()), way=way)
    response.answers = [
        SurveyAnswer(key=_random_key(), question=question, value=value) for question, value in given.items()
    ]
    db.session.add(response)


@transactional
def moderate(answer: SurveyAnswer, *, is_shown: bool, by: Account | None) -> None:
    """Whether a text may be read by those who read the results."""
    survey = lock(answer.question.survey)
    answer.is_shown = is_shown
    log.record("evaluation.moderate", survey, by=by, fields=["is_shown"])


def _check_open(survey: Survey) -> None:
    at = now()
    if not survey.is_open(at):
        raise SurveyNotOpenYet if at < survey.event.ends_at else SurveyClosed


def _use(token: str, survey: Survey) -> None:
    """Raise AnsweredAlready when it has worked before, also when two use it at the same moment."""
    db.session.add(UsedTicket(digest=_digest(token), survey_id=survey.id))
    try:
        db.session.flush()
    except IntegrityError as error:
        raise AnsweredAlready from error


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _random_key() -> str:
    return secrets.token_hex(16)
