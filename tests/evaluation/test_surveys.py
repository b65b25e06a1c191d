import csv
import io

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.audit.models import AuditEntry
from app.db import db
from app.evaluation import queries, services
from app.evaluation.errors import NotAChoice, SurveyHasAnswers
from app.evaluation.export import csv_of
from app.evaluation.models import Survey, SurveyQuestion, SurveyQuestionKind, Way
from tests.evaluation.factories import SurveyFactory, SurveyQuestionFactory, SurveyResponseFactory
from tests.events.factories import EventFactory
from tests.factories import AccountFactory

K = SurveyQuestionKind


@pytest.fixture
def organiser():
    return AccountFactory(roles=(Role.ORGANISER,))


def answer(survey, times, **given):
    for _person in range(times):
        SurveyResponseFactory(survey=survey, **given)


def bars(result):
    return [(bar.label, bar.times) for bar in result.bars]


def test_create_survey_starts_with_questions_that_are_ready(organiser):
    event = EventFactory()

    survey = services.create_survey(event, by=organiser)

    assert [question.kind for question in survey.questions] == [
        *(K.SCALE, K.SCALE, K.SCALE, K.CHOICE, K.CHOICE, K.YES_NO, K.TEXT, K.TEXT)
    ]
    assert services.create_survey(event, by=organiser) is survey
    assert [entry.action for entry in db.session.scalars(select(AuditEntry))] == ["evaluation.create_survey"]


def test_change_survey_sets_how_it_is_asked():
    survey = SurveyFactory()

    services.change_survey(
        survey, days_open=7, has_open_link=True, publishes_results=True, introduction="Hallo", by=None
    )

    assert (survey.days_open, survey.has_open_link, survey.publishes_results, survey.introduction) == (
        7,
        True,
        True,
        "Hallo",
    )


def test_questions_are_added_changed_and_removed():
    first = SurveyQuestionFactory(position=1)

    added = services.add_question(first.survey, kind=K.CHOICE, label="Welche?", options=["eine", "andere"], by=None)
    services.change_question(first, kind=K.TEXT, label="Wie?", options=[], position=5, by=None)

    db.session.expire_all()
    survey = db.session.get(Survey, first.survey_id)
    assert [(each.position, each.label, each.options) for each in survey.questions] == [
        *((2, "Welche?", ["eine", "andere"]), (5, "Wie?", []))
    ]
    services.remove_question(added, by=None)
    assert db.session.scalars(select(SurveyQuestion.label)).all() == ["Wie?"]


@pytest.mark.parametrize("options", [[], ["nur eine"]])
def test_a_choice_needs_two_answers(options):
    question = SurveyQuestionFactory()

    with pytest.raises(NotAChoice):
        services.add_question(question.survey, kind=K.CHOICE, label="Welche?", options=options, by=None)
    with pytest.raises(NotAChoice):
        services.change_question(question, kind=K.CHOICE, label="Welche?", options=options, by=None)


def test_questions_stay_once_somebody_answered():
    question = SurveyQuestionFactory()
    answer(question.survey, 1, given={question: "4"})

    for act in (
        lambda: services.add_question(question.survey, kind=K.TEXT, label="Noch eine", by=None),
        lambda: services.change_question(question, label="Anders", by=None),
        lambda: services.remove_question(question, by=None),
    ):
        with pytest.raises(SurveyHasAnswers):
            act()
    assert len(db.session.scalars(select(SurveyQuestion)).all()) == 1


def test_results_are_hidden_before_five_have_answered():
    question = SurveyQuestionFactory()
    text = SurveyQuestionFactory(survey=question.survey, kind=K.TEXT)
    answer(question.survey, 4, given={question: "4", text: "Gut"})

    assert (queries.results_of(question.survey), queries.texts_to_read(question.survey)) == ([], [])
    answer(question.survey, 1, given={question: "5"})

    assert [result.answered for result in queries.results_of(question.survey)] == [5, 0]


def test_results_count_each_answer():
    scale = SurveyQuestionFactory(position=1)
    survey = scale.survey
    choice = SurveyQuestionFactory(survey=survey, position=2, kind=K.CHOICE, options=["zu kurz", "zu lang"])
    yes_no = SurveyQuestionFactory(survey=survey, position=3, kind=K.YES_NO)
    answer(survey, 3, given={scale: "5", choice: "1", yes_no: queries.YES})
    answer(survey, 3, given={scale: "2", choice: "0"}, way=Way.OPEN)
    other = SurveyQuestionFactory()
    answer(other.survey, 6, given={other: "1"})

    first, second, third = queries.results_of(survey)

    assert (bars(first), first.mean) == ([("1", 0), ("2", 3), ("3", 0), ("4", 0), ("5", 3)], 3.5)
    assert (bars(second), second.bars[0].share, second.mean) == ([("zu kurz", 3), ("zu lang", 3)], 0.5, None)
    assert (third.is_shown, third.answered, third.bars) == (False, 3, [])
    assert queries.count_by_way(survey.id) == {Way.MAIL: 3, Way.OPEN: 3}


def test_texts_are_shown_once_an_organiser_has_read_them(organiser):
    text = SurveyQuestionFactory(kind=K.TEXT)
    answer(text.survey, 3, given={text: "Danke"})
    answer(text.survey, 2, given={text: "Herr X ist schuld"})
    waiting = queries.texts_to_read(text.survey)
    assert len(waiting) == 5

    for each in waiting:
        services.moderate(each, is_shown=each.value == "Danke", by=organiser)

    [result] = queries.results_of(text.survey)
    assert ([each.value for each in result.texts], queries.texts_to_read(text.survey)) == (["Danke"] * 3, [])
    subjects = {(entry.action, entry.subject_type) for entry in db.session.scalars(select(AuditEntry))}
    assert subjects == {("evaluation.moderate", "survey")}


def test_csv_tells_numbers_and_texts_and_calculates_nothing():
    scale = SurveyQuestionFactory(position=1, label="=SUMME(A1)")
    text = SurveyQuestionFactory(survey=scale.survey, position=2, kind=K.TEXT, label="Was war gut?")
    answer(scale.survey, 5, given={scale: "5", text: "-1+1"})
    for each in queries.texts_to_read(scale.survey)[:1]:
        services.moderate(each, is_shown=True, by=None)

    content = csv_of(queries.results_of(scale.survey))

    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Frage", "Antwort", "Anzahl"]
    assert rows[5:] == [["'=SUMME(A1)", "5", "5"], ["Was war gut?", "'-1+1", "1"]]


@pytest.mark.parametrize("questions", [1, 3])
def test_results_take_as_many_queries_for_one_question_as_for_three(count_queries, questions):
    survey = SurveyFactory()
    for _number in range(questions):
        question = SurveyQuestionFactory(survey=survey)
        answer(survey, 5, given={question: "5"})
    survey_id = survey.id
    db.session.expunge_all()

    with count_queries() as statements:
        queries.results_of(queries.get_survey(survey_id))

    assert len(statements) == 5
