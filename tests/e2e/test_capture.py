"""A table's scribe in a real browser: by the keyboard, without a network, together with another, until the end."""

import json
from datetime import timedelta
from urllib.request import Request

import pytest
from playwright.sync_api import expect

from app.capture import queries
from app.capture.services import closing, lines, photos, tables, walls
from app.db import db, now
from app.events.models import ThemeTable
from tests.capture.factories import said
from tests.capture.test_views import picture
from tests.proposals.factories import EventFactory, ThemeTableFactory
from tests.servers import OPENER, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.no_database]
KEPT = "caches.match(location.pathname, {ignoreVary: true}).then(Boolean)"
FIELD = "Was wurde gesagt?"
TABLET = {"width": 800, "height": 1280}  # beside the phone and the desk of `page`


class Table:
    """A table with its links, and what the site knows of it."""

    def __init__(self, site, points=0, rounds=1):
        self.site = site
        with site.app.app_context():
            times = {"starts_at": now() - timedelta(hours=1), "ends_at": now() + timedelta(hours=3)}
            table = ThemeTableFactory(number=3, capacity=2, event=EventFactory(table_rounds=rounds, **times))
            closing.set_points(table.event, points_each=points, by=None)
            self.id = table.id
            self.address = f"/erfassung/{tables.link_of(table, tables.SCRIBE)}"
            self.wall = f"/wand/{walls.link_of(queries.settings_of(table.event_id))}"

    def do(self, act):
        with self.site.app.app_context():
            return act(db.session.get_one(ThemeTable, self.id))

    def words(self):
        """Oldest first, with their numbers."""
        return self.do(
            lambda table: [
                (line.number, line.proposal.text.current.content) for line in reversed(queries.lines_of(table))
            ]
        )

    def points(self):
        return self.do(lambda table: [sum(points.values()) for _, points in reversed(queries.lines_with_points(table))])


@pytest.fixture
def tablets(site, browser):
    """Tablets of their own; what goes wrong in a script fails the test, a missing network does not."""
    contexts, errors = [], []

    def open_tablet(address):
        context = browser.new_context(base_url=site.url, viewport=TABLET, locale="de-DE")
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        page.wait_for_selector(".capture[data-ready]")
        wait_until(lambda: page.evaluate(KEPT))
        return page

    yield open_tablet
    for context in contexts:
        context.close()
    assert errors == []


def write(page, *sentences):
    for sentence in sentences:
        expect(page.get_by_label(FIELD)).to_be_focused()
        page.keyboard.type(sentence)
        page.keyboard.press("Enter")
        expect(page.get_by_label(FIELD)).to_have_value("")


def shown(page):
    return page.locator("[data-lines] [data-words]").all_text_contents()


def sentences(first, last):
    return [f"Satz {number}" for number in range(first, last)]


def test_a_scribe_writes_thirty_lines_by_the_keyboard_alone(site, page, check_page):
    """Nothing is ever clicked: the field has the focus again after each line."""
    table = Table(site, points=3, rounds=2)
    page.goto(table.address)
    check_page()

    write(page, *sentences(0, 30))

    wait_until(lambda: len(table.words()) == 30)
    assert shown(page) == sentences(0, 30)[::-1]
    assert table.words() == list(enumerate(sentences(0, 30), 1))
    check_page()
    page.set_viewport_size(TABLET)
    check_page()


def test_fifty_lines_without_a_network_arrive_once_each_and_in_order(site, tablets):
    table = Table(site)
    page = tablets(table.address)
    sent = []
    page.on("request", lambda request: sent.append(request) if request.url.endswith("/eintraege") else None)

    page.context.set_offline(True)
    write(page, *sentences(0, 25))
    expect(page.locator("[data-network]")).to_contain_text("25 Zeilen noch nicht gesendet.")
    page.keyboard.type("Ein angefangener")
    assert page.reload().from_service_worker
    page.wait_for_selector(".capture[data-ready]")
    assert shown(page) == sentences(0, 25)[::-1]
    field = page.get_by_label(FIELD)
    expect(field).to_have_value("Ein angefangener")
    field.fill("")
    field.focus()
    write(page, *sentences(25, 50))
    assert table.words() == []
    page.close()  # the browser dies

    again = page.context.new_page()
    again.on("request", lambda request: sent.append(request) if request.url.endswith("/eintraege") else None)
    again.goto(f"{site.url}{table.address}")
    again.wait_for_selector(".capture[data-ready]")
    expect(again.locator("[data-network]")).to_contain_text("Kein Netz: Sie können weiterschreiben. 50 Zeilen")
    again.context.set_offline(False)
    wait_until(lambda: len(table.words()) == 50)
    expect(again.locator("[data-network]")).to_be_hidden()

    assert table.words() == list(enumerate(sentences(0, 50), 1))
    assert shown(again) == sentences(0, 50)[::-1]
    entries = [entry for request in sent if request.post_data for entry in json.loads(request.post_data)]
    kept = {entry["uuid"]: entry for entry in entries}
    assert len(kept) == 50
    request = Request(
        f"{site.url}{table.address}/eintraege",
        json.dumps(list(kept.values())).encode(),
        {"Content-Type": "application/json"},
    )
    with OPENER.open(request) as response:
        assert {receipt["known"] for receipt in json.load(response)} == {True}
    assert len(table.words()) == 50


def test_two_scribes_see_each_others_lines_change_and_take_back(site, tablets):
    table = Table(site)
    first, second = tablets(table.address), tablets(table.address)

    write(first, "Kurse am Moorgen", "Zu viel")
    wait_until(lambda: shown(second) == ["Zu viel", "Kurse am Moorgen"])
    write(second, "Vom zweiten Tablet")
    wait_until(lambda: len(shown(first)) == 3)

    second.get_by_role("link", name="Ändern: Zeile 1").click()
    expect(second.get_by_text("Sie ändern Zeile 1.")).to_be_visible()
    second.get_by_label(FIELD).fill("Kurse am Morgen")
    second.keyboard.press("Enter")
    expect(second.get_by_text("Sie ändern Zeile 1.")).to_be_hidden()
    first.get_by_role("button", name="Zurücknehmen: Zeile 2").click()

    expected = [(1, "Kurse am Morgen"), (3, "Vom zweiten Tablet")]
    wait_until(lambda: table.words() == expected)
    for page in (first, second):
        wait_until(lambda page=page: shown(page) == ["Vom zweiten Tablet", "Kurse am Morgen"])


def test_points_are_typed_or_counted_also_without_a_network(site, tablets):
    table = Table(site, points=3)
    page = tablets(table.address)
    write(page, "Eins", "Zwei")
    wait_until(lambda: len(table.words()) == 2)

    page.context.set_offline(True)
    page.get_by_label("Punkte, Zeile 1").fill("4")
    page.keyboard.press("Enter")
    page.get_by_label("Punkte, Zeile 2").focus()
    for key in "+++-":
        page.keyboard.press(key)
    expect(page.get_by_label("Punkte, Zeile 2")).to_have_value("2")
    expect(page.locator("[data-network]")).to_contain_text("Änderungen noch nicht gesendet.")
    page.get_by_label("Punkte, Zeile 1").fill("viele")
    page.get_by_label(FIELD).focus()
    expect(page.get_by_label("Punkte, Zeile 1")).to_have_value("4")
    expect(page.locator("[data-hint]")).to_be_hidden()
    page.get_by_label("Punkte, Zeile 1").fill("5")
    page.get_by_label(FIELD).focus()
    expect(page.locator("[data-hint]")).to_contain_text("sind 7 Punkte vergeben")

    page.context.set_offline(False)
    wait_until(lambda: table.points() == [5, 2])


def test_a_closed_table_keeps_what_a_tablet_had_not_sent(site, tablets):
    table = Table(site)
    page = tablets(table.address)
    page.context.set_offline(True)
    write(page, "Zu spät geschrieben")
    table.do(closing.close)

    page.context.set_offline(False)
    expect(page.locator("[data-network]")).to_contain_text("Der Tisch ist abgeschlossen.")
    expect(page.locator("[data-waits]").first).to_be_visible()
    expect(page.locator("[data-write]")).to_be_hidden()
    assert table.words() == []

    table.do(lambda table: closing.reopen(table, reason="Ein Tablet hatte kein Netz", by=None))
    wait_until(lambda: table.words() == [(1, "Zu spät geschrieben")])
    expect(page.locator("[data-write]")).to_be_visible()


def test_the_summary_waits_for_what_is_not_sent(site, tablets):
    table = Table(site)
    page = tablets(table.address)
    page.route("**/eintraege", lambda route: route.abort())
    write(page, "Noch hier")

    page.get_by_role("link", name="Tisch abschließen").click()
    expect(page.get_by_text("1 Zeile dieses Geräts ist noch nicht gesendet.")).to_be_visible()
    expect(page.get_by_role("button", name="Tisch abschließen")).to_be_hidden()
    page.unroute("**/eintraege")
    page.get_by_role("link", name="Weiterschreiben").click()
    wait_until(lambda: len(table.words()) == 1)
    page.get_by_role("link", name="Tisch abschließen").click()
    page.get_by_role("button", name="Tisch abschließen").click()

    expect(page.get_by_text("Dieser Tisch ist abgeschlossen")).to_be_visible()


def test_a_link_that_ended_shows_what_was_not_sent(site, tablets):
    table = Table(site)
    page = tablets(table.address)
    page.context.set_offline(True)
    write(page, "Nicht verlieren")
    table.do(lambda table: tables.renew_links(table, by=None))

    page.context.set_offline(False)

    expect(page.locator(".capture")).to_contain_text("Dieser Link gilt nicht mehr.")
    expect(page.locator(".capture li")).to_have_text("Nicht verlieren")


def test_the_other_pages_are_accessible(site, page, check_page):
    table = Table(site, points=3)
    table.do(lambda table: lines.record(table, [said("Eins"), said("أريد دورة", language="ar")]))
    table.do(lambda table: photos.add_photo(table, picture()))
    for address in (f"{table.address}/fotos", f"{table.address}/abschluss", table.wall):
        page.goto(address)
        check_page()
        if "/wand/" in address:
            page.set_viewport_size(TABLET)
            check_page()


def test_the_wall_fills_by_itself_and_stands_still_on_request(site, browser):
    table = Table(site)
    page = browser.new_page(base_url=site.url, viewport={"width": 1280, "height": 720})
    page.goto(table.wall)
    expect(page.locator(".wall-quiet")).to_be_visible()

    table.do(lambda table: lines.record(table, [said("Eins")]))
    expect(page.locator(".wall-table li")).to_have_text(["Eins"], timeout=15_000)
    page.get_by_role("button", name="Anhalten").click()
    table.do(lambda table: lines.record(table, [said("Zwei")]))
    page.wait_for_timeout(6000)
    expect(page.locator(".wall-table li")).to_have_text(["Eins"])
    page.get_by_role("button", name="Anhalten").click()
    expect(page.locator(".wall-table li")).to_have_text(["Zwei", "Eins"], timeout=15_000)
    assert page.evaluate("document.documentElement.scrollHeight <= window.innerHeight")
    page.close()
