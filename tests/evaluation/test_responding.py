from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from sqlalchemy import select, text

from app import links
from app.audit.models import AuditEntry
from app.db import db, now
from app.errors import LinkInvalid
from app.evaluation import queries, services
from app.evaluation.errors import AnsweredAlready, NothingAnswered, SurveyClosed, SurveyNotOpenYet
from app.evaluation.models import Survey, SurveyAnswer, SurveyQuestionKind, SurveyResponse, UsedTicket, Way
from app.evaluation.services import responding
from app.events.models import EventStatus
from app.local_time import day_of
from app.privacy import services as privacy
from tests.evaluation.factories import SurveyFactory, SurveyQuestionFactory
from tests.events.factories import EventFactory


def responses():
    return db.session.scalars(select(SurveyResponse)).all()


def test_respond_keeps_answers_and_nothing_else():
    question = SurveyQuestionFactory()
    other = SurveyQuestionFactory(survey=question.survey, kind=SurveyQuestionKind.TEXT)

    services.respond(services.issue_ticket(question.survey), {question: "4", other: "Mehr Pausen"})

    [response] = responses()
    assert (response.way, response.given_on) == (Way.MAIL, day_of(now()))
    assert {answer.question: answer.value for answer in response.answers} == {question: "4", other: "Mehr Pausen"}
    assert db.session.scalars(select(AuditEntry)).all() == []


def test_respond_works_once_with_each_ticket():
    question = SurveyQuestionFactory()
    ticket = services.issue_ticket(question.survey)
    services.respond(ticket, {question: "4"})

    with pytest.raises(AnsweredAlready):
        services.respond(ticket, {question: "5"})
    services.respond(services.issue_ticket(question.survey), {question: "5"})

    assert len(responses()) == 2


def test_respond_works_as_often_as_people_come_by_the_open_link():
    question = SurveyQuestionFactory(survey__has_open_link=True)
    token = services.open_link(question.survey)

    for _time in range(2):
        services.respond(token, {question: "4"})

    assert [response.way for response in responses()] == [Way.OPEN, Way.OPEN]
    assert db.session.scalars(select(UsedTicket)).all() == []


def test_respond_leaves_the_ticket_good_when_nothing_was_answered():
    question = SurveyQuestionFactory()
    ticket = services.issue_ticket(question.survey)

    for answers in ({}, {question: ""}, {SurveyQuestionFactory(): "4"}):
        with pytest.raises(NothingAnswered):
            services.respond(ticket, answers)
    services.respond(ticket, {question: "4"})

    assert len(responses()) == 1


def test_respond_writes_answer_and_ticket_or_neither(monkeypatch):
    question = SurveyQuestionFactory()
    ticket = services.issue_ticket(question.survey)

    def fail():
        raise OSError("the power was cut")

    monkeypatch.setattr(responding, "_random_key", fail)
    with pytest.raises(OSError, match="power"):
        services.respond(ticket, {question: "4"})

    assert (responses(), db.session.scalars(select(UsedTicket)).all()) == ([], [])


def test_a_used_ticket_stays_used_as_long_as_the_survey_is_open():
    question = SurveyQuestionFactory()
    ticket = services.issue_ticket(question.survey)
    services.respond(ticket, {question: "4"})

    with time_machine.travel(now() + timedelta(days=19)):
        privacy.run()
        with pytest.raises(AnsweredAlready):
            services.respond(ticket, {question: "5"})


def test_read_token_refuses_what_was_not_made_for_it():
    survey, other = SurveyFactory(), SurveyFactory(has_open_link=True)
    ticket, open_link = services.issue_ticket(other), services.open_link(other)
    services.renew_links(other, by=None)

    for token in ("", "x", ticket, open_link, services.open_link(survey), links.sign("table-scribe", survey.id, 1)):
        with pytest.raises(LinkInvalid):
            services.read_token(token)


def test_read_token_waits_for_the_end_and_ends_in_time():
    survey = SurveyFactory(event=EventFactory(), days_open=7)
    ticket = services.issue_ticket(survey)
    end = survey.event.ends_at

    for at, error in (
        (end - timedelta(seconds=1), SurveyNotOpenYet),
        (end, None),
        (end + timedelta(days=7, seconds=-1), None),
        (end + timedelta(days=7), SurveyClosed),
    ):
        with time_machine.travel(at, tick=False):
            if error is None:
                assert services.read_token(ticket) == (survey, Way.MAIL)
            else:
                with pytest.raises(error):
                    services.read_token(ticket)


def test_read_token_refuses_a_survey_of_an_event_that_did_not_take_place():
    survey = SurveyFactory()
    survey.event.status = EventStatus.CANCELLED
    db.session.commit()

    with pytest.raises(SurveyClosed):
        services.read_token(services.issue_ticket(survey))


def test_nothing_stored_leads_from_an_answer_to_a_person():
    """No column of the answers names a person, a link, or a time finer than the day; no key says what came first."""
    question = SurveyQuestionFactory()
    tickets = [services.issue_ticket(question.survey) for _person in range(6)]
    for ticket in tickets:
        services.respond(ticket, {question: "4"})

    columns = {column.name for model in (SurveyResponse, SurveyAnswer) for column in model.__table__.columns}
    assert columns == {"key", "survey_id", "given_on", "way", "response_key", "question_id", "value", "is_shown"}
    digests = set(db.session.scalars(select(UsedTicket.digest)))
    stored = {
        value
        for table in ("survey_response", "survey_answer")
        for row in db.session.execute(text(f"SELECT * FROM {table}"))
        for value in row
    }
    assert (len(digests), stored & digests, {ticket in str(stored) for ticket in tickets}) == (6, set(), {False})
    keys = [response.key for response in responses()]
    assert (len(set(keys)), {len(key) for key in keys}) == (6, {32})


def test_ticket_names_the_survey_and_nobody():
    survey = SurveyFactory()

    first, second = services.issue_ticket(survey), services.issue_ticket(survey)

    assert first != second
    assert {links.read("survey-ticket", token) for token in (first, second)} == {(survey.id, survey.link_generation)}


def test_sqlite_keeps_no_order_of_answers(databases):
    if databases.kind != "sqlite":
        pytest.skip("PostgreSQL has no row numbers")

    statement = text(
        "SELECT sql FROM sqlite_master WHERE name IN ('survey_response', 'survey_answer', 'survey_used_ticket')"
    )
    assert ["WITHOUT ROWID" in sql for sql in db.session.scalars(statement)] == [True] * 3


@pytest.mark.no_database
def test_two_who_send_one_ticket_at_once_count_once(own_app, databases):
    app = own_app()
    with app.app_context():
        question = SurveyQuestionFactory()
        token, survey_id, question_id = services.issue_ticket(question.survey), question.survey_id, question.id
    start, refused = Barrier(4), []

    def answer():
        with app.app_context():
            start.wait(timeout=10)
            try:
                services.respond(token, {queries.get_question(question_id): "4"})
            except AnsweredAlready:
                refused.append(True)

    threads = [Thread(target=answer) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with app.app_context():
        assert (queries.count_responses(survey_id), len(refused)) == (1, 3)
        assert db.session.get(Survey, survey_id).link_generation == 1
