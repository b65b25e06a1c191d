import json
from datetime import timedelta

import pytest

from app.db import now
from app.events import services
from app.events.models import AttendanceMode, EventStatus, PersonRole
from app.events.services import PersonFields
from tests.events.factories import EventFactory, EventSeriesFactory, ProgrammeItemFactory, ThemeTableFactory
from tests.events.test_views import SATURDAY, TIMES
from tests.registrations.factories import RegistrationFactory
from tests.structures.factories import OrganizationFactory

HOUR = timedelta(hours=1)


def words(tag):
    return " ".join(tag.get_text(" ").split())


def json_ld(page):
    return json.loads(page.select_one('script[type="application/ld+json"]').string)


@pytest.mark.parametrize(
    ("attributes", "notice", "button"),
    [
        ({}, None, "Zur Anmeldung"),
        (
            {"capacity": 1},
            "Ausgebucht. Alle Plätze sind vergeben. Auf der Warteliste bekommen Sie den nächsten, der frei wird.",
            "Auf die Warteliste",
        ),
        ({"status": EventStatus.CLOSED}, "Hinweis: Die Anmeldung ist geschlossen.", None),
        (
            {"status": EventStatus.POSTPONED},
            (
                "Verschoben. Die Veranstaltung findet später statt. Wer angemeldet ist, bleibt es und erfährt den "
                "neuen Termin. Er steht dann auch hier."
            ),
            None,
        ),
        (
            {"status": EventStatus.CANCELLED},
            "Fällt aus. Die Veranstaltung fällt aus. Wer angemeldet ist, hat eine Mail bekommen.",
            None,
        ),
    ],
)
def test_page_says_where_it_stands_and_what_to_do(client, attributes, notice, button):
    event = EventFactory(**attributes)
    RegistrationFactory(event=event)

    page = client.page(f"/veranstaltungen/{event.id}")

    notices = [words(each) for each in page.select("main .notice")]
    assert notices == ([notice] if notice else [])
    bars = [words(each) for each in page.select(".stay-in-view a")]
    assert bars == ([button] if button else [])


def test_page_names_another_date_when_this_one_is_full(client):
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event)
    other = EventFactory(title="Anderer Termin")

    page = client.page(f"/veranstaltungen/{event.id}")

    assert [link["href"] for link in page.select(".notice a")] == [f"/veranstaltungen/{other.id}"]


def test_page_says_when_registration_opens(client):
    event = EventFactory(**TIMES, registration_opens_at=SATURDAY - timedelta(days=30))

    page = client.page(f"/veranstaltungen/{event.id}")

    assert words(page.select_one(".notice")) == "Hinweis: Anmelden können Sie sich ab 25.05.2028, 9.30 Uhr."
    assert page.select(".stay-in-view") == []
    assert client.page("/veranstaltungen").select_one(".event-places").text.strip() == (
        "Die Anmeldung öffnet am 25.05.2028, 9.30 Uhr."
    )


def test_page_groups_the_programme_by_time(client):
    event = EventFactory(**TIMES)
    speaker = [PersonFields(PersonRole.SPEAKER, "Beispielperson", "Beispielverein")]
    services.change_item(ProgrammeItemFactory(event=event, title="Erster", room="Saal"), people=speaker, by=None)
    ProgrammeItemFactory(event=event, title="Zweiter", materials="[Folien](https://example.org) <script>x</script>")
    ProgrammeItemFactory(event=event, title="Später", starts_at=event.starts_at + HOUR)

    page = client.page(f"/veranstaltungen/{event.id}")

    groups = [
        (words(group.h3), [words(item.select_one(".programme-title")) for item in group.select(".programme-item")])
        for group in page.select(".programme > li")
    ]
    assert groups == [("9.30 bis 10.30 Uhr", ["Erster", "Zweiter"]), ("10.30 bis 11.30 Uhr", ["Später"])]
    assert [words(each) for each in page.select_one(".programme-item").select(".programme-detail")] == [
        "Saal",
        "Mit: Beispielperson (Beispielverein)",
    ]
    assert page.select_one(".programme-materials a")["href"] == "https://example.org"


def test_page_names_who_hosts_and_not_who_writes(client):
    table = ThemeTableFactory(number=1, title="Wohnen", languages=["de", "ar"])
    people = [PersonFields(PersonRole.HOST, "Moderierende"), PersonFields(PersonRole.SCRIBE, "Schreibende")]
    services.change_table(table, people=people, by=None)

    page = client.page(f"/veranstaltungen/{table.event_id}")

    assert [words(each) for each in page.select("ol.plain-list li")] == [
        "Tisch 1: Wohnen Moderation: Moderierende Sprachen: Deutsch, Arabisch"
    ]
    assert "Schreibende" not in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_one_and_three_of_everything(client, count_queries, count):
    event = EventFactory()
    services.change_event(event, bodies=OrganizationFactory.create_batch(count), by=None)
    for number in range(count):
        services.change_table(
            ThemeTableFactory(event=event, number=number + 1), people=[PersonFields(PersonRole.HOST, "A")], by=None
        )
        services.change_item(ProgrammeItemFactory(event=event), people=[PersonFields(PersonRole.SPEAKER, "B")], by=None)

    with count_queries() as statements:
        page = client.page(f"/veranstaltungen/{event.id}")

    assert len(page.select(".programme-item")) == count
    assert len(statements) == 14


def test_machines_read_what_people_read(client):
    series = EventSeriesFactory(title="Konferenz")
    event = EventFactory(
        title="Reden </script> & hören",
        summary="Ein Satz.",
        place="Saal",
        address="Beispielstraße 1",
        capacity=5,
        series=series,
        latitude=47.66,
        longitude=9.17,
        organization=OrganizationFactory(name="Beispielamt"),
        **TIMES,
    )
    RegistrationFactory(event=event, persons=2)

    address = f"http://127.0.0.1:8000/veranstaltungen/{event.id}"
    assert json_ld(client.page(f"/veranstaltungen/{event.id}")) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": address,
        "url": address,
        "name": "Reden </script> & hören",
        "description": "Ein Satz.",
        "startDate": "2028-06-24T09:30:00+02:00",
        "endDate": "2028-06-24T14:00:00+02:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": [
            {
                "@type": "Place",
                "name": "Saal",
                "address": "Beispielstraße 1",
                "geo": {"@type": "GeoCoordinates", "latitude": 47.66, "longitude": 9.17},
            }
        ],
        "organizer": {"@type": "Organization", "name": "Beispielamt"},
        "superEvent": {"@type": "EventSeries", "name": "Konferenz"},
        "remainingAttendeeCapacity": 3,
        "maximumAttendeeCapacity": 5,
    }


def test_machines_never_learn_the_way_in_online(client):
    hybrid = {"attendance_mode": AttendanceMode.HYBRID, "online_address": "https://example.org/raum"}
    event = EventFactory(**hybrid, capacity=5, online_capacity=None, status=EventStatus.POSTPONED)

    described = json_ld(client.page(f"/veranstaltungen/{event.id}"))

    assert described["location"][1] == {"@type": "VirtualLocation", "url": described["url"]}
    assert described["eventStatus"] == "https://schema.org/EventPostponed"
    assert described["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert described["maximumPhysicalAttendeeCapacity"] == 5
    assert "remainingAttendeeCapacity" not in described
    assert "example.org/raum" not in json.dumps(described)


def test_list_tags_what_one_has_to_know(client):
    EventFactory(title="A", starts_at=now() + timedelta(days=30))
    EventFactory(title="B", status=EventStatus.POSTPONED, starts_at=now() - timedelta(days=30))
    EventFactory(title="C", status=EventStatus.CLOSED, starts_at=now() + timedelta(days=31))

    full = EventFactory(title="D", capacity=1, starts_at=now() + timedelta(days=32))
    RegistrationFactory(event=full)

    page = client.page("/veranstaltungen")

    assert words(page.select(".event-places")[2]) == "ausgebucht Die Warteliste ist offen."
    found = [
        (words(each.select_one(".event-title")), [words(tag) for tag in each.select(".status")])
        for each in page.select(".event")
    ]
    assert found == [("A", []), ("C", ["geschlossen"]), ("D", ["ausgebucht"]), ("B", ["verschoben"])]
