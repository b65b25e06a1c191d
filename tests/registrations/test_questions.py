import pytest

from app.db import db
from app.registrations.errors import (
    CapacityTaken,
    ConditionTooLate,
    OptionChosen,
    OptionsMissing,
    QuestionAnswered,
    QuestionNeeded,
)
from app.registrations.models import Answer, Booking, BookingStatus, Question, QuestionCondition, QuestionKind
from app.registrations.questionnaire import questions_of
from app.registrations.services import confirm, questions, register
from app.registrations.services.questions import OptionFields
from tests.events.factories import EventFactory
from tests.registrations.factories import QuestionFactory, RegistrationFactory

K = QuestionKind
S = BookingStatus


def labels(event):
    return [question.label for question in questions_of(event.id) if not question.is_retired]


def answer(question, value="ja"):
    registration = RegistrationFactory(event=question.event)
    registration.answers.append(Answer(question=question, value=value))
    db.session.commit()


def choose(option):
    registration = RegistrationFactory(event=option.question.event)
    registration.bookings.append(Booking(option=option, status=BookingStatus.BOOKED))
    db.session.commit()


def register_with(event, option, persons):
    registration = register(event, name="Beispielperson", email="p@example.org", persons=persons, options=[option])
    confirm(registration)
    return registration


def test_add_question_puts_it_last_with_options_and_conditions(organiser):
    event = EventFactory()
    yes = questions.add_question(event, by=organiser, kind=K.YES_NO, label="Kommen Sie mit dem Auto?")
    which = questions.add_question(
        event,
        by=organiser,
        kind=K.ONE,
        label="Welcher Parkplatz?",
        options=[OptionFields("Am See", 3), OptionFields("Am Berg")],
        conditions=[yes],
    )
    last = questions.add_question(
        event, by=organiser, kind=K.TEXT, label="Kennzeichen", conditions=[which.options[0], yes]
    )

    assert labels(event) == ["Kommen Sie mit dem Auto?", "Welcher Parkplatz?", "Kennzeichen"]
    assert [(option.label, option.capacity) for option in which.options] == [("Am See", 3), ("Am Berg", None)]
    assert {(each.option, each.yes_to) for each in last.conditions} == {(which.options[0], None), (None, yes)}


def test_add_question_refuses_a_choice_without_options_and_a_condition_on_a_later_question(organiser):
    event = EventFactory()
    later, foreign = QuestionFactory(event=event, position=9, kind=K.YES_NO), QuestionFactory(kind=K.YES_NO)
    first = QuestionFactory(event=event, position=1)

    with pytest.raises(OptionsMissing):
        questions.add_question(event, by=organiser, kind=K.ONE, label="Was?", options=[OptionFields("Eines")])
    for other in (later, foreign):
        with pytest.raises(ConditionTooLate):
            questions.change_question(first, by=organiser, conditions=[other])
    assert labels(event) == [first.label, later.label]


def test_change_question_keeps_options_that_stay_and_removes_what_nobody_chose(organiser):
    question = QuestionFactory(kind=K.SEVERAL, options=["A", "B", "C"])
    first, _second, third = question.options
    choose(third)

    questions.change_question(
        question,
        by=organiser,
        options=[OptionFields("C neu", 5, third.id), OptionFields("A", None, first.id), OptionFields("D")],
    )
    assert [(option.label, option.capacity) for option in question.options] == [("C neu", 5), ("A", None), ("D", None)]
    assert [option.position for option in question.options] == [1, 2, 3]
    assert question.options[0].id == third.id

    with pytest.raises(OptionChosen):
        questions.change_question(question, by=organiser, options=[OptionFields("A"), OptionFields("D")])
    with pytest.raises(QuestionAnswered):
        questions.change_question(question, by=organiser, kind=K.TEXT)


def test_change_question_never_leaves_fewer_places_than_are_taken_and_promotes_who_waits(organiser):
    question = QuestionFactory(kind=K.ONE, options=[("Bus", 2), ("Bahn", None)])
    bus, train = question.options
    first = register_with(question.event, bus, persons=2)
    second = register_with(question.event, bus, persons=1)
    assert [registration.bookings[0].status for registration in (first, second)] == [S.BOOKED, S.WAITING]

    with pytest.raises(CapacityTaken):
        questions.change_question(
            question, by=organiser, options=[OptionFields("Bus", 1, bus.id), OptionFields("Bahn", None, train.id)]
        )
    assert bus.capacity == 2
    questions.change_question(
        question, by=organiser, options=[OptionFields("Bus", 3, bus.id), OptionFields("Bahn", None, train.id)]
    )
    assert [registration.bookings[0].status for registration in (first, second)] == [S.BOOKED, S.BOOKED]


def test_move_question_swaps_with_its_neighbour_and_keeps_conditions_after_what_they_name(organiser):
    event = EventFactory()
    first, second, third = (
        questions.add_question(event, by=organiser, kind=K.YES_NO, label=label) for label in ("A", "B", "C")
    )
    third.conditions.append(QuestionCondition(yes_to=second))
    db.session.commit()

    questions.move_question(second, by=organiser, is_up=True)
    assert labels(event) == ["B", "A", "C"]
    questions.move_question(second, by=organiser, is_up=True)
    questions.move_question(third, by=organiser, is_up=True)
    assert labels(event) == ["B", "C", "A"]
    with pytest.raises(ConditionTooLate):
        questions.move_question(third, by=organiser, is_up=True)
    with pytest.raises(ConditionTooLate):
        questions.move_question(second, by=organiser, is_up=False)
    questions.move_question(first, by=organiser, is_up=False)
    assert labels(event) == ["B", "C", "A"]


def test_remove_question_deletes_it_only_when_nobody_answered(organiser):
    event = EventFactory()
    silent, written = QuestionFactory(event=event, label="still"), QuestionFactory(event=event, label="beantwortet")
    chosen = QuestionFactory(event=event, kind=K.ONE, label="gewählt", options=["A", "B"])
    answer(written)
    choose(chosen.options[0])

    assert [questions.remove_question(each, by=organiser) for each in (silent, written, chosen)] == [True, False, False]
    assert labels(event) == []
    assert [question.label for question in questions_of(event.id)] == ["beantwortet", "gewählt"]
    assert [each.value for each in db.session.query(Answer)] == ["ja"]

    questions.ask_again(written, by=organiser)
    assert labels(event) == ["beantwortet"]
    assert written.position > chosen.position


def test_remove_question_is_refused_while_another_depends_on_it(organiser):
    event = EventFactory()
    first = QuestionFactory(event=event, kind=K.ONE, options=["A", "B"])
    second = QuestionFactory(event=event)
    second.conditions.append(QuestionCondition(option=first.options[0]))
    db.session.commit()

    with pytest.raises(QuestionNeeded):
        questions.remove_question(first, by=organiser)
    questions.remove_question(second, by=organiser)
    assert questions.remove_question(first, by=organiser)


def test_translate_question_keeps_other_languages_and_forgets_what_is_emptied(organiser):
    question = QuestionFactory(kind=K.ONE, options=["Ja", "Nein"])
    yes, no = question.options
    questions.translate_question(
        question, "uk", by=organiser, label="Питання", hint="Чому", options={yes.id: "Так", no.id: ""}
    )
    questions.translate_question(question, "ar", by=organiser, label="سؤال", options={yes.id: "نعم"})
    assert question.translations == {"uk": {"label": "Питання", "help": "Чому"}, "ar": {"label": "سؤال"}}
    assert (yes.translations, no.translations) == ({"uk": "Так", "ar": "نعم"}, {})

    questions.translate_question(question, "uk", by=organiser, label="", options={})
    assert question.translations == {"ar": {"label": "سؤال"}}


def test_copy_questions_takes_words_limits_and_conditions_and_leaves_answers(organiser):
    source, target = EventFactory(), EventFactory()
    QuestionFactory(event=target, position=1, label="schon da")
    first = questions.add_question(
        source, by=organiser, kind=K.ONE, label="Erste", options=[OptionFields("A", 2), OptionFields("B")]
    )
    yes = questions.add_question(source, by=organiser, kind=K.YES_NO, label="Zweite", is_required=True)
    questions.add_question(source, by=organiser, kind=K.TEXT, label="Dritte", conditions=[first.options[0], yes])
    questions.translate_question(first, "uk", by=organiser, label="Перше", options={})
    QuestionFactory(event=source, label="nicht mehr gefragt", is_retired=True)
    choose(first.options[0])

    copies = questions.copy_questions(source, target, by=organiser)

    assert labels(target) == ["schon da", "Erste", "Zweite", "Dritte"]
    assert [(option.label, option.capacity) for option in copies[0].options] == [("A", 2), ("B", None)]
    assert copies[0].translations == {"uk": {"label": "Перше"}}
    assert copies[1].is_required
    assert {(each.option, each.yes_to) for each in copies[2].conditions} == {
        (copies[0].options[0], None),
        (None, copies[1]),
    }
    assert db.session.query(Booking).count() == 1
    assert labels(source) == ["Erste", "Zweite", "Dritte"]


def test_take_over_adds_a_ready_made_question(organiser):
    event = EventFactory()

    question = questions.take_over(event, "gehoert", by=organiser)

    assert (question.kind, question.label, len(question.options)) == (
        K.ONE,
        "Wie sind Sie auf uns aufmerksam geworden?",
        6,
    )
    assert db.session.query(Question).count() == 1
