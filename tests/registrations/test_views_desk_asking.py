import csv
import io

import pytest

from app.accounts.models import Role
from app.db import db
from app.registrations.models import Answer, Booking, BookingStatus, Consent, ConsentPurpose, Question, QuestionKind
from app.registrations.questionnaire import codes_of, current_consents, questions_of
from tests.events.factories import EventFactory
from tests.factories import AccountFactory
from tests.registrations.factories import (
    ConsentTextFactory,
    InvitationCodeFactory,
    QuestionFactory,
    RegistrationFactory,
)


@pytest.fixture
def desk(client):
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))
    return client


def address(event, page):
    return f"/verwaltung/veranstaltungen/{event.id}/{page}"


def asked(event):
    return [question for question in questions_of(event.id) if not question.is_retired]


def test_desk_adds_orders_and_removes_questions(desk):
    event = EventFactory()
    page = desk.page(address(event, "fragen"))
    assert page.select_one(".empty-title").text == "Noch keine eigenen Fragen."
    ready = [form["action"] for form in page.select("form.action-form")]
    assert desk.post(ready[0]).status_code == 303

    data = {
        "label": "Welcher Bus?",
        "kind": "one",
        "is_required": "y",
        "options-0-label": "Linie 1",
        "options-0-capacity": "12",
        "options-1-label": "",
        "options-2-label": "Linie 2",
        "conditions": f"option-{asked(event)[0].options[2].id}",
    }
    more = desk.page(address(event, "fragen/neu"), 200, "POST", data=data | {"weitere": "ja"})
    assert [len(more.select(".row")), more.select_one("#options-0-label")["value"]] == [5, "Linie 1"]
    assert len(asked(event)) == 1
    assert desk.post(address(event, "fragen/neu"), data=data).location == address(event, "fragen")
    second = asked(event)[1]
    assert [(option.label, option.capacity) for option in second.options] == [("Linie 1", 12), ("Linie 2", None)]
    assert [each.option.label for each in second.conditions] == ["Einladung per Post oder E-Mail"]

    desk.post(address(event, "fragen/vorlagen/thema"))
    third = asked(event)[2]
    third_id = third.id
    assert desk.post(address(event, f"fragen/{third.id}/hoch")).status_code == 303
    assert [question.label for question in asked(event)][1:] == [third.label, "Welcher Bus?"]
    desk.post(address(event, f"fragen/{third.id}/entfernung"))
    assert db.session.get(Question, third_id) is None
    rows = desk.page(address(event, "fragen")).select("tbody tr")
    assert [row.select_one("th").text.strip() for row in rows] == [
        "Wie sind Sie auf uns aufmerksam geworden?",
        "Welcher Bus?",
    ]


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({"label": " "}, "label", "Schreiben Sie die Frage."),
        ({"label": "x" * 301}, "label", "Eine Frage hat höchstens 300 Zeichen."),
        ({"kind": "frei"}, "kind", "Keine gültige Auswahl."),
        ({"kind": "several", "options-1-label": ""}, "options-0-label", "Geben Sie mindestens zwei Antworten vor."),
        ({"options-1-label": "x" * 201}, "options-1-label", "Eine Antwort hat höchstens 200 Zeichen."),
        ({"options-0-capacity": "-1"}, "options-0-capacity", "Geben Sie eine Zahl von 1 bis 100000 an, oder nichts."),
        ({"conditions": "yes-99999"}, "conditions", "yes-99999"),
    ],
)
def test_desk_says_at_the_field_what_is_wrong_with_a_question(desk, data, field, message):
    event = EventFactory()
    QuestionFactory(event=event, kind=QuestionKind.YES_NO)
    given = {"label": "Was?", "kind": "one", "options-0-label": "A", "options-1-label": "B", "help": "Hilfe"}

    page = desk.page(address(event, "fragen/neu"), 422, "POST", data=given | data)

    assert message in page.select_one(f"#{field}-error").text
    assert page.select_one("#help")["value"] == "Hilfe"
    assert len(asked(event)) == 1


def test_desk_changes_a_question_and_keeps_what_was_answered(desk):
    question = QuestionFactory(label="Alt", help="Wozu")
    RegistrationFactory(event=question.event, answers=[Answer(question=question, value="Antwort")])
    path = address(question.event, f"fragen/{question.id}")
    assert desk.page(path).select_one("#label")["value"] == "Alt"

    refused = desk.page(path, 422, "POST", data={"label": "Neu", "kind": "number"})
    assert "schon beantwortet" in refused.select_one("#kind-error").text
    desk.post(path, data={"label": "Neu", "kind": "text", "help": ""})
    assert (question.label, question.help) == ("Neu", "")

    desk.post(f"{path}/entfernung")
    page = desk.page(address(question.event, "fragen"))
    assert "Was geantwortet wurde, bleibt." in page.select_one(".flashes").text
    [again] = [form["action"] for form in page.select("form.action-form") if "rueckkehr" in form["action"]]
    desk.post(again)
    assert asked(question.event) == [question]


def test_desk_says_when_more_have_chosen_an_option_than_it_would_hold(desk):
    question = QuestionFactory(kind=QuestionKind.ONE, options=[("Bus", 2), "Bahn"])
    bus, train = question.options
    RegistrationFactory(event=question.event, persons=2, bookings=[Booking(option=bus, status=BookingStatus.BOOKED)])
    data = {"label": "Womit?", "help": "", "kind": "one", "counts_persons": "y"}
    data |= {"options-0-option_id": bus.id, "options-0-label": "Bus", "options-0-capacity": "1"}
    data |= {"options-1-option_id": train.id, "options-1-label": "Bahn"}

    page = desk.page(address(question.event, f"fragen/{question.id}"), 422, "POST", data=data)

    assert "So viele Plätze sind schon vergeben." in page.select_one("#options-0-label-error").text
    assert bus.capacity == 2


def test_desk_translates_a_question(desk):
    question = QuestionFactory(kind=QuestionKind.ONE, help="Wozu", options=["Ja", "Nein"])
    path = address(question.event, f"fragen/{question.id}/sprachen/ar")
    assert desk.page(path).select_one("#label")["dir"] == "rtl"

    desk.post(path, data={"label": "سؤال", "help": "", "options-0": "نعم", "options-1": ""})

    assert question.translations == {"ar": {"label": "سؤال"}}
    assert [option.translations for option in question.options] == [{"ar": "نعم"}, {}]
    assert desk.get(address(question.event, f"fragen/{question.id}/sprachen/xx")).status_code == 404


def test_desk_makes_and_revokes_codes_and_lists_them(desk):
    event = EventFactory(is_by_invitation=True)
    InvitationCodeFactory(note="anderswo")
    data = {"count": "2", "persons": "3", "note": "=Kreistag", "last_day": "2030-05-31"}

    assert desk.post(address(event, "einladungen"), data=data).location == address(event, "einladungen")
    page = desk.page(address(event, "einladungen"))
    codes = [each.code for each in codes_of(event.id)]
    assert [cell.text.strip() for cell in page.select("tbody th")] == [code.code for code in codes]
    desk.post(address(event, f"einladungen/{codes[0].id}/widerruf"))
    assert [code.revoked_at is None for code in codes] == [False, True]

    answer = desk.get(address(event, "einladungen/einladungen.csv"))
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert [row[:4] for row in rows[1:]] == [[code.code, "'=Kreistag", "3", "0"] for code in codes]
    assert rows[1][6] == f"http://127.0.0.1:8000/veranstaltungen/{event.id}/anmeldung?code={codes[0].code}"
    other = EventFactory()
    assert desk.post(address(other, f"einladungen/{codes[1].id}/widerruf")).status_code == 404


@pytest.mark.parametrize(
    ("data", "field"), [({"count": "0"}, "count"), ({"count": "501"}, "count"), ({"persons": "-3"}, "persons")]
)
def test_desk_refuses_numbers_of_codes_that_make_no_sense(desk, data, field):
    event = EventFactory()

    page = desk.page(address(event, "einladungen"), 422, "POST", data={"count": "1", "note": "Rat"} | data)

    assert [error["id"] for error in page.select(".kern-error")] == [f"{field}-error"]
    assert page.select_one("#note")["value"] == "Rat"
    assert codes_of(event.id) == []


def test_desk_writes_consents_and_shows_every_version(desk):
    event = EventFactory()
    old = ConsentTextFactory(event=event, text="Erster Wortlaut")
    RegistrationFactory(event=event, consents=[Consent(text=old)])
    ConsentTextFactory(text="Anderswo")

    path = address(event, "einwilligungen/fotos")
    assert desk.page(path).select_one("#text").text.strip() == "Erster Wortlaut"
    assert "Schreiben Sie" in desk.page(path, 422, "POST", data={"text": " "}).select_one("#text-error").text
    desk.post(path, data={"text": "Zweiter Wortlaut"})

    assert current_consents(event.id)[ConsentPurpose.PHOTOS].version == 2
    page = desk.page(address(event, "einwilligungen"))
    assert [each.text.strip().rpartition(": ")[2] for each in page.select("summary")] == [
        "0 haben zugestimmt",
        "1 haben zugestimmt",
    ]
    assert [each.text.strip() for each in page.select("blockquote")][1] == "Zweiter Wortlaut"
    desk.post(address(event, "einwilligungen/fotos/ende"))
    assert current_consents(event.id) == {}
    assert "Danach wird nicht gefragt." in desk.page(address(event, "einwilligungen")).select_one("main").text


@pytest.mark.parametrize("count", [1, 3])
def test_desk_questions_cost_the_same_for_one_and_three(desk, count_queries, count):
    event = EventFactory()
    for _number in range(count):
        question = QuestionFactory(event=event, kind=QuestionKind.ONE, options=["A", "B"])
        RegistrationFactory(event=event, answers=[Answer(question=question, value="Antwort")])

    with count_queries() as statements:
        page = desk.page(address(event, "fragen"))

    assert len(page.select("tbody tr")) == count
    assert len(statements) == 11
