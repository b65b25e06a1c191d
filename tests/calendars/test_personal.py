import re
from datetime import timedelta
from urllib.parse import urljoin

import pytest
from icalendar import Calendar
from sqlalchemy import select

from app.calendars import services as calendars
from app.calendars.errors import TooManyFeeds
from app.calendars.models import PersonalFeed
from app.db import db, now
from app.events.models import EventStatus, ProgrammeItem
from app.privacy import persons
from app.registrations import services as registrations
from app.registrations.models import Booking, BookingStatus, RegistrationStatus
from tests.events.factories import EventFactory, EventSectionFactory
from tests.factories import AccountFactory
from tests.registrations.factories import RegistrationFactory
from tests.structures.factories import MunicipalityFactory

S = RegistrationStatus
EMAIL = "person@example.org"


@pytest.fixture
def registration():
    return RegistrationFactory(email=EMAIL, event=EventFactory(title="Beispieldialog"))


@pytest.fixture
def own(registration):
    return f"/anmeldungen/{registrations.issue_link(registration)}/kalender"


def address(token):
    return f"/kalender/mein/{token}.ics"


def uids(response):
    return [str(event["UID"]).partition("@")[0] for event in Calendar.from_ical(response.data).walk("VEVENT")]


def shown_token(page):
    [link] = page.select(".copy-link a")
    return re.fullmatch(r"http://127\.0\.0\.1:8000/kalender/mein/([\w-]{32})\.ics", link["href"])[1]


def test_feed_holds_what_this_address_has_a_place_at(client, registration):
    other = RegistrationFactory(email="PERSON@example.org").event
    called_off = RegistrationFactory(
        email=EMAIL, event=EventFactory(status=EventStatus.CANCELLED, revised_at=now(), cancelled_at=now())
    ).event
    RegistrationFactory(email=EMAIL, status=S.WAITING)
    RegistrationFactory(email=EMAIL, status=S.CANCELLED)
    RegistrationFactory(email=EMAIL, event=EventFactory(status=EventStatus.PLANNED))
    RegistrationFactory(email="fremd@example.org")
    EventFactory()

    response = client.get(address(calendars.create_feed(EMAIL)))

    assert sorted(uids(response)) == sorted(f"event-{each.id}" for each in (registration.event, other, called_off))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Cache-Control"] == "private, no-cache"


def test_feed_names_what_was_chosen_and_nobody(client, registration):
    event = registration.event
    event.summary = "Wir reden."
    times = {"starts_at": event.starts_at, "ends_at": event.starts_at + timedelta(hours=1)}
    item = ProgrammeItem(event=event, title="Rundgang", is_bookable=True, **times)
    db.session.add(item)
    again = RegistrationFactory(email=EMAIL, event=event, name="Beispielkind")
    for each in (registration, again):
        db.session.add(Booking(registration=each, item=item, status=BookingStatus.BOOKED))
    db.session.flush()

    response = client.get(address(calendars.create_feed(EMAIL)))

    [component] = Calendar.from_ical(response.data).walk("VEVENT")
    first, chosen = str(component["DESCRIPTION"]).split("\n\n")
    assert (first, chosen.partition(",")[0], chosen.count("Rundgang")) == ("Wir reden.", "Rundgang", 1)
    token = registrations.issue_link(registration).partition(".")[0]
    for secret in (token, "/anmeldungen/", EMAIL, "Beispielkind", registration.name, "ATTENDEE", "ORGANIZER", "METHOD"):
        assert secret not in response.text


def test_feed_is_answered_by_304_until_something_changes(client, registration):
    url = address(calendars.create_feed(EMAIL))
    tag = client.get(url).headers["ETag"]

    assert client.get(url, headers={"If-None-Match": tag}).status_code == 304
    RegistrationFactory(email=EMAIL)
    assert client.get(url, headers={"If-None-Match": tag}).status_code == 200


def test_feed_costs_the_same_for_one_and_three_events(client, count_queries):
    url = address(calendars.create_feed(EMAIL))
    costs = []
    for number in (1, 2):
        for _ in range(number):
            event = EventFactory(municipality=MunicipalityFactory())
            EventSectionFactory(event=event)
            RegistrationFactory(email=EMAIL, event=event)
        with count_queries() as statements:
            client.get(url)
        costs.append(len(statements))

    assert costs == [4, 4]


def test_unknown_and_ended_feeds_are_no_calendar(client, registration):
    token = calendars.create_feed(EMAIL)
    calendars.end_feed(db.session.scalars(select(PersonalFeed)).one())

    assert [client.get(address(each)).status_code for each in (token, "erfunden")] == [404, 404]


def test_only_a_digest_is_kept():
    token = calendars.create_feed("Person@Example.org")

    feed = db.session.scalars(select(PersonalFeed)).one()
    assert (feed.email, feed.token_digest) == (EMAIL, calendars.digest_of(token))
    assert token not in str(vars(feed))


def test_somebody_makes_an_address_behind_their_registration(client, registration, own):
    page = client.page(own.removesuffix("/kalender"))
    assert [link.text for link in page.select("aside a") if link["href"] == own] == ["Alle meine Termine abonnieren"]
    assert client.page(own).select(".copy-link") == []

    made = client.page(own, 200, "POST")

    assert uids(client.get(address(shown_token(made)))) == [f"event-{registration.event_id}"]
    assert made.select_one("a.kern-btn--primary")["href"].startswith("webcal://127.0.0.1:8000/kalender/mein/")
    later = client.page(own)
    assert (len(later.select(".plain-list li")), later.select(".copy-link")) == (1, [])


def test_addresses_are_renewed_and_ended_one_by_one(client, own):
    first, second = (shown_token(client.page(own, 200, "POST")) for _ in range(2))
    one, two = db.session.scalars(select(PersonalFeed).order_by(PersonalFeed.id)).all()

    renewed = shown_token(client.page(f"{own}/{one.id}/erneuerung", 200, "POST"))
    ended = client.post(f"{own}/{two.id}/ende")

    assert (ended.status_code, ended.location) == (303, "../../kalender")
    page = client.page(urljoin(f"{own}/{two.id}/ende", ended.location))
    assert [" ".join(each.text.split()) for each in page.select(".flashes .notice")] == [
        "Erledigt: Diese Adresse führt jetzt nirgends mehr hin."
    ]
    statuses = [client.get(address(token)).status_code for token in (first, renewed, second)]
    assert statuses == [404, 200, 404]


def test_nobody_touches_the_feeds_of_another(client, own):
    calendars.create_feed("fremd@example.org")
    foreign = db.session.scalars(select(PersonalFeed)).one()

    for step in ("erneuerung", "ende"):
        assert client.post(f"{own}/{foreign.id}/{step}").status_code == 404
    assert (foreign.renewed_at, foreign.ended_at) == (None, None)


def test_who_has_no_mail_has_no_feed(client):
    registration = RegistrationFactory(email=None, channel="phone")
    token = registrations.issue_link(registration)

    assert client.get(f"/anmeldungen/{token}/kalender").status_code == 404
    page = client.page(f"/anmeldungen/{token}")
    assert [link for link in page.select("aside a") if link["href"].endswith("/kalender")] == []


def test_an_account_has_its_own_page(client, registration):
    client.sign_in(AccountFactory(email=EMAIL))

    made = client.page("/konto/kalender", 200, "POST")

    assert uids(client.get(address(shown_token(made)))) == [f"event-{registration.event_id}"]
    feed = db.session.scalars(select(PersonalFeed)).one()
    renewed = client.page(f"/konto/kalender/{feed.id}/erneuerung", 200, "POST")
    assert shown_token(renewed) != shown_token(made)
    response = client.post(f"/konto/kalender/{feed.id}/ende")
    assert (response.status_code, response.location) == (303, "/konto/kalender")
    assert client.page("/konto/kalender").select(".plain-list") == []


def test_an_address_has_ten_feeds_at_most():
    for _number in range(10):
        calendars.create_feed(EMAIL)
    calendars.create_feed("andere@example.org")

    with pytest.raises(TooManyFeeds):
        calendars.create_feed(EMAIL)


def test_feeds_go_when_they_are_ended_or_nobody_knows_the_address(registration):
    AccountFactory(email="konto@example.org")
    for email in (EMAIL, EMAIL, "konto@example.org", "fort@example.org"):
        calendars.create_feed(email)
    ended, kept, account, _gone = db.session.scalars(select(PersonalFeed).order_by(PersonalFeed.id)).all()
    calendars.end_feed(ended)

    assert calendars.remove_feeds_before(now() - timedelta(days=1)) == 0
    assert calendars.remove_feeds_before(now()) == 2
    assert db.session.scalars(select(PersonalFeed).order_by(PersonalFeed.id)).all() == [kept, account]


def test_a_person_who_is_erased_leaves_no_feed_behind(registration):
    for email in (EMAIL, "andere@example.org"):
        calendars.create_feed(email)
    assert [row["email"] for row in persons.export(EMAIL)["personal_feed"]] == [EMAIL]

    assert persons.erase(EMAIL).counts["personal_feed"] == 1

    assert [feed.email for feed in db.session.scalars(select(PersonalFeed))] == ["andere@example.org"]
