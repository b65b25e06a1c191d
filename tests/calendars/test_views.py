from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from icalendar import Calendar

from app.concept.models import SectionWorkingGroup
from app.db import db, now
from app.drafting.models import HearingBody
from app.drafting.services import hearings
from app.events import services as events
from app.events.models import EventStatus
from app.local_time import day_of
from app.registrations import services as registrations
from app.structures.models import OrganizationKind
from tests.calendars.test_feed import read_by_ical_js
from tests.calls.factories import CallFactory
from tests.council.factories import MeetingFactory
from tests.drafting.factories import HearingFactory
from tests.events.factories import EventFactory, EventSectionFactory, SectionFactory
from tests.registrations.factories import RegistrationFactory
from tests.structures.factories import MunicipalityFactory, OrganizationFactory

ALL = "/kalender/alle.ics"


def in_days(days):
    return day_of(now()) + timedelta(days=days)


def uids(response):
    return [str(event["UID"]).partition("@")[0] for event in Calendar.from_ical(response.data).walk("VEVENT")]


def test_feed_is_a_calendar_for_whoever_asks(client):
    event = EventFactory(title="Beispiel")

    response = client.get(ALL, headers={"Accept": ""})

    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-cache"
    [component] = Calendar.from_ical(response.data).walk("VEVENT")
    assert component["UID"] == f"event-{event.id}@127.0.0.1"
    assert component["URL"] == f"http://127.0.0.1:8000/veranstaltungen/{event.id}"
    assert client.head(ALL).headers["ETag"] == response.headers["ETag"]
    assert client.head(ALL).data == b""


def test_feed_holds_the_last_twelve_months_and_all_to_come(client):
    def held(days, **attributes):
        starts_at = now() + timedelta(days=days)
        times = {"ends_at": starts_at + timedelta(hours=1), "registration_closes_at": starts_at}
        return EventFactory(starts_at=starts_at, **times, **attributes).id

    ids = [held(-366), held(1), held(900)]
    held(-368)
    held(2, status=EventStatus.PLANNED)
    meeting = MeetingFactory(day=in_days(5), is_public=True).id
    MeetingFactory(day=in_days(5), is_public=False)
    MeetingFactory(day=in_days(5), is_public=None)
    MeetingFactory(day=in_days(-368), is_public=True)

    assert uids(client.get(ALL)) == [f"event-{ids[0]}", f"event-{ids[1]}", f"meeting-{meeting}", f"event-{ids[2]}"]


def test_feeds_of_section_body_and_municipality_hold_their_own(client):
    group = OrganizationFactory(slug="ak-sprache")
    section = SectionFactory(slug="sprache", title="Sprache")
    db.session.add(SectionWorkingGroup(section=section, organization=group))
    about = EventSectionFactory(section=section).event.id
    inviting = EventFactory(organization=group).id
    there = EventFactory(municipality=MunicipalityFactory(ags="08335043")).id
    EventSectionFactory()
    meeting = MeetingFactory(organization=group, day=in_days(60), is_public=True).id
    MeetingFactory(day=in_days(60), is_public=True)

    response = client.get("/kalender/feld/sprache.ics")
    assert uids(response) == [f"event-{about}", f"meeting-{meeting}"]
    calendar = Calendar.from_ical(response.data)
    assert calendar["X-WR-CALNAME"] == "Integration: Sprache"
    assert [event["CATEGORIES"].to_ical() for event in calendar.walk("VEVENT")] == [b"Sprache"] * 2
    assert uids(client.get("/kalender/gremium/ak-sprache.ics")) == [f"event-{inviting}", f"meeting-{meeting}"]
    assert uids(client.get("/kalender/gemeinde/08335043.ics")) == [f"event-{there}"]
    for path in ("feld/wetter", "gremium/wetter", "gemeinde/00000000"):
        assert client.get(f"/kalender/{path}.ics").status_code == 404


def test_last_days_of_drafts_and_calls_are_entries_that_move_with_them(client):
    with time_machine.travel(datetime(2026, 6, 10, 12, tzinfo=UTC), tick=False):
        section, body = SectionFactory(slug="wohnen", title="Wohnen"), OrganizationFactory(slug="ak")
        draft = HearingFactory(title="Fortschreibung", closes_on=date(2026, 6, 20))
        asked = HearingFactory(bodies=[HearingBody(organization=body)])
        call = CallFactory(title="Wohnen", sections=[section])
        for hidden in ({"is_published": False}, {"opens_at": datetime(2026, 6, 11, tzinfo=UTC)}):
            CallFactory(**hidden)
        HearingFactory(opens_on=date(2026, 6, 11), closes_on=date(2026, 6, 30))
        tag = client.get(ALL).headers["ETag"]

        assert uids(client.get(ALL)) == [f"hearing-{draft.id}", f"call-{call.id}"]
        assert uids(client.get("/kalender/feld/wohnen.ics")) == [f"call-{call.id}"]
        assert uids(client.get("/kalender/gremium/ak.ics")) == [f"hearing-{asked.id}"]
    with time_machine.travel(datetime(2026, 6, 10, 14, tzinfo=UTC), tick=False):
        for _again in range(2):  # sent twice it changes once
            hearings.change_hearing(draft, title="Fortschreibung", closes_on=date(2026, 6, 27), by=None)
        response = client.get(ALL, headers={"If-None-Match": tag})
    first, second = Calendar.from_ical(response.data).walk("VEVENT")
    assert (first["SUMMARY"], first["SEQUENCE"], first["DTSTART"].dt, first["DTEND"].dt) == (
        *("Letzter Tag für Anregungen: Fortschreibung", 1, date(2026, 6, 27), date(2026, 6, 28)),
    )
    assert first["URL"].endswith(f"/anregungen/entwurf/{draft.number}")
    assert first["DTSTAMP"].dt == datetime(2026, 6, 10, 14, tzinfo=UTC)
    assert (second["SUMMARY"], second["SEQUENCE"], second["DTSTART"].dt, second["CATEGORIES"].to_ical()) == (
        *("Letzter Tag zum Mitreden: Wohnen", 0, date(2026, 6, 30), b"Wohnen"),
    )
    for day, uid in ((27, f"hearing-{draft.id}"), (28, f"call-{call.id}")):
        with time_machine.travel(datetime(2026, 7, day, 12, tzinfo=UTC)):
            assert uids(client.get(ALL))[0] == uid
    with time_machine.travel(datetime(2026, 8, 10, tzinfo=UTC)):
        assert uids(client.get(ALL)) == []


def test_cancelled_stay_thirty_days_unless_they_are_unwanted(client):
    event = EventFactory(title="Beispiel")
    meeting = MeetingFactory(day=in_days(90), is_public=True, is_cancelled=True)
    stays = EventFactory(starts_at=now() + timedelta(days=100))
    events.cancel_event(event, by=None)

    titles = [reading["title"] for reading in read_by_ical_js(client.get(ALL).data)]
    assert titles[0] == "ABGESAGT: Beispiel"
    assert len(titles) == 3
    assert uids(client.get(f"{ALL}?abgesagt=weglassen")) == [f"event-{stays.id}"]

    with time_machine.travel(now() + timedelta(days=30, seconds=1)):
        assert uids(client.get(ALL)) == [f"event-{stays.id}"]
    assert meeting.is_cancelled


def test_postponed_stay_until_they_take_place_unless_they_are_unwanted(client):
    event = EventFactory(title="Beispiel")
    etag = client.get(ALL).headers["ETag"]
    events.postpone_event(event, by=None)

    response = client.get(ALL, headers={"If-None-Match": etag})
    assert [reading["title"] for reading in read_by_ical_js(response.data)] == ["VERSCHOBEN: Beispiel"]
    assert uids(client.get(f"{ALL}?abgesagt=weglassen")) == []


def test_feed_of_a_body_or_municipality_holds_what_is_attached_to_it(client):
    body = OrganizationFactory(slug="ak", kind=OrganizationKind.WORKING_GROUP)
    place = MunicipalityFactory(ags="08335001")
    ids = [EventFactory(organization=body, municipality=place).id]
    attached = EventFactory()
    events.change_event(attached, bodies=[body], municipalities=[place], by=None)
    ids.append(attached.id)
    EventFactory()

    assert uids(client.get("/kalender/gremium/ak.ics")) == [f"event-{each}" for each in ids]
    assert uids(client.get("/kalender/gemeinde/08335001.ics")) == [f"event-{each}" for each in ids]


def test_moved_then_cancelled_keeps_its_uid_and_counts_up(client):
    event = EventFactory(title="Beispiel", starts_at=datetime(2030, 7, 1, 8, tzinfo=UTC))
    EventFactory(starts_at=datetime(2030, 8, 1, 8, tzinfo=UTC))

    def reading():
        return read_by_ical_js(client.get(ALL).data)[0]

    first = reading()
    registrations.change_event(
        event,
        starts_at=datetime(2030, 7, 2, 8, tzinfo=UTC),
        ends_at=datetime(2030, 7, 2, 9, tzinfo=UTC),
        by=None,
    )
    moved = reading()
    registrations.cancel_event(event, by=None)
    cancelled = reading()

    assert {first["uid"], moved["uid"], cancelled["uid"]} == {f"event-{event.id}@127.0.0.1"}
    assert [each["sequence"] for each in (first, moved, cancelled)] == [0, 1, 2]
    assert [each["status"] for each in (first, moved, cancelled)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert moved["start"] == "2030-07-02T08:00:00.000Z"


def test_registering_changes_no_tag_and_moving_does(client):
    event = EventFactory(capacity=2)
    before = client.get(ALL).headers
    alone = client.get(f"/veranstaltungen/{event.id}.ics").headers

    registration = registrations.register(event, name="Beispielperson", email="person@example.org")
    registrations.confirm(registration)
    registrations.change_capacity(event, 9, by=None)
    registrations.cancel(registration)
    after = client.get(ALL).headers
    assert (after["ETag"], after["Last-Modified"]) == (before["ETag"], before["Last-Modified"])
    assert client.get(f"/veranstaltungen/{event.id}.ics").headers["ETag"] == alone["ETag"]

    with time_machine.travel(now() + timedelta(seconds=5)):
        registrations.change_event(event, place="Anderswo", by=None)
    moved = client.get(ALL).headers
    assert moved["ETag"] != before["ETag"]
    assert moved["Last-Modified"] != before["Last-Modified"]
    assert not moved["ETag"].startswith("W/")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", [ALL, "/veranstaltungen/{}.ics"])
def test_unchanged_is_answered_by_304(client, path, method):
    event = EventFactory()
    path = path.format(event.id)
    headers = client.get(path).headers

    for asked in (
        {"If-None-Match": headers["ETag"]},
        {"If-None-Match": f'"other", {headers["ETag"]}'},
        {"If-Modified-Since": headers["Last-Modified"]},
    ):
        answer = client.open(path, method=method, headers=asked)
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", headers["ETag"])
    for asked in (
        {"If-None-Match": '"other"'},
        {"If-None-Match": '"other"', "If-Modified-Since": headers["Last-Modified"]},
        {"If-Modified-Since": "Sat, 24 Jun 2017 07:30:00 GMT"},
    ):
        assert client.open(path, method=method, headers=asked).status_code == 200


def test_unchanged_costs_four_statements_and_a_full_feed_the_same_for_one_and_three(client, count_queries):
    costs = []
    for _round in range(2):
        EventSectionFactory(event=EventFactory(municipality=MunicipalityFactory()))
        MeetingFactory(day=in_days(5), is_public=True)
        EventSectionFactory(event=EventFactory(municipality=MunicipalityFactory()))
        HearingFactory()
        CallFactory(opens_at=now() - timedelta(days=1), closes_at=now() + timedelta(days=9))
        with count_queries() as full:
            tag = client.get(ALL).headers["ETag"]
        with count_queries() as unchanged:
            client.get(ALL, headers={"If-None-Match": tag})
        costs.append((len(full), len(unchanged)))

    assert costs == [(15, 4)] * 2


def test_file_of_one_event(client):
    event = EventFactory(title="Beispiel", place="Saal")
    planned = EventFactory(status=EventStatus.PLANNED)

    response = client.get(f"/veranstaltungen/{event.id}.ics")

    assert response.headers["Content-Disposition"] == f'attachment; filename="veranstaltung-{event.id}.ics"'
    assert uids(response) == [f"event-{event.id}"]
    assert client.get(f"/veranstaltungen/{planned.id}.ics").status_code == 404


def test_file_of_ones_own_registration_names_nobody(client):
    registration = RegistrationFactory(name="Beispielperson", email="person@example.org")
    token = registrations.issue_link(registration)

    response = client.get(f"/anmeldungen/{token}.ics")

    assert uids(response) == [f"event-{registration.event_id}"]
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Cache-Control"] == "no-cache, private"
    for secret in (token, "Beispielperson", "person@example.org", "ATTENDEE", "ORGANIZER", "METHOD"):
        assert secret not in response.text
    assert client.get("/anmeldungen/erfunden.ics").status_code == 409


def test_meetings_without_all_their_times(client):
    body = OrganizationFactory(name="Beispielausschuss", kind=OrganizationKind.COMMITTEE)
    starts_at = datetime(2030, 7, 1, 15, tzinfo=UTC)
    MeetingFactory(organization=body, title="Sitzung", day=date(2030, 6, 1), is_public=True)
    MeetingFactory(organization=body, title="Sitzung", day=date(2030, 7, 1), starts_at=starts_at, is_public=True)

    by_day, by_start = read_by_ical_js(client.get(ALL).data)

    assert (by_day["title"], by_day["isDay"]) == ("Beispielausschuss: Sitzung", True)
    assert (by_day["start"], by_day["end"]) == ("2030-06-01", "2030-06-02")
    assert (by_start["start"], by_start["end"]) == ("2030-07-01T15:00:00.000Z", "2030-07-01T17:00:00.000Z")


def test_page_offers_each_feed_twice(client):
    SectionFactory(slug="sprache", title="Sprache")
    OrganizationFactory(slug="sozialausschuss", name="Sozialausschuss", kind=OrganizationKind.COMMITTEE)
    OrganizationFactory(slug="partner", kind=OrganizationKind.PARTNER)
    MunicipalityFactory(ags="08335043", name="Konstanz")

    page = client.page("/kalender")

    offered = [(link.text, link["href"]) for link in page.select("li > a") if link["href"].startswith("webcal:")]
    host = "webcal://127.0.0.1:8000/kalender"
    assert offered == [
        ("Alle Termine abonnieren", f"{host}/alle.ics"),
        ("Sprache", f"{host}/feld/sprache.ics"),
        ("Sozialausschuss", f"{host}/gremium/sozialausschuss.ics"),
        ("Konstanz", f"{host}/gemeinde/08335043.ics"),
    ]
    assert [link["href"] for link in page.select(".copy-link a")] == [
        address.replace("webcal:", "http:") for _name, address in offered
    ]
    assert len(page.select("[data-behaviour=copy-link] button")) == 4
