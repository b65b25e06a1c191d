import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.db import db, now
from app.evaluation import queries, services
from app.evaluation.models import SurveyQuestionKind, SurveyResponse
from app.registrations.services.letters import tell
from tests.attendance.arrivals import party_that_came, past_event
from tests.evaluation.factories import SurveyFactory, SurveyQuestionFactory, SurveyResponseFactory
from tests.events.factories import EventReportFactory
from tests.factories import AccountFactory
from tests.registrations.factories import RegistrationFactory

K = SurveyQuestionKind


@pytest.fixture
def organiser(client):
    account = AccountFactory(roles=(Role.ORGANISER,))
    client.sign_in(account)
    return account


def desk(survey, path=""):
    return f"/verwaltung/veranstaltungen/{survey.event_id}/umfrage{path}"


def ticket(survey):
    return f"/umfrage/{services.issue_ticket(survey)}"


def responses():
    return db.session.scalars(select(SurveyResponse)).all()


def complaints(page):
    return [each.text.strip() for each in page.select(".error-summary li")]


@pytest.fixture
def survey():
    """One question of each kind."""
    survey = SurveyFactory()
    SurveyQuestionFactory(survey=survey, position=1, label="Willkommen?")
    SurveyQuestionFactory(survey=survey, position=2, kind=K.CHOICE, label="Dauer?", options=["zu kurz", "zu lang"])
    SurveyQuestionFactory(survey=survey, position=3, kind=K.YES_NO, label="Wieder?")
    SurveyQuestionFactory(survey=survey, position=4, kind=K.TEXT, label="Was war gut?")
    db.session.refresh(survey)
    return survey


def names(survey):
    return [f"question_{question.id}" for question in survey.questions]


def test_survey_is_answered_by_the_link_in_the_mail(client, survey):
    address = ticket(survey)
    page = client.page(address)
    assert [each.text.strip() for each in page.select("legend, form > .field > label.kern-label")] == [
        *("Willkommen?", "Dauer?", "Wieder?", "Was war gut?")
    ]

    answer = client.post(address, data=dict(zip(names(survey), ["5", "1", "yes", "Das Essen"], strict=True)))

    assert (answer.status_code, answer.location) == (303, "/umfrage/danke")
    assert client.page("/umfrage/danke").h1.text == "Danke für Ihre Antworten"
    [response] = responses()
    assert sorted(each.value for each in response.answers) == ["1", "5", "Das Essen", "yes"]
    assert "schon geantwortet" in client.page(address, 409).main.text


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({}, "Beantworten Sie mindestens eine Frage."),
        ({0: "6"}, "Willkommen: Keine gültige Auswahl."),
        ({1: "2"}, "Dauer: Keine gültige Auswahl."),
        ({2: "maybe"}, "Wieder: Keine gültige Auswahl."),
        ({3: "x" * 2001}, "Was war gut: Das ist zu lang: höchstens 2000 Zeichen."),
    ],
)
def test_survey_says_what_is_wrong_and_stays_open(client, survey, given, complaint):
    address = ticket(survey)

    page = client.page(address, 422, "POST", data={names(survey)[number]: value for number, value in given.items()})

    assert (complaints(page), responses()) == ([complaint], [])
    client.page(address)


def test_survey_keeps_what_was_typed_beside_a_wrong_answer(client, survey):
    scale, choice, _yes_no, text = names(survey)

    page = client.page(ticket(survey), 422, "POST", data={scale: "4", choice: "9", text: "Das Essen"})

    assert page.select_one(f"#{text}").text.strip() == "Das Essen"
    assert [each["value"] for each in page.select("input[checked]")] == ["4"]


def test_survey_takes_nothing_from_a_robot(client, survey):
    answer = client.post(ticket(survey), data={names(survey)[0]: "5", "website": "https://example.org"})

    assert (answer.location, responses()) == ("/umfrage/danke", [])


@pytest.mark.parametrize("days", [-1, 30])
def test_survey_says_when_it_cannot_be_answered(client, days):
    page = client.page(ticket(SurveyFactory(event=past_event(days))), 409)

    sentence = "Die Umfrage beginnt nach dem Ende der Veranstaltung." if days < 0 else "Diese Umfrage ist beendet."
    assert sentence in page.main.text


def test_thanks_mail_leads_to_certificates_and_survey(client, mails):
    event = past_event()
    survey = SurveyFactory(event=event)
    question = SurveyQuestionFactory(survey=survey)
    registration = party_that_came(event, email="person@example.org")
    absent = RegistrationFactory(event=event, email="zuhause@example.org")
    for party in (registration, absent):
        tell(party, "thanks")
    db.session.commit()

    [mail] = mails()

    assert mail.to == "person@example.org"
    certificates, asked, event_page = mail.links
    assert event_page == f"http://127.0.0.1:8000/veranstaltungen/{event.id}"
    assert client.page(certificates).h1.text == f"Teilnahmebestätigung: {event.title}"
    html = mail.message.get_body(("html",)).get_content()
    assert [label in html for label in ("Teilnahmebestätigung", "Fragen beantworten", "Zur Veranstaltung")] == [
        True
    ] * 3
    client.post(asked, data={f"question_{question.id}": "5"})
    assert len(responses()) == 1


def test_thanks_mail_is_short_without_check_in_and_survey(mails):
    registration = RegistrationFactory(event=past_event())
    tell(registration, "thanks")
    db.session.commit()

    [mail] = mails()

    assert mail.links == [f"http://127.0.0.1:8000/veranstaltungen/{registration.event_id}"]


def test_desk_makes_a_survey(client, organiser):
    event = past_event()
    client.page(f"/verwaltung/veranstaltungen/{event.id}/umfrage")

    answer = client.post(f"/verwaltung/veranstaltungen/{event.id}/umfrage/anlage")

    survey = queries.survey_of(event.id)
    assert (answer.location, len(survey.questions)) == (desk(survey), 8)
    data = {"days_open": "7", "has_open_link": "y", "introduction": ""}
    assert client.post(desk(survey, "/einstellungen"), data=data).status_code == 303
    page = client.page(desk(survey))
    address = page.select_one(".copy-link a")["href"]
    assert client.page(address).h1.text == f"Wie war es? {event.title}"
    client.post(desk(survey, "/links"))
    client.page(address, 409)


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ({"days_open": ""}, "Wie viele Tage nach dem Ende ist sie offen: Geben Sie eine Zahl an."),
        ({"days_open": "0"}, "Wie viele Tage nach dem Ende ist sie offen: Geben Sie eine Zahl von 1 bis 365 an."),
        ({"days_open": "9" * 20}, "Wie viele Tage nach dem Ende ist sie offen: Geben Sie eine Zahl von 1 bis 365 an."),
    ],
)
def test_desk_says_what_is_wrong_with_the_settings(client, organiser, data, complaint):
    survey = SurveyFactory()

    page = client.page(desk(survey, "/einstellungen"), 422, "POST", data={"introduction": "Hallo", **data})

    assert (complaints(page), page.select_one("#introduction").text.strip()) == ([complaint], "Hallo")


def test_desk_edits_questions(client, organiser):
    survey = SurveyFactory()
    data = {"label": "Welche?", "kind": "choice", "options": "eine\n\nandere", "position": ""}

    page = client.page(desk(survey, "/fragen/neu"), 422, "POST", data={**data, "options": "eine"})
    assert page.select_one("#options-error").text.split(":", 1)[1].strip() == (
        "Eine Auswahl braucht mindestens zwei Antworten, eine je Zeile."
    )
    assert client.post(desk(survey, "/fragen/neu"), data=data).status_code == 303
    [question] = queries.survey_of(survey.event_id).questions
    assert (question.label, question.options) == ("Welche?", ["eine", "andere"])
    address = desk(survey, f"/fragen/{question.id}")
    client.page(address)
    assert client.post(address, data={**data, "label": "Was?", "kind": "text"}).status_code == 303
    assert client.page(address, 422, "POST", data={**data, "label": ""}).select("#label-error")
    client.page(address, 422, "POST", data={**data, "options": "eine"})
    assert client.post(f"{address}/entfernung").status_code == 303
    assert queries.survey_of(survey.event_id).questions == []
    client.page(address, 404)


def test_desk_shows_results_as_picture_and_table(client, organiser, survey):
    scale, choice, yes_no, text = survey.questions
    given = {scale: "5", choice: "0", yes_no: "yes", text: "Das Essen"}
    for _person in range(5):
        SurveyResponseFactory(survey=survey, given=given)

    page = client.page(desk(survey))

    results = page.select(".survey-result")
    assert [result.h3.text for result in results] == ["Willkommen?", "Dauer?", "Wieder?"]
    assert [[label.text for label in result.select("svg text")] for result in results] == [
        ["1", "0", "2", "0", "3", "0", "4", "0", "5", "5"],
        ["A", "5", "B", "0"],
        ["Ja", "5", "Nein", "0"],
    ]
    assert results[1].svg.desc.text == "zu kurz: 5; zu lang: 0"
    cells = [[cell.text.strip() for cell in row.select("th, td")] for row in results[1].select("tbody tr")]
    assert cells == [["A: zu kurz", "5", "100 %"], ["B: zu lang", "0", "0 %"]]
    assert "5 Antworten, im Mittel 5 von 5" in " ".join(results[0].text.split())
    download = client.get(desk(survey, "/ergebnisse.csv"))
    assert (download.mimetype, download.data.decode("utf-8-sig").splitlines()[1]) == (
        "text/csv",
        "Willkommen?;1;0",
    )


def test_desk_reads_texts_before_they_are_shown(client, organiser):
    question = SurveyQuestionFactory(kind=K.TEXT)
    survey = question.survey
    for number in range(5):
        SurveyResponseFactory(survey=survey, given={question: f"Text {number}"})
    waiting = client.page(desk(survey, "/texte")).select(".survey-texts li")
    shown, hidden = (each.select("p")[1].text for each in waiting[:2])
    actions = [form["action"] for form in waiting[0].select("form")]

    assert client.post(actions[0]).status_code == 303
    client.post(waiting[1].select("form")[1]["action"])

    assert len(client.page(desk(survey, "/texte")).select(".survey-texts li")) == 3
    assert [each.text for each in client.page(desk(survey)).select(".survey-texts li")] == [shown]
    assert hidden not in client.page(desk(survey)).text
    client.page(desk(SurveyFactory(), actions[0].partition("/umfrage")[2]), 404, "POST")


def test_documentation_shows_results_only_where_organisers_publish_them(client, survey):
    EventReportFactory(event=survey.event, published_at=now())
    address = f"/veranstaltungen/{survey.event_id}/dokumentation"
    scale, _choice, _yes_no, text = survey.questions
    for _person in range(5):
        SurveyResponseFactory(survey=survey, given={scale: "5", text: "Das Essen"})
    for each in queries.texts_to_read(survey):
        services.moderate(each, is_shown=True, by=None)
    assert client.page(address).select(".survey-result") == []

    services.change_survey(survey, publishes_results=True, by=None)

    page = client.page(address)
    assert [result.h3.text for result in page.select(".survey-result")] == ["Willkommen?", "Dauer?", "Wieder?"]
    assert "Das Essen" not in page.text


def test_desk_knows_no_survey_of_an_event_without_one(client, organiser):
    event = past_event()
    question = SurveyQuestionFactory()

    for path in ("einstellungen", "texte", "ergebnisse.csv", "fragen/neu", f"fragen/{question.id}"):
        client.page(f"/verwaltung/veranstaltungen/{event.id}/umfrage/{path}", 404)
