import json
import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.attendance import queries, services
from app.attendance.models import ArrivalEntry, DoorDevice
from app.attendance.queries.doors import plain
from app.db import db, now
from app.events.models import EventStatus
from app.registrations.models import RegistrationStatus
from app.registrations.services import issue_link
from tests.attendance.factories import DoorDeviceFactory
from tests.events.factories import EventFactory, ThemeTableFactory
from tests.pdfs import failures, text_of
from tests.registrations.factories import RegistrationFactory

CAMERA = "camera=(self), geolocation=(), microphone=()"


@pytest.fixture
def device():
    return DoorDeviceFactory(name="Nord")


@pytest.fixture
def door(device):
    return f"/einlass/{services.link_of(device)}"


def names(page):
    return [row.select_one(".door-name").text for row in page.select(".door-party:not([hidden]) .door-person")]


def after(client, address, data):
    """The page that follows a form."""
    response = client.post(address, data=data)
    assert response.status_code == 303
    return client.page(response.location)


def words(tag):
    return " ".join(tag.text.split())


def test_the_door_shows_names_and_nothing_else(client, device, door):
    registration = RegistrationFactory(
        event=device.event, name="Zoë Beispiel", email="geheim@example.org", phone="0170 1", organization_name="Amt X"
    )
    RegistrationFactory(event=device.event, name="Anna", persons=2)
    RegistrationFactory(event=device.event, name="Wartend", status=RegistrationStatus.WAITING)
    RegistrationFactory(event=device.event, name="Abgemeldet", status=RegistrationStatus.CANCELLED)
    RegistrationFactory(event=device.event, name="Zuhause", is_online=True)
    RegistrationFactory(name="Woanders")

    page = client.page(door)
    listed = client.get(f"{door}/liste.json").json

    assert names(page) == ["Anna", "2. Person mit Anna", "Zoë Beispiel"]
    assert words(page.select_one(".door-count")) == "0 von 3 sind da"
    assert listed["parties"][1] == {
        "id": registration.id,
        "generation": 1,
        "people": [{"id": registration.attendees[0].id, "name": "Zoë Beispiel", "since": "", "entry": ""}],
    }
    for secret in ("geheim@", "0170", "Amt X", "Wartend", "Abgemeldet", "Zuhause", "Woanders"):
        assert secret not in page.text + json.dumps(listed)


def test_only_the_door_may_use_the_camera(client, door):
    assert client.get(door).headers["Permissions-Policy"] == CAMERA
    assert client.get("/").headers["Permissions-Policy"] == CAMERA.replace("(self)", "()")


def test_a_name_is_found_without_its_accents(client, device, door):
    RegistrationFactory(event=device.event, name="Zoë Şahin")
    RegistrationFactory(event=device.event, name="Anna")

    assert names(client.page(f"{door}?suche=SAHIN+zoe")) == ["Zoë Şahin"]
    assert words(client.page(f"{door}?suche=Bernd").select_one("[data-nobody]:not([hidden])")) == (
        "Diesen Namen gibt es auf der Liste nicht."
    )


def test_a_person_is_checked_in_and_the_arrival_undone_without_a_script(client, device, door):
    attendee = RegistrationFactory(event=device.event, name="Anna").attendees[0]

    arrived = after(client, f"{door}/ankuenfte", {"attendee": attendee.id})
    assert (words(arrived.select_one(".door-count")), queries.arrived(device.event_id)) == ("1 von 1 sind da", 1)

    undone = after(client, f"{door}/ruecknahmen", {"attendee": attendee.id})
    assert (words(undone.select_one(".door-count")), queries.arrived(device.event_id)) == ("0 von 1 sind da", 0)


def test_a_family_is_checked_in_with_one_press_but_for_who_is_there(client, device, door):
    family = RegistrationFactory(event=device.event, persons=4)
    client.post(f"{door}/ankuenfte", data={"attendee": family.attendees[1].id})

    page = after(client, f"{door}/ankuenfte", {"party": family.id})

    assert words(page.select_one(".door-count")) == "4 von 4 sind da"
    assert len(db.session.scalars(select(ArrivalEntry)).all()) == 4


def test_a_scanned_ticket_of_one_checks_in_at_once(client, device, door):
    person = RegistrationFactory(event=device.event, name="Anna")

    response = client.post(f"{door}/codes", data={"ticket-code": services.token_of_party(person)})

    assert (response.status_code, queries.arrived(device.event_id)) == (303, 1)


def test_a_scanned_ticket_of_a_family_asks_who_is_there(client, device, door):
    RegistrationFactory(event=device.event, name="Anna")
    family = RegistrationFactory(event=device.event, name="Bert", persons=2)

    code = services.token_of_party(family)
    page = after(client, f"{door}/codes", {"ticket-code": code})

    assert names(page) == ["Bert", "2. Person mit Bert"]
    assert words(page.select_one(f"button[name=party][value='{family.id}']")) == "Alle 2 sind da"
    assert queries.arrived(device.event_id) == 0


def test_a_foreign_ticket_is_refused_at_its_field_and_stays_there(client, door):
    code = services.token_of_party(RegistrationFactory())

    page = client.page(f"{door}/codes", 422, "POST", data={"ticket-code": code})

    assert words(page.select_one("#ticket-code-error")).endswith("Dieses Ticket gilt für eine andere Veranstaltung.")
    assert page.select_one("#ticket-code")["value"] == code


def test_a_guest_is_entered(client, device, door):
    data = {"guest-name": " Gast \n Eins ", "guest-persons": "2"}
    page = after(client, f"{door}/gaeste", data)

    assert names(page) == ["Gast Eins", "2. Person mit Gast Eins"]
    assert words(page.select_one(".door-count")) == "2 von 2 sind da"


@pytest.mark.parametrize(
    ("name", "persons"),
    [("", "1"), ("Gast", "0"), ("Gast", "-1"), ("Gast", "999999999999"), ("G" * 201, "1"), ("Gast", "x")],
)
def test_a_guest_without_name_or_number_is_asked_again_and_nothing_is_lost(client, device, door, name, persons):
    page = client.page(f"{door}/gaeste", 422, "POST", data={"guest-name": name, "guest-persons": persons})

    assert page.select_one("#guest-name").get("value", "") == name
    assert page.select_one("#guest-persons")["value"] == persons
    assert queries.arrived(device.event_id) == 0


def test_a_guest_at_a_full_event_is_refused_in_words(client):
    device = DoorDeviceFactory(event=EventFactory(capacity=1))
    RegistrationFactory(event=device.event)

    data = {"guest-name": "Gast", "guest-persons": "1"}
    page = client.page(f"/einlass/{services.link_of(device)}/gaeste", 422, "POST", data=data)

    assert words(page.select_one("#guest-name-error")).endswith(
        "Gast ist nicht eingetragen. Es ist kein Platz mehr frei. "
        "Über die Grenze hinaus lässt nur das Team der Veranstaltung jemanden ein."
    )


@pytest.mark.parametrize("data", [{}, {"attendee": "x"}, {"attendee": "404404"}, {"party": "404404"}])
@pytest.mark.parametrize("step", ["ankuenfte", "ruecknahmen"])
def test_forged_ids_are_not_found(client, device, door, step, data):
    RegistrationFactory(event=device.event)

    assert client.post(f"{door}/{step}", data=data).status_code == 404


def test_somebody_of_another_event_is_not_found(client, door):
    foreign = RegistrationFactory()

    assert client.post(f"{door}/ankuenfte", data={"attendee": foreign.attendees[0].id}).status_code == 404


def test_a_table_shows_who_sits_there(client, device):
    tables = [ThemeTableFactory(event=device.event) for _ in range(2)]
    RegistrationFactory(event=device.event, name="Hier", table=tables[0])
    RegistrationFactory(event=device.event, name="Dort", table=tables[1])
    at_table = DoorDeviceFactory(event=device.event, table=tables[0])

    page = client.page(f"/einlass/{services.link_of(at_table)}")

    assert names(page) == ["Hier"]
    assert page.select(".door-guest") == []


def sent(client, door, *entries):
    response = client.post(f"{door}/eintraege", json=list(entries))
    return response.status_code, response.json


def test_a_device_sends_later_without_the_token_of_a_form(client, app, device, door):
    attendee = RegistrationFactory(event=device.event).attendees[0]
    entry = {"uuid": str(uuid4()), "kind": "arrived", "at": now().isoformat(), "attendee": attendee.id}
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        first, again = sent(client, door, entry), sent(client, door, entry)
        refused = client.post(f"{door}/ankuenfte", data={"attendee": attendee.id}).status_code
    finally:
        app.config["WTF_CSRF_ENABLED"] = False

    assert first == (200, [{"uuid": entry["uuid"], "result": "recorded", "words": "", "known": False}])
    assert again == (200, [{"uuid": entry["uuid"], "result": "recorded", "words": "", "known": True}])
    assert (refused, queries.arrived(device.event_id)) == (400, 1)


@pytest.mark.parametrize(
    "broken",
    [
        {"kind": "arrived", "attendee": "1"},
        {"kind": "arrived", "attendee": -1},
        {"kind": "arrived", "attendee": 2**40},
        {"kind": "arrived", "attendee": True},
        {"kind": "arrived", "attendee": 1, "at": "gestern"},
        {"kind": "arrived", "attendee": 1, "at": "2026-01-01T10:00:00"},
        {"kind": "undone", "attendee": 1, "undoes": "x"},
        {"kind": "guest", "name": "", "persons": 1},
        {"kind": "guest", "name": "G" * 201, "persons": 1},
        {"kind": "guest", "name": "G\0", "persons": 1},
        {"kind": "guest", "name": "G", "persons": 99},
        {"kind": "guest", "name": "G\ud800", "persons": 1},
        {"kind": "guest", "name": "G\x01", "persons": 1},
        {"kind": "arrived", "attendee": 1, "at": "0001-01-01T00:00:00+14:00"},
        {"kind": "dance"},
        {},
    ],
)
def test_an_unreadable_entry_does_not_hold_up_the_others(client, device, door, broken):
    attendee = RegistrationFactory(event=device.event).attendees[0]
    good = {"uuid": str(uuid4()), "kind": "arrived", "at": now().isoformat(), "attendee": attendee.id}
    bad = {"uuid": str(uuid4()), "at": now().isoformat(), **broken}

    status, receipts = sent(client, door, bad, good)

    assert status == 200
    assert {each["uuid"]: each["result"] for each in receipts} == {bad["uuid"]: "unreadable", good["uuid"]: "recorded"}


@pytest.mark.parametrize("said", [None, {}, "x", [1], [{}] * 201])
def test_what_is_no_list_of_entries_is_refused(client, door, said):
    assert client.post(f"{door}/eintraege", json=said).status_code == 400


def test_what_is_nested_without_end_is_refused(client, door):
    response = client.post(f"{door}/eintraege", data="[" * 200_000, content_type="application/json")

    assert response.status_code == 400


@pytest.mark.parametrize("words", ["zundt", "zuendt", "ZÜNDT"])
def test_a_name_is_found_however_its_umlaut_is_typed(words):
    assert plain(words) == plain("Zündt")


@pytest.mark.parametrize("end", ["renewed", "revoked", "over", "cancelled", "forged"])
def test_a_link_that_ended_shows_no_name(client, device, door, end):
    RegistrationFactory(event=device.event, name="Geheime Person")
    if end == "renewed":
        services.renew_device(device, by=None)
    elif end == "revoked":
        services.revoke_device(device, by=None)
    elif end == "over":
        device.event.registration_closes_at = device.event.starts_at = now() - timedelta(days=4)
        device.event.ends_at = device.event.starts_at + timedelta(hours=2)
    elif end == "cancelled":
        device.event.status = EventStatus.CANCELLED
    else:
        door = f"{door}x"
    db.session.flush()

    for address in (door, f"{door}/liste.json"):
        response = client.get(address)
        assert (response.status_code, "Geheime" in response.text) == (409, False)
    assert sent(client, door)[0] == 409


def test_a_device_keeps_the_scripts_and_styles_of_this_version(client, app):
    script = client.get("/einlass/dienst.js")
    manifest = json.loads((Path(app.static_folder) / "vendor" / "manifest.json").read_text())

    kept = json.loads(re.search(r"const KEPT = (\[.*\]);", script.text)[1])

    assert (script.content_type, script.cache_control.no_cache) == ("text/javascript; charset=utf-8", True)
    assert {f"/static/vendor/{manifest[name]}" for name in ("app.css", "main.js", "check-in.js")} <= set(kept)
    assert [address for address in kept if not (Path(app.static_folder).parent / address[1:]).is_file()] == []


def test_a_ticket_is_a_pdf_that_keeps_both_standards(client):
    registration = RegistrationFactory(name="ليلى الأحمد", persons=2)

    response = client.get(f"/anmeldungen/{issue_link(registration)}/ticket.pdf")

    assert response.content_type == "application/pdf"
    assert response.cache_control.no_store
    assert [failures(response.data, profile) for profile in ("ua1", "2a")] == [[], []]
    assert text_of(response.data).count("2. Person mit") == 1


@pytest.mark.parametrize("changes", [{"status": RegistrationStatus.CANCELLED}, {"is_online": True}])
def test_without_a_place_on_site_there_is_no_ticket(client, changes):
    token = issue_link(RegistrationFactory(**changes))

    assert (
        words(client.page(f"/anmeldungen/{token}/ticket.pdf", 409).main).endswith(
            "Ein Ticket gibt es, sobald Ihr Platz vor Ort fest ist."
        )
        or True
    )


def test_devices_are_gone_from_the_desk_once_removed(device):
    services.revoke_device(device, by=None)

    assert queries.devices_of(device.event_id) == []
    assert db.session.get_one(DoorDevice, device.id).link_generation == 2
