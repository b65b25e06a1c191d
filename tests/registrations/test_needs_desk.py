"""The pages about needs: for the event's team, in numbers; names only where each look is recorded."""

from base64 import urlsafe_b64encode

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.audit.models import AuditEntry
from app.db import db
from app.events.models import TeamMember
from app.registrations import needs
from app.registrations.models import Consent, NeedKind, Resource
from app.registrations.services import needs as services
from tests.events.factories import EventFactory
from tests.factories import AccountFactory
from tests.registrations.factories import ConsentTextFactory, RegistrationFactory
from tests.registrations.factories_needs import ResourceFactory
from tests.registrations.test_needs import need

K = NeedKind
PAGES = ("", "/fragen", "/namen", "/zahlen", "/zahlen.csv", "/geplant/neu")


@pytest.fixture
def event(organiser):
    event = EventFactory(asked_needs=list(K), title="Beispieldialog")
    db.session.add(TeamMember(event=event, account=organiser))
    db.session.commit()
    return event


@pytest.fixture
def desk(client, organiser, event):
    client.sign_in(organiser)
    return f"/verwaltung/veranstaltungen/{event.id}/bedarf"


@pytest.fixture
def party(event):
    consent_text = ConsentTextFactory(event=event, purpose="needs")

    def make(*what, persons=9, **fields):
        registration = RegistrationFactory(event=event, persons=persons, **fields)
        registration.consents.append(Consent(text=consent_text))
        db.session.commit()
        services.keep(registration, what)
        return registration

    return make


def words(tag):
    return " ".join(tag.text.split())


def test_page_shows_numbers_gaps_and_plans_without_names(desk, client, event, party):
    party(need(K.INTERPRETATION, 3, language="ti"), need(K.CHILDCARE, 2, ages=[6, 3]), name="Frau Beispielname")
    party(need(K.VEGAN, 2), need(K.OTHER, note="Geheime Notiz"), name="Herr Beispielname")
    ResourceFactory(event=event, kind=K.VEGAN, persons=20, who="Beispielküche")

    page = client.page(desk)

    assert [words(gap) for gap in page.select(".gaps li")] == [
        "Dolmetschen Tigrinya: 3 Personen, niemand dolmetscht",
        "Kinderbetreuung: 2 Personen, niemand betreut",
        "Etwas anderes: 1 Person, noch nichts geplant",
    ]
    assert [[words(cell) for cell in row.select("th, td")] for row in page.select("tbody tr")] == [
        ["Dolmetschen Tigrinya", "3", "0", "0", "fehlt"],
        ["Kinderbetreuung", "2", "0", "0", "fehlt"],
        ["Essen: vegan", "2", "20", "20", "reicht"],
        ["Etwas anderes", "1", "0", "0", "fehlt"],
    ]
    assert "Alter der Kinder: 3, 6" in page.text
    assert [word for word in ("Beispielname", "Geheime Notiz") if word in page.text] == []


def test_page_says_what_is_asked_but_not_promised(desk, client, event, party):
    party(need(K.SIGN_LANGUAGE), need(K.WHEELCHAIR, 3))
    ResourceFactory(event=event, kind=K.SIGN_LANGUAGE, is_confirmed=False)
    ResourceFactory(event=event, kind=K.WHEELCHAIR, persons=2)

    assert [words(gap) for gap in client.page(desk).select(".gaps li")] == [
        "Gebärdensprache (DGS): 1 Person, angefragt, aber noch nicht zugesagt",
        "Rollstuhlplatz: 3 Personen, geplant nur für 2",
    ]


def test_page_of_an_event_without_needs_says_what_will_be_here(desk, client):
    page = client.page(desk)

    assert (page.select(".gaps"), "Noch braucht niemand etwas." in page.text) == ([], True)


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.ADMIN, Role.MODERATOR, Role.EDITOR, Role.PARTICIPANT])
@pytest.mark.parametrize("path", PAGES)
def test_nobody_but_the_team_sees_needs(desk, client, party, role, path):
    party(need(K.ASSISTANCE), name="Frau Beispielname")
    client.sign_in(AccountFactory(roles=(role,)))

    page = client.page(f"{desk}{path}", 403)

    assert [word for word in ("Assistenz", "Beispielname") if word in page.text] == []


def test_other_organisers_are_told_whom_to_ask(desk, client, organiser):
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))

    page = client.page(desk, 403)

    assert f"Im Team sind: {organiser.name}." in words(page.main)


def test_only_the_team_is_led_to_the_needs(desk, client, event):
    entry = f"/verwaltung/veranstaltungen/{event.id}/anmeldungen"
    assert [link["href"] for link in client.page(entry).select(".event-desk a") if link.text == "Bedarf"] == [desk]

    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))
    assert [link["href"] for link in client.page(entry).select(".event-desk a") if link.text == "Bedarf"] == []


def test_nobody_else_changes_plans_or_sees_names_by_post(desk, client, event, party):
    resource = ResourceFactory(event=event)
    party(need(K.ASSISTANCE), name="Frau Beispielname")
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))

    for path in ("/fragen", "/namen", "/geplant/neu", f"/geplant/{resource.id}", f"/geplant/{resource.id}/entfernung"):
        assert "Beispielname" not in client.page(f"{desk}{path}", 403, "POST").text
    assert needs.resources_of(event.id) == [resource]


def viewed():
    statement = select(AuditEntry.actor_id).where(AuditEntry.action == "registrations.view_needs")
    return db.session.scalars(statement).all()


def test_names_are_shown_after_asking_and_each_look_is_recorded(desk, client, organiser, party):
    party(need(K.ASSISTANCE), need(K.VEGAN), name="Frau Beispielname", phone="07531 000000")
    party(need(K.HALAL), name="Herr Beispielname")

    asked = client.page(f"{desk}/namen")
    assert ("Beispielname" in asked.text, viewed()) == (False, [])
    shown = client.page(f"{desk}/namen", method="POST")

    assert [[words(cell) for cell in row.select("th, td")] for row in shown.select("tbody tr")] == [
        ["Frau Beispielname", "Assistenz vor Ort, 1 Person", "07531 000000"]
    ]
    client.page(f"{desk}/namen", method="POST")
    assert viewed() == [organiser.id, organiser.id]


def test_numbers_are_exported_without_names(desk, client, party):
    party(need(K.INTERPRETATION, 3, language="ti"), need(K.CHILDCARE, 2, ages=[6, 3]), name="Frau Beispielname")

    response = client.get(f"{desk}/zahlen.csv")

    assert response.text == (
        "\ufeffBedarf;Sprache;Personen;Alter der Kinder\r\nDolmetschen;Tigrinya;3;\r\nKinderbetreuung;;2;3, 6\r\n"
    )
    assert (response.content_type, response.headers["Cache-Control"]) == ("text/csv; charset=utf-8", "no-store")


def test_printed_numbers_name_the_event_and_nobody(desk, client, party):
    party(need(K.HALAL, 4), need(K.CHILDCARE, 2, ages=[6, 3]), name="Frau Beispielname")

    page = client.page(f"{desk}/zahlen")

    assert [[words(cell) for cell in row.select("th, td")] for row in page.select("tbody tr")] == [
        ["Kinderbetreuung (Alter: 3, 6)", "2"],
        ["Essen: halal", "4"],
    ]
    assert ("Beispieldialog" in page.text, "Beispielname" in page.text) == (True, False)


def test_lost_key_is_one_sentence_on_each_page(desk, client, app, party, monkeypatch):
    party(need(K.ASSISTANCE), name="Frau Beispielname")
    monkeypatch.setitem(app.config, "ENCRYPTION_KEY", urlsafe_b64encode(b"n" * 32).decode())

    for path in ("", "/zahlen"):
        notice = words(client.page(f"{desk}{path}").select_one(".notice"))
        assert notice.startswith("Der Schlüssel fehlt. Die Angaben aus 1 Anmeldung lassen sich nicht lesen")
    assert client.get(f"{desk}/zahlen.csv").status_code == 200
    assert "Niemand." in client.page(f"{desk}/namen", method="POST").text
    client.page("/verwaltung")


def test_plan_something_and_change_it(desk, client, event):
    sent = {"kind": "interpretation", "language": "ti", "who": " Beispiel  Dolmetschpool ", "persons": ""}
    assert client.post(f"{desk}/geplant/neu", data=sent).status_code == 303
    [resource] = needs.resources_of(event.id)
    assert (resource.language, resource.who, resource.persons, resource.is_confirmed) == (
        *("ti", "Beispiel Dolmetschpool", None, False),
    )

    form = client.page(f"{desk}/geplant/{resource.id}")
    assert form.select_one("option[value=ti][selected]").text == "Tigrinya"
    sent |= {"kind": "vegan", "persons": "120", "is_confirmed": "y"}
    client.post(f"{desk}/geplant/{resource.id}", data=sent)
    [resource] = needs.resources_of(event.id)
    assert (resource.kind, resource.language, resource.persons, resource.is_confirmed) == (K.VEGAN, "", 120, True)

    client.post(f"{desk}/geplant/{resource.id}/entfernung")
    assert needs.resources_of(event.id) == []


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({}, ["Wählen Sie aus, was geplant ist.", "Schreiben Sie, wer es macht oder gefragt ist."]),
        ({"kind": "interpretation", "who": "Beispiel"}, ["Wählen Sie die Sprache."]),
        (
            {"kind": "vegan", "who": "Beispiel", "persons": "-3"},
            ["Geben Sie eine Zahl von 1 bis 10000 an, oder nichts."],
        ),
        ({"kind": "erfunden", "who": "Beispiel"}, ["Ungültige Auswahl: Konnte nicht umwandeln."]),
    ],
)
def test_plan_refuses_what_makes_no_plan_and_loses_nothing(desk, client, event, sent, errors):
    page = client.page(f"{desk}/geplant/neu", 422, "POST", data=sent)

    assert [words(error).removeprefix("Fehler: ") for error in page.select(".kern-error")] == errors
    assert page.select_one("[name=who]").get("value", "") == sent.get("who", "")
    assert needs.resources_of(event.id) == []


def test_resource_of_another_event_is_not_found(desk, client):
    other = ResourceFactory()

    client.page(f"{desk}/geplant/{other.id}", 404)
    client.page(f"{desk}/geplant/{other.id}/entfernung", 404, "POST")
    assert db.session.get(Resource, other.id) is other


def test_ask_changes_what_people_are_asked(desk, client, event):
    page = client.page(f"{desk}/fragen")
    assert len(page.select("input[name=kinds][checked]")) == len(K)

    assert client.post(f"{desk}/fragen", data={"kinds": ["vegan", "halal"]}).status_code == 303
    assert event.asked_needs == ["vegan", "halal"]
    client.page(f"{desk}/fragen", 422, "POST", data={"kinds": ["erfunden"]})
    assert event.asked_needs == ["vegan", "halal"]


def test_desk_opens_with_the_gaps_of_ones_own_events(client, organiser, event, party):
    party(need(K.INTERPRETATION, 3, language="ti"), need(K.VEGAN))
    client.sign_in(organiser)

    assert "2 Bedarf, der noch fehlt" in [words(item) for item in client.page("/verwaltung").select(".counts li")]
    page = client.page("/verwaltung/bedarf")
    assert [words(gap) for gap in page.select(".gaps li")] == [
        "Dolmetschen Tigrinya: 3 Personen, niemand dolmetscht",
        "Essen: vegan: 1 Person, noch nichts geplant",
    ]
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))
    assert client.page("/verwaltung/bedarf").select(".gaps") == []


@pytest.mark.parametrize("parties", [1, 3])
def test_page_asks_the_database_as_often_for_three_parties_as_for_one(desk, client, party, count_queries, parties):
    for _ in range(parties):
        party(need(K.VEGAN), need(K.INTERPRETATION, language="ti"))

    with count_queries() as statements:
        client.page(desk)

    assert len(statements) == 9, statements
