from datetime import UTC, datetime, timedelta
from urllib.request import urlopen

import pytest
from icalendar import Calendar

from app.registrations import services as registrations
from tests.calendars.test_feed import read_by_ical_js
from tests.events.factories import EventFactory

pytestmark = [pytest.mark.browser, pytest.mark.no_database]
STARTS_AT = datetime(2030, 7, 1, 8, tzinfo=UTC)


def read_by_both(address, title):
    """What two foreign readers make of the feed's event of this title, and the feed's ETag."""
    with urlopen(address) as answer:
        content, tag = answer.read(), answer.headers["ETag"]
    [by_js] = [each for each in read_by_ical_js(content) if title in each["title"]]
    [by_python] = [each for each in Calendar.from_ical(content).events if title in each["SUMMARY"]]
    assert datetime.fromisoformat(by_js["start"]) == by_python["DTSTART"].dt
    assert by_js["status"] == by_python["STATUS"]
    return by_js["start"], by_js["status"], tag


def test_a_calendar_sees_an_event_come_move_and_go(site, page, check_page):
    title = f"Beispiel {page.viewport_size['width']}"
    with site.app.app_context():
        event = EventFactory(title=title, capacity=2, starts_at=STARTS_AT)
        page.goto("/kalender")
        check_page()
        feeds = page.get_by_role("main").locator("a[href$='/kalender/alle.ics']")
        [address, subscription] = [feeds.nth(number).get_attribute("href") for number in range(2)]
        assert sorted([address.partition("://")[0], subscription.partition("://")[0]]) == ["http", "webcal"]
        address = f"{site.url}/kalender/alle.ics"

        start, status, tag = read_by_both(address, title)
        assert (start, status) == ("2030-07-01T08:00:00.000Z", "CONFIRMED")

        registrations.register(event, name="Beispielperson", email="kalender@example.org")
        assert read_by_both(address, title) == (start, status, tag)

        later = STARTS_AT + timedelta(days=1)
        registrations.change_event(event, starts_at=later, ends_at=later + timedelta(hours=2), by=None)
        assert read_by_both(address, title)[:2] == ("2030-07-02T08:00:00.000Z", "CONFIRMED")

        registrations.cancel_event(event, by=None)
        assert read_by_both(address, title)[:2] == ("2030-07-02T08:00:00.000Z", "CANCELLED")
