from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.db import db, now
from app.events.models import EventStatus
from app.registrations import services
from app.registrations.models import ComesAs, PartyKind, Registration, RegistrationStatus
from tests.events.factories import EventFactory, ThemeTableFactory
from tests.registrations.factories import RegistrationFactory

S = RegistrationStatus
PERSON = {"name": "Beispielperson", "email": "person@example.org", "persons": "1"}


def path_of(address):
    return address.removeprefix("http://127.0.0.1:8000")


def own(registration, below=""):
    return f"/anmeldungen/{services.issue_link(registration)}{below}"


def registrations():
    return db.session.scalars(select(Registration).order_by(Registration.id)).all()


def test_register_confirm_and_cancel_by_the_link_in_the_mail(client, mails):
    event = EventFactory(title="Bücherei & Café", place="Haus „B“ & Hof", capacity=5)
    form = client.page(f"/veranstaltungen/{event.id}/anmeldung")
    assert form.h1.text == "Anmeldung: Bücherei & Café"

    answer = client.post(f"/veranstaltungen/{event.id}/anmeldung", data=PERSON)
    assert (answer.status_code, answer.location) == (303, f"/veranstaltungen/{event.id}/anmeldung/gesendet")
    [registration] = registrations()
    assert len(client.page(answer.location).select(".steps li")) == 3
    [mail] = mails()
    assert (mail.to, mail.subject) == ("person@example.org", "Bitte bestätigen: Bücherei & Café")
    assert "Haus „B“ & Hof" in mail.text
    [address] = map(path_of, mail.links)
    assert address.endswith("/bestaetigung")

    assert client.page(address).h1.text == "Anmeldung bestätigen"
    assert registration.status is S.HELD
    confirmed = client.post(address)
    assert (confirmed.status_code, confirmed.location) == (303, "bestaetigung")
    assert client.page(address).select_one(".notice strong").text == "Sie haben einen Platz."
    mail = mails()[-1]
    assert mail.subject == "Sie haben einen Platz: Bücherei & Café"
    [address] = map(path_of, mail.links)

    cancel = next(link["href"] for link in client.page(address).select("a") if link.text == "Absagen")
    assert client.page(cancel).h1.text == "Absagen"
    assert registration.status is S.CONFIRMED
    client.post(cancel)
    assert registration.status is S.CANCELLED
    assert client.page(cancel).select_one(".notice strong").text == "Sie sind abgemeldet."
    assert mails()[-1].subject == "Sie sind abgemeldet: Bücherei & Café"


def test_register_answers_a_known_address_as_an_unknown_one(client):
    event = EventFactory()
    address = f"/veranstaltungen/{event.id}/anmeldung"
    with time_machine.travel(now(), tick=False):
        answers = [client.post(address, data=PERSON) for _time in range(2)]
        pages = [client.get(answer.location).text for answer in answers]

    assert answers[0].location == answers[1].location
    assert pages[0] == pages[1]
    assert len(registrations()) == 2


def test_register_keeps_everything_that_was_typed(client):
    event = EventFactory()
    first, second = ThemeTableFactory(event=event), ThemeTableFactory(event=event)
    ThemeTableFactory()
    data = PERSON | {
        "party_kind": "group",
        "persons": "4",
        "companions-0-name": "Zweite   Beispielperson ",
        "companions-1-name": "",
        "companions-2-is_child": "y",
        "wish_1": second.id,
        "wish_2": first.id,
        "spoken_languages": ["uk", "de"],
        "comes_as": "volunteer",
        "wants_updates": "y",
    }

    page = client.page(f"/veranstaltungen/{event.id}/anmeldung")
    assert len(page.select("#wish_1 option")) == 3
    client.post(f"/veranstaltungen/{event.id}/anmeldung", data=data)

    [registration] = registrations()
    assert registration.wants_updates
    assert [(attendee.name, attendee.is_child) for attendee in registration.attendees] == [
        ("Beispielperson", False),
        ("Zweite Beispielperson", False),
        ("", False),
        ("", True),
    ]
    assert [wish.table for wish in registration.wishes] == [second, first]
    assert (registration.party_kind, registration.comes_as, registration.sits_together) == (
        PartyKind.GROUP,
        ComesAs.VOLUNTEER,
        False,
    )
    assert sorted(registration.spoken_languages) == ["de", "uk"]


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({"name": " "}, "name", "Geben Sie Ihren Namen an."),
        ({"name": "Gewinn auf https://example.org"}, "name", "In einem Namen steht keine Web-Adresse."),
        (
            {"email": "jürgen@example.org"},
            "email",
            "Schreiben Sie die E-Mail-Adresse ohne Umlaute und so: name@beispiel.de",
        ),
        ({"email": "person"}, "email", "Schreiben Sie die E-Mail-Adresse ohne Umlaute und so: name@beispiel.de"),
        ({"persons": "viele"}, "persons", "Geben Sie eine Zahl von 1 bis 50 an."),
        ({"persons": "9" * 400}, "persons", "Geben Sie eine Zahl von 1 bis 50 an."),
        ({"persons": "0"}, "persons", "Geben Sie eine Zahl von 1 bis 50 an."),
        ({"persons": "4"}, "persons", "So viele Plätze hat diese Veranstaltung nicht."),
        (
            {"companions-0-name": "A", "companions-1-name": "B"},
            "persons",
            "Unten stehen mehr Personen. Ändern Sie die Zahl, oder leeren Sie eine Zeile.",
        ),
        (
            {"companions-0-name": "x" * 201, "persons": "2"},
            "companions-0-name",
            "Ein Name hat höchstens 200 Zeichen.",
        ),
        ({"wish_1": "999999"}, "wish_1", "Keine gültige Auswahl."),
    ],
)
def test_register_says_at_the_field_what_is_wrong_and_loses_nothing(client, data, field, message):
    event = EventFactory(capacity=3)
    ThemeTableFactory(event=event)
    data = PERSON | {"wants_updates": "y"} | data

    page = client.page(f"/veranstaltungen/{event.id}/anmeldung", 422, "POST", data=data)

    assert " ".join(page.select_one(f"#{field}-error").text.split()) == f"Fehler: {message}"
    assert [error["id"] for error in page.select(".kern-error")] == [f"{field}-error"]
    assert page.select_one("#wants_updates").has_attr("checked")
    assert page.select_one("#persons")["value"] == data["persons"]
    assert registrations() == []


def test_register_lets_robots_believe_it_worked(client):
    event = EventFactory()

    answer = client.post(f"/veranstaltungen/{event.id}/anmeldung", data=PERSON | {"website": "https://example.org"})

    assert answer.location == f"/veranstaltungen/{event.id}/anmeldung/gesendet"
    assert registrations() == []


def test_check_shows_a_summary_and_saves_nothing(client):
    event = EventFactory()
    table = ThemeTableFactory(event=event, title="Wohnen")
    data = PERSON | {"persons": "2", "companions-0-name": "Zweite <Person>", "wish_1": table.id, "sits_together": "y"}
    address = f"/veranstaltungen/{event.id}/anmeldung"

    page = client.page(f"{address}/pruefung", 200, "POST", data=data)

    assert [(name.text, value.text) for name, value in zip(page.select("dt"), page.select("dd"), strict=True)][3:] == [
        ("Ihr Name", "Beispielperson"),
        ("Ihre E-Mail-Adresse", "person@example.org"),
        ("Sie melden an", "Für mich und meine Familie oder Gruppe"),
        ("Zusammen sind Sie", "2 Personen"),
        ("Weitere Personen", "Zweite <Person>"),
        ("Wünsche nach Tisch", "1. Wohnen"),
        ("Am selben Tisch", "ja"),
        ("Sprachen", "keine Angabe"),
        ("Rolle", "keine Angabe"),
        ("Auf dem Laufenden bleiben", "nein"),
    ]
    assert registrations() == []
    sent = {field["name"]: field["value"] for field in page.select("form.confirm input")}
    back = client.page(f"{address}/pruefung", 200, "POST", data=sent | {"aendern": "ja"})
    assert back.select_one("#persons")["value"] == "2"
    client.post(page.select_one("form.confirm")["action"], data=sent)
    assert [attendee.name for attendee in registrations()[0].attendees] == ["Beispielperson", "Zweite <Person>"]
    client.page(f"{address}/pruefung", 422, "POST", data=PERSON | {"name": ""})


def test_full_event_offers_the_waiting_list_and_the_next_date(client, mails):
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event)
    other = EventFactory(title="Anderer Termin")
    EventFactory(status=EventStatus.CANCELLED)

    page = client.page(f"/veranstaltungen/{event.id}/anmeldung")
    assert page.select_one(".notice strong").text == "Alle Plätze sind vergeben."
    assert "Gruppen bleiben zusammen" in page.select_one(".notice").text
    assert [link["href"] for link in page.select(".notice a")] == [f"/veranstaltungen/{other.id}"]

    client.post(f"/veranstaltungen/{event.id}/anmeldung", data=PERSON)
    [mail] = mails()
    assert mail.subject == f"Bitte bestätigen: Warteliste für {event.title}"
    address = path_of(mail.links[0])
    assert "Warteliste" in client.page(address).select_one("main").text
    client.post(address)
    assert client.page(address).select_one(".notice strong").text == "Sie stehen auf der Warteliste, an Stelle 1."
    assert mails()[-1].subject == f"Sie stehen auf der Warteliste: {event.title}"


@pytest.mark.parametrize(
    ("attributes", "sentence"),
    [
        ({"status": EventStatus.CANCELLED}, "Diese Veranstaltung ist abgesagt."),
        (
            {"registration_closes_at": now() - timedelta(hours=1)},
            "Die Anmeldung zu dieser Veranstaltung ist geschlossen.",
        ),
        (
            {
                "starts_at": now() - timedelta(days=2),
                "ends_at": now() - timedelta(days=1),
                "registration_closes_at": now() - timedelta(days=3),
            },
            "Diese Veranstaltung ist schon vorbei.",
        ),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_register_is_refused_with_what_one_can_do_instead(client, method, attributes, sentence):
    event = EventFactory(**attributes)
    other = EventFactory(title="Anderer Termin")

    page = client.page(f"/veranstaltungen/{event.id}/anmeldung", 409, method, data=PERSON)

    assert page.select_one(".lead").text == sentence
    assert [link["href"] for link in page.select(".page-body a")] == [
        f"/veranstaltungen/{other.id}",
        f"/veranstaltungen/{event.id}",
        "/veranstaltungen",
    ]
    assert registrations() == []


def test_register_for_an_event_not_public_is_not_found(client):
    event = EventFactory(status=EventStatus.PLANNED)

    for path in ("", "/gesendet"):
        assert client.get(f"/veranstaltungen/{event.id}/anmeldung{path}").status_code == 404
    assert client.post(f"/veranstaltungen/{event.id}/anmeldung", data=PERSON).status_code == 404
    assert client.post(f"/veranstaltungen/{event.id}/anmeldung/pruefung", data=PERSON).status_code == 404


def test_offer_is_taken_or_declined_by_post(client, mails):
    event = EventFactory(title="Beispiel", capacity=2)
    leaving = RegistrationFactory(event=event, persons=2)
    first, second = RegistrationFactory.create_batch(2, event=event, status=S.WAITING)
    client.post(own(leaving, "/abmeldung"))
    assert sorted(mail.subject for mail in mails()) == [
        "Für Sie ist Platz: Beispiel",
        "Für Sie ist Platz: Beispiel",
        "Sie sind abgemeldet: Beispiel",
    ]

    page = client.page(own(first, "/annahme"))
    assert [form["action"].rpartition("/")[2] for form in page.select("form.confirm")] == ["annahme", "abmeldung"]
    assert first.status is S.OFFERED
    assert client.post(own(first, "/annahme")).location == "annahme"
    assert client.page(own(first, "/annahme")).select_one(".notice strong").text == "Sie haben einen Platz."
    assert client.page(own(second)).select_one(".notice strong").text == "Für Sie ist Platz."
    client.post(own(second, "/abmeldung"))
    assert (first.status, second.status) == (S.CONFIRMED, S.CANCELLED)


def test_offer_nobody_answered_leads_back_in_line(client, mails):
    offered = RegistrationFactory(event=EventFactory(title="Beispiel", capacity=1), status=S.OFFERED)
    with time_machine.travel(now() + timedelta(hours=48)):
        services.expire_due()
        [mail] = mails()
        assert mail.subject == "Das Angebot ist abgelaufen: Beispiel"
        [address] = map(path_of, mail.links)
        client.post(address)

    assert offered.status is S.CONFIRMED


def test_change_names_number_and_table(client):
    event = EventFactory(capacity=3)
    table = ThemeTableFactory(event=event)
    registration = RegistrationFactory(event=event, persons=2)
    RegistrationFactory(event=event)
    address = own(registration, "/aenderung")
    assert client.page(address).select_one("#persons")["value"] == "2"

    full = client.page(address, 422, "POST", data={"party_kind": "group", "persons": "3"})
    assert "So viele Plätze sind nicht frei." in full.select_one("#persons-error").text
    data = {"party_kind": "group", "persons": "2", "companions-0-name": "Neue Person", "wish_1": table.id}
    answer = client.post(address, data=data)

    assert (answer.status_code, answer.location) == (303, "aenderung")
    page = client.page(address)
    assert page.select_one("#companions-0-name")["value"] == "Neue Person"
    assert page.select_one("#wish_1 option[selected]")["value"] == str(table.id)


@pytest.mark.parametrize("below", ["", "/bestaetigung", "/annahme", "/abmeldung", "/aenderung"])
@pytest.mark.parametrize(
    ("attributes", "title"),
    [
        ({"status": S.CANCELLED}, "Sie sind abgemeldet."),
        ({"status": S.EXPIRED, "confirmed_at": None}, "Ihre Anmeldung wurde nicht rechtzeitig bestätigt."),
    ],
)
def test_own_page_shows_what_has_ended(client, below, attributes, title):
    registration = RegistrationFactory(**attributes)

    page = client.page(own(registration, below))

    if (below, registration.status) == ("/bestaetigung", S.EXPIRED):
        assert "Wir sehen nach, ob noch Platz ist" in page.main.text
    else:
        assert page.select_one(".notice strong").text == title


def test_own_page_of_a_cancelled_event_says_so(client):
    registration = RegistrationFactory(event=EventFactory(status=EventStatus.CANCELLED))

    assert client.page(own(registration)).select_one(".notice strong").text == "Abgesagt."


def test_own_page_of_one_not_confirmed_asks_for_it(client):
    registration = RegistrationFactory(status=S.HELD, confirmed_at=None)

    page = client.page(own(registration))

    assert page.select_one(".notice strong").text == "Ihre Anmeldung zählt noch nicht."
    assert page.select_one("a.kern-btn")["href"].rpartition("/")[2] == "bestaetigung"


def test_own_pages_are_kept_by_nobody_and_foreign_links_refused(client):
    registration = RegistrationFactory()
    headers = client.get(own(registration)).headers

    assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("no-store, no-cache", "same-origin")
    assert client.page("/anmeldungen/erfunden", 409).h1.text == "Das geht gerade nicht"
    assert client.post("/anmeldungen/erfunden/abmeldung").status_code == 409
    assert registration.status is S.CONFIRMED
