from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.db import db, now
from app.events.models import AttendanceMode, Event, EventStatus, ThemeTable
from tests.events.factories import EventFactory, EventSectionFactory, SectionFactory, ThemeTableFactory
from tests.factories import AccountFactory
from tests.registrations.factories import RegistrationFactory, S
from tests.structures.factories import MunicipalityFactory, OrganizationFactory

SATURDAY = datetime(2028, 6, 24, 7, 30, tzinfo=UTC)
TIMES = {
    "starts_at": SATURDAY,
    "ends_at": SATURDAY + timedelta(hours=4, minutes=30),
    "registration_closes_at": SATURDAY - timedelta(days=7),
}
FORM = {
    "title": "Beispiel",
    "kind": "workshop",
    "starts_at": "2028-06-24T09:30",
    "ends_at": "2028-06-24T14:00",
    "offers": "Kinderbetreuung\n\nrollstuhlgerecht",
}


@pytest.fixture
def desk(client):
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))
    return client


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_three(client, count_queries, count):
    for _number in range(count):
        event = EventFactory(municipality=MunicipalityFactory(), organization=OrganizationFactory(), capacity=5)
        EventSectionFactory(event=event)
        RegistrationFactory(event=event)

    with count_queries() as statements:
        page = client.page("/veranstaltungen")

    assert [places.text.strip() for places in page.select(".event-places")] == ["noch 4 Plätze"] * count
    assert len(statements) == 6


def test_list_says_the_date_as_people_do_and_leads_to_the_event(client):
    event = EventFactory(title="Beispiel", place="Saal", **TIMES)
    EventFactory(title="Geheim", status=EventStatus.PLANNED)

    page = client.page("/veranstaltungen")

    assert [link.text for link in page.select(".event-title a")] == ["Beispiel"]
    assert page.select_one(".event-title a")["href"] == f"/veranstaltungen/{event.id}"
    assert page.select_one(".event-when").text.strip() == "Samstag, 24. Juni 2028, 9.30 bis 14 Uhr"


def test_list_keeps_the_choice_and_says_what_is_wrong(client):
    section = SectionFactory(slug="sprache", title="Sprache")
    EventSectionFactory(event=EventFactory(title="Drin"), section=section)
    EventSectionFactory(event=EventFactory(title="Draußen"))

    page = client.page("/veranstaltungen?feld=sprache")
    assert [link.text for link in page.select(".event-title a")] == ["Drin"]
    assert page.select_one("option[selected][value=sprache]").text == "Sprache"

    assert client.page("/veranstaltungen?suche=nirgends").select_one(".empty-title").text == (
        "Dazu gibt es gerade nichts."
    )
    assert client.page("/veranstaltungen?ab=morgen", 422).select_one("#ab-error") is not None


def test_list_says_when_nothing_is_planned(client):
    EventFactory(status=EventStatus.PLANNED)

    assert client.page("/veranstaltungen").select_one(".empty-title").text == "Zurzeit ist nichts geplant."


def test_page_of_event_shows_what_one_needs_to_decide(client):
    event = EventFactory(
        title="Beispiel", summary="Ein Satz.", place="Saal", offers=["Kinderbetreuung"], capacity=3, **TIMES
    )
    RegistrationFactory(event=event, persons=2)
    ThemeTableFactory(event=event, number=4, title="Wohnen", section=SectionFactory(title="Wohnen"))

    page = client.page(f"/veranstaltungen/{event.id}")

    assert page.h1.text == "Beispiel"
    assert page.select_one(".stay-in-view p").text == "noch 1 Platz"
    assert page.select_one(".stay-in-view a")["href"] == f"/veranstaltungen/{event.id}/anmeldung"
    assert [table.strong.text for table in page.select("ol.plain-list li")] == ["Tisch 4: Wohnen"]
    assert [link["href"] for link in page.select(".page-aside a")] == [
        f"/veranstaltungen/{event.id}/anmeldung",
        f"/veranstaltungen/{event.id}.ics",
    ]


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ({"capacity": None}, "Für alle ist Platz."),
        ({"capacity": 1}, "Alle Plätze sind vergeben. Die Warteliste ist offen."),
        ({"status": EventStatus.CANCELLED}, "Die Veranstaltung fällt aus."),
        ({"registration_closes_at": now() - timedelta(hours=1)}, "Die Anmeldung ist geschlossen."),
        (
            {
                "starts_at": now() - timedelta(days=2),
                "ends_at": now() - timedelta(days=1),
                "registration_closes_at": now() - timedelta(days=3),
            },
            "vorbei",
        ),
    ],
)
def test_page_of_event_says_how_full_it_is(client, attributes, words):
    event = EventFactory(**attributes)
    RegistrationFactory(event=event)
    EventFactory(title="Anderer Termin")

    page = client.page(f"/veranstaltungen/{event.id}")

    assert page.select_one(".page-aside p").text.strip() == words


def test_page_of_event_not_public_is_for_organisers_only(client):
    event = EventFactory(status=EventStatus.PLANNED)
    assert client.get(f"/veranstaltungen/{event.id}").status_code == 404
    assert client.get(f"/veranstaltungen/{event.id + 1}").status_code == 404

    client.sign_in(AccountFactory(roles=(Role.MODERATOR,)))
    assert client.get(f"/veranstaltungen/{event.id}").status_code == 404
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))
    client.page(f"/veranstaltungen/{event.id}")


def test_desk_creates_publishes_and_cancels(desk):
    section = SectionFactory()
    created = desk.post("/verwaltung/veranstaltungen/neu", data=FORM | {"capacity": "40", "sections": section.id})
    event = db.session.scalars(select(Event)).one()
    address = f"/verwaltung/veranstaltungen/{event.id}"
    assert (created.status_code, created.location) == (303, address)
    assert (event.starts_at, event.ends_at) == (TIMES["starts_at"], TIMES["ends_at"])
    assert (event.registration_closes_at, event.capacity) == (TIMES["starts_at"], 40)
    assert event.offers == ["Kinderbetreuung", "rollstuhlgerecht"]
    assert desk.page(address).select_one("#starts_at")["value"] == "2028-06-24T09:30"

    assert desk.post(f"{address}/veroeffentlichung").location == address
    assert event.status is EventStatus.OPEN
    desk.page(f"{address}/absage")
    assert desk.post(f"{address}/absage").location == address
    assert event.is_cancelled
    assert desk.page(address).form is None


def test_desk_shows_what_is_wrong_and_loses_nothing(desk):
    page = desk.page(
        "/verwaltung/veranstaltungen/neu",
        422,
        "POST",
        data=FORM | {"title": "", "ends_at": "2028-06-24T09:30", "registration_closes_at": "2028-06-25T09:30"},
    )

    assert sorted(error["id"] for error in page.select(".kern-error")) == [
        "ends_at-error",
        "registration_closes_at-error",
        "title-error",
    ]
    assert page.select_one("#offers").text.strip() == FORM["offers"]


def test_desk_keeps_a_day_without_a_clock(desk):
    desk.post("/verwaltung/veranstaltungen/neu", data=FORM | {"is_all_day": "y"})

    event = db.session.scalars(select(Event)).one()
    assert event.starts_at == datetime(2028, 6, 23, 22, tzinfo=UTC)
    assert event.ends_at == datetime(2028, 6, 24, 22, tzinfo=UTC)


def test_desk_moves_an_event_and_those_registered_hear(desk, mails):
    event = EventFactory(title="Beispiel", **TIMES)
    RegistrationFactory(event=event, email="person@example.org")

    desk.post(f"/verwaltung/veranstaltungen/{event.id}", data=FORM | {"place": "Bücherei & Café", "title": "Beispiel"})

    [mail] = mails()
    assert (mail.to, mail.subject) == ("person@example.org", "Zeit oder Ort hat sich geändert: Beispiel")
    assert "Samstag, 24. Juni 2028, 9.30 bis 14 Uhr\nBücherei & Café" in mail.text.replace("\r\n", "\n")


def test_desk_edits_tables(desk):
    event = EventFactory()
    address = f"/verwaltung/veranstaltungen/{event.id}"
    assert desk.page(f"{address}/tische/neu").select_one("#number")["value"] == "1"
    desk.post(f"{address}/tische/neu", data={"number": 1, "title": "Wohnen", "languages": "de, uk", "capacity": 10})
    table = db.session.scalars(select(ThemeTable)).one()
    assert (table.title, table.languages, table.capacity) == ("Wohnen", ["de", "uk"], 10)

    taken = desk.page(f"{address}/tische/neu", 422, "POST", data={"number": 1, "title": "Arbeit"})
    assert "Diese Nummer hat schon ein anderer Tisch." in taken.select_one("#number-error").text
    other = ThemeTableFactory(event=event, number=2)
    desk.page(f"{address}/tische/{table.id}", 422, "POST", data={"number": other.number, "title": "Wohnen"})
    desk.post(f"{address}/tische/{table.id}", data={"number": 3, "title": "Wohnen und bauen"})
    assert (table.number, table.title) == (3, "Wohnen und bauen")

    assert desk.post(f"{address}/tische/{table.id}/entfernung").location == f"{address}/programm"
    assert db.session.scalars(select(ThemeTable)).all() == [other]
    foreign = ThemeTableFactory()
    assert desk.get(f"{address}/tische/{foreign.id}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_desk_list_costs_the_same_for_one_and_three(desk, count_queries, count):
    for event in EventFactory.create_batch(count, status=EventStatus.PLANNED):
        RegistrationFactory(event=event, status=S.WAITING)
    desk.get("/verwaltung/veranstaltungen")

    with count_queries() as statements:
        page = desk.page("/verwaltung/veranstaltungen")

    assert len(page.select("tbody tr")) == count
    assert len(statements) == 4


@pytest.mark.parametrize("path", ["", "/neu", "/1", "/1/absage", "/1/tische/neu", "/1/anmeldungen", "/1/plaetze"])
def test_desk_is_closed_to_moderators(client, path):
    client.sign_in(AccountFactory(roles=(Role.MODERATOR, Role.EDITOR, Role.ADMIN)))

    assert client.get(f"/verwaltung/veranstaltungen{path}").status_code == 403


def test_hybrid_event_counts_its_two_ways_apart(client):
    event = EventFactory(attendance_mode=AttendanceMode.HYBRID, capacity=5, online_capacity=10)
    RegistrationFactory(event=event, persons=2)
    RegistrationFactory(event=event, persons=4, is_online=True)
    RegistrationFactory(event=event, status=S.WAITING, is_online=True)
    words = "vor Ort: noch 3 Plätze, online: noch 6 Plätze"

    assert client.page("/veranstaltungen").select_one(".event-places").text.strip() == words
    assert client.page(f"/veranstaltungen/{event.id}").select_one(".page-aside p").text.strip() == words
