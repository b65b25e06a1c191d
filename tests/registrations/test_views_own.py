"""One's own page behind the link: everything that is stored, changed and taken back."""

from base64 import urlsafe_b64encode
from datetime import timedelta

import pytest

from app.db import now
from app.events.models import AttendanceMode, TableChoice
from app.registrations import services
from app.registrations.models import (
    Booking,
    BookingStatus,
    ComesAs,
    Consent,
    ConsentPurpose,
    NeedKind,
    PartyKind,
    QuestionKind,
    RegistrationStatus,
)
from app.registrations.needs import needs_of
from app.registrations.services.submitting import submit
from tests.events.factories import EventFactory, ProgrammeItemFactory, ThemeTableFactory
from tests.registrations.factories import ConsentTextFactory, QuestionFactory, RegistrationFactory

S = RegistrationStatus


def own(registration, below=""):
    return f"/anmeldungen/{services.issue_link(registration)}{below}"


def facts(page):
    return {name.text: value.text.strip() for name, value in zip(page.select("dt"), page.select("dd"), strict=True)}


def filled(client, page):
    """What the form would send as it stands."""
    data = {}
    for field in page.select("form.form-page :is(input, select, textarea)"):
        kind = field.get("type", field.name)
        if kind in {"radio", "checkbox"} and not field.has_attr("checked"):
            continue
        value = field.get("value", field.text.strip())
        if field.name == "select":
            value = next((option["value"] for option in field.select("option[selected]")), "")
        data.setdefault(field["name"], []).append(value)
    return data


@pytest.fixture
def whole():
    """A group that said and chose everything."""
    event = EventFactory(attendance_mode=AttendanceMode.HYBRID, online_capacity=9, asked_needs=list(NeedKind))
    tables = [ThemeTableFactory(event=event, number=number, title=f"Thema {number}") for number in (1, 2)]
    item = ProgrammeItemFactory(event=event, title="Workshop B", is_bookable=True, capacity=9)
    question = QuestionFactory(event=event, label="Was noch?")
    choice = QuestionFactory(event=event, label="Essen wann?", kind=QuestionKind.ONE, options=["früh", "spät"])
    yes = QuestionFactory(event=event, label="Mit dem Rad?", kind=QuestionKind.YES_NO)
    ConsentTextFactory(event=event, text="Fotos?")
    return submit(
        event,
        name="Beispielperson",
        email="person@example.org",
        persons=3,
        agreed=[ConsentPurpose.NEEDS, ConsentPurpose.PHOTOS],
        party_kind=PartyKind.DELEGATION,
        organization_name="Beispielchor",
        companions=[services.Companion("Zweite"), services.Companion("", True)],
        tables=tables,
        items=[item],
        options=[choice.options[1]],
        answers={question: "Musik", yes: "no"},
        needs=[{"kind": NeedKind.VEGAN, "language": "", "persons": 2, "ages": [], "note": ""}],
        spoken_languages=["de", "uk"],
        comes_as=ComesAs.MIGRANT,
        is_online=False,
    )


def test_own_page_shows_everything_that_is_stored(client, whole):
    shown = facts(client.page(own(whole)))

    item = shown.pop("Programm")
    assert item.startswith("Workshop B, ")
    assert shown == {
        "Stand": "noch nicht bestätigt",
        "Name": "Beispielperson",
        "E-Mail-Adresse": "person@example.org",
        "Angemeldet": "Für eine Organisation",
        "Organisation": "Beispielchor",
        "Zusammen sind Sie": "3 Personen",
        "Weitere Personen": "Zweite, ohne Namen (Kind)",
        "Sie sind dabei": "vor Ort",
        "Wünsche nach Tisch": "1. Thema 1, 2. Thema 2",
        "Am selben Tisch": "ja",
        "Sprachen": "Deutsch, Ukrainisch",
        "Rolle": "Ich bin zugewandert",
        "Was noch?": "Musik",
        "Mit dem Rad?": "nein",
        "Essen wann?": "spät",
        "Was Sie brauchen": "Essen: vegan, 2 Personen",
    }


def test_change_holds_all_that_was_said_and_sent_as_it_stands_changes_nothing(client, whole):
    before = facts(client.page(own(whole)))
    data = filled(client, client.page(own(whole, "/aenderung")))

    assert client.post(own(whole, "/aenderung"), data=data).status_code == 303

    assert facts(client.page(own(whole))) == before
    assert [consent.withdrawn_at for consent in whole.consents] == [None, None]


def test_change_everything_at_once(client, whole):
    data = filled(client, client.page(own(whole, "/aenderung")))
    data |= {"party_kind": "group", "persons": "2", "companions-0-name": "Andere", "companions-1-is_child": []}
    data |= {"attendance": "online", "wish_1": data["wish_2"], "wish_2": "", "items": [], "comes_as": ""}
    data |= {"needs-vegan": "", "consent_photos": []}
    data |= {name: "Tanz" for name, value in data.items() if value == ["Musik"]}

    client.post(own(whole, "/aenderung"), data=data)

    shown = facts(client.page(own(whole)))
    assert {name: shown.get(name) for name in ("Weitere Personen", "Sie sind dabei", "Wünsche nach Tisch")} == {
        "Weitere Personen": "Andere",
        "Sie sind dabei": "online",
        "Wünsche nach Tisch": "1. Thema 2",
    }
    assert [name in shown for name in ("Organisation", "Programm", "Rolle", "Was Sie brauchen")] == [False] * 4
    assert shown["Was noch?"] == "Tanz"
    assert [consent.withdrawn_at is None for consent in whole.consents] == [False, False]


def test_change_keeps_a_consent_that_is_not_asked_any_more(client):
    text = ConsentTextFactory(retired_at=now())
    registration = RegistrationFactory(event=text.event, consents=[Consent(text=text)])

    client.post(own(registration, "/aenderung"), data={"persons": "1"})

    assert registration.consents[0].withdrawn_at is None


def test_own_page_says_at_which_place_a_choice_waits(client):
    event = EventFactory(table_choice=TableChoice.CHOOSE)
    table = ThemeTableFactory(event=event, number=4, title="Wohnen", capacity=1)
    RegistrationFactory(event=event, bookings=[Booking(table=table, status=BookingStatus.BOOKED)])
    RegistrationFactory(event=event, bookings=[Booking(table=table, status=BookingStatus.WAITING)])
    second = RegistrationFactory(event=event, bookings=[Booking(table=table, status=BookingStatus.WAITING)])
    RegistrationFactory(event=event, bookings=[Booking(table=table, status=BookingStatus.WAITING)])

    assert facts(client.page(own(second)))["Tisch"] == "Tisch 4: Wohnen: auf der Warteliste, Platz 2"


def test_withdrawing_the_consent_to_needs_deletes_them_at_once(client, whole):
    page = client.page(own(whole, "/einwilligungen"))
    assert [heading.text for heading in page.select("h2")] == ["Angaben zum Bedarf", "Fotos"]
    assert [field["value"] for field in page.select("input[name=zweck]")] == ["bedarf", "fotos"]

    answer = client.post(own(whole, "/einwilligungen"), data={"zweck": "bedarf"})

    assert (answer.status_code, answer.location) == (303, "einwilligungen")
    assert needs_of(whole) == []
    assert [consent.withdrawn_at is None for consent in whole.consents] == [False, True]
    assert len(client.page(own(whole, "/einwilligungen")).select("input[name=zweck]")) == 1
    assert client.post(own(whole, "/einwilligungen"), data={"zweck": "anderes"}).status_code == 404


def test_after_the_time_for_changes_the_page_says_whom_to_ask(client):
    event = EventFactory(changes_until=now() - timedelta(hours=1), contact="Frau Beispiel, 07531 1")
    registration = RegistrationFactory(event=event)

    page = client.page(own(registration))

    assert "Frau Beispiel, 07531 1" in page.select(".notice")[1].text
    links = [link.text for link in page.select("aside a")]
    assert set(links) & {"Angaben ändern", "Absagen"} == set()
    refused = client.page(own(registration, "/aenderung"), 409, "POST", data={"persons": "1"})
    assert "Ändern und absagen ging bis" in refused.select_one(".lead").text
    assert registration.status is S.CONFIRMED


def test_own_page_without_the_key_shows_the_rest(client, whole, app, monkeypatch):
    address = own(whole)
    monkeypatch.setitem(app.config, "ENCRYPTION_KEY", urlsafe_b64encode(b"n" * 32).decode())

    shown = facts(client.page(address))

    assert (shown["Name"], shown["Was Sie brauchen"]) == (
        "Beispielperson",
        "Das können wir gerade nicht lesen. Bitte rufen Sie uns an.",
    )
