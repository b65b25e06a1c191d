"""The door in a real browser: without a network, by the keyboard, with the camera."""

import contextlib
import io
import json
import shutil
from datetime import timedelta
from urllib.request import Request

import pytest
from PIL import Image
from playwright.sync_api import expect
from sqlalchemy import func, select

from app.attendance import queries, services
from app.attendance.models import ArrivalEntry
from app.db import db, now
from app.events.models import Event
from app.registrations.models import RegistrationStatus
from tests.attendance.factories import DoorDeviceFactory
from tests.conftest import settings
from tests.e2e.conftest import QUIET, Site
from tests.registrations.factories import RegistrationFactory
from tests.servers import OPENER, answer, free_port, start_command, wait_until
from tests.tree import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.no_database]
SCANS = 50
KEPT = "caches.match(location.pathname, {ignoreVary: true}).then(Boolean)"


class Door:
    """An event, and the links of its devices."""

    def __init__(self, site, people=SCANS):
        self.site = site
        with site.app.app_context():
            device = DoorDeviceFactory(name="Nord")
            self.event_id = device.event_id
            self.links = [f"/einlass/{services.link_of(device)}"]
            parties = RegistrationFactory.create_batch(people, event=device.event)
            self.tickets = [services.token_of_party(party) for party in parties]
            other = DoorDeviceFactory(event=device.event, name="Süd")
            self.links.append(f"/einlass/{services.link_of(other)}")

    def arrived(self):
        """Persons who are there, and entries that were received."""
        with self.site.app.app_context():
            entries = select(func.count(ArrivalEntry.id)).where(ArrivalEntry.event_id == self.event_id)
            return queries.arrived(self.event_id), db.session.scalar(entries)


@pytest.fixture
def phones(site, browser):
    """Phones of their own; what goes wrong in a script fails the test, a missing network does not."""
    contexts, errors = [], []

    def open_phone(address, browser=browser):
        context = browser.new_context(base_url=site.url, viewport={"width": 360, "height": 740}, locale="de-DE")
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        page.wait_for_selector(".door[data-ready]")
        wait_until(lambda: page.evaluate(KEPT))
        return page

    yield open_phone
    for context in contexts:
        context.close()
    assert errors == []


def scan(page, code):
    page.get_by_label("Code eingeben oder Handscanner").fill(code)
    page.keyboard.press("Enter")


def count(page):
    return page.locator("[data-arrived]")


def scan_all(page, tickets, before=0):
    for number, ticket in enumerate(tickets, before + 1):
        scan(page, ticket)
        expect(count(page)).to_have_text(str(number))


def test_fifty_scans_without_a_network_are_fifty_arrivals_once_each(site, phones):
    door = Door(site)
    page = phones(door.links[0])
    sent = []
    page.on("request", lambda request: sent.append(request) if request.url.endswith("/eintraege") else None)

    page.context.set_offline(True)
    scan_all(page, door.tickets[:25])
    assert page.reload().from_service_worker
    page.wait_for_selector(".door[data-ready]")
    expect(count(page)).to_have_text("25")
    scan_all(page, door.tickets[25:], before=25)
    expect(page.locator("[data-network]")).to_contain_text("50 Einträge warten auf das Netz.")
    assert door.arrived() == (0, 0)

    page.context.set_offline(False)
    wait_until(lambda: door.arrived() == (SCANS, SCANS))
    expect(page.locator("[data-network]")).to_be_hidden()
    expect(count(page)).to_have_text("50")

    entries = [entry for request in sent for entry in json.loads(request.post_data)]
    assert len({entry["uuid"] for entry in entries}) == SCANS
    request = Request(
        f"{site.url}{door.links[0]}/eintraege",
        json.dumps(entries[-SCANS:]).encode(),
        {"Content-Type": "application/json"},
    )
    with OPENER.open(request) as response:
        assert {receipt["known"] for receipt in json.load(response)} == {True}
    assert door.arrived() == (SCANS, SCANS)


def test_two_devices_without_a_network_count_everyone_once_and_the_second_hears_it(site, phones):
    door = Door(site, people=10)
    first, second = (phones(link) for link in door.links)
    for page in (first, second):
        page.context.set_offline(True)
        scan_all(page, door.tickets)

    first.context.set_offline(False)
    wait_until(lambda: door.arrived() == (10, 10))
    second.context.set_offline(False)
    wait_until(lambda: door.arrived() == (10, 20))

    news = second.locator("[data-news] p", has_text="war schon da")
    expect(news).to_have_count(10)
    expect(news.first).to_contain_text("Nord.")
    for _ in range(10):
        news.first.get_by_role("button", name="Gesehen").click()
    expect(news).to_have_count(0)
    expect(first.locator("[data-news] p", has_text="war schon da")).to_have_count(0)


def test_guests_undoing_and_families_without_a_network(site, phones):
    door = Door(site, people=1)
    with site.app.app_context():
        event = db.session.get_one(Event, door.event_id)
        family = RegistrationFactory(event=event, name="ليلى الأحمد", persons=3)
        ticket = services.token_of_party(family)
    page = phones(door.links[0])
    page.context.set_offline(True)

    scan(page, ticket)
    expect(page.locator(".door-party:visible")).to_have_count(1)
    page.get_by_role("button", name="Alle 3 sind da").click()
    expect(count(page)).to_have_text("3")
    page.get_by_role("button", name="2. Person mit ليلى الأحمد: rückgängig").click()
    expect(count(page)).to_have_text("2")
    page.get_by_text("Gast ohne Anmeldung").click()
    page.locator(".door-guest").get_by_label("Name").fill("Gast")
    page.get_by_label("Wie viele Personen sind es?").fill("2")
    page.get_by_role("button", name="Gast eintragen").click()
    expect(count(page)).to_have_text("4")

    page.context.set_offline(False)
    wait_until(lambda: door.arrived() == (4, 6))
    page.get_by_role("link", name="Alle Namen zeigen").click()
    expect(page.locator(".door-name", has_text="Gast")).to_have_count(2)


def test_each_ticket_that_opens_nothing_gets_its_sentence_without_a_network(site, phones):
    door = Door(site, people=1)
    with site.app.app_context():
        event = db.session.get_one(Event, door.event_id)
        cancelled = RegistrationFactory(event=event, status=RegistrationStatus.CANCELLED)
        outdated = RegistrationFactory(event=event)
        sentences = {
            "ABC": "Das ist kein Ticket von dieser Seite.",
            door.tickets[0][:-1]
            + ("A" if door.tickets[0][-1] != "A" else "B"): "Das ist kein Ticket von dieser Seite.",
            services.token_of_party(RegistrationFactory()): "Dieses Ticket gilt für eine andere Veranstaltung.",
            services.token_of_party(
                cancelled
            ): "Zu diesem Ticket gibt es keinen Platz mehr: Die Anmeldung ist abgemeldet.",
            services.token_of_party(outdated): "Dieses Ticket gilt nicht mehr: Die Anmeldung hat inzwischen ein neues.",
        }
        outdated.link_generation += 1
        RegistrationFactory(event=event)
    page = phones(door.links[0])
    with site.app.app_context():
        late = services.token_of_party(RegistrationFactory(event=db.session.get_one(Event, door.event_id)))
    page.context.set_offline(True)

    said = page.locator("[data-now]")
    for code, sentence in sentences.items():
        scan(page, code)
        expect(said).to_have_text(sentence)
    expect(count(page)).to_have_text("0")
    scan(page, late)
    expect(said).to_contain_text("Das Ticket ist echt, steht aber noch nicht auf der Liste")
    page.clock.set_fixed_time(now() + timedelta(days=32))
    scan(page, door.tickets[0])
    expect(said).to_have_text("Dieses Ticket ist abgelaufen: Die Veranstaltung ist vorbei.")

    page.context.set_offline(False)
    wait_until(lambda: door.arrived() == (1, 1))


def test_a_link_that_ends_takes_the_names_from_the_phone(site, phones):
    door = Door(site, people=1)
    page = phones(door.links[0])
    with site.app.app_context():
        services.revoke_device(queries.devices_of(door.event_id)[0], by=None)

    page.evaluate("dispatchEvent(new Event('online'))")

    expect(page.locator(".door")).to_have_text(
        "Dieser Link zum Einlass gilt nicht mehr. Die Liste ist von diesem Gerät gelöscht."
    )
    wait_until(lambda: page.evaluate("caches.keys()") == [])


@pytest.fixture
def camera(browser, tmp_path):
    """Starts a browser that sees what is drawn into a file."""
    film, started = tmp_path / "film.mjpeg", []

    def show(code):
        frame = Image.new("RGB", (640, 480), "white")
        ticket = Image.open(io.BytesIO(services.qr_png(code, scale=6))).convert("RGB").rotate(8, fillcolor="white")
        frame.paste(ticket, (150, 60))
        frame.save(film, "JPEG")
        flags = (
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            "--no-sandbox",
            "--disable-gpu",
        )
        started.append(
            browser.browser_type.launch(
                executable_path=shutil.which("chromium"),
                args=[*QUIET, *flags, f"--use-file-for-fake-video-capture={film}"],
            )
        )
        return started[0]

    yield show
    started[0].close()


def test_the_camera_reads_a_ticket_once_without_a_network(site, camera, phones):
    door = Door(site, people=2)
    page = phones(door.links[0], camera(door.tickets[1]))
    page.context.set_offline(True)

    button = page.get_by_role("button", name="Ticket mit der Kamera scannen")
    button.click()
    expect(count(page)).to_have_text("1")
    page.wait_for_timeout(1000)  # the same ticket, still before the camera
    expect(page.locator("[data-now]")).to_contain_text("ist da.")
    button.click()
    expect(page.locator("video")).to_be_hidden()

    page.context.set_offline(False)
    wait_until(lambda: door.arrived() == (1, 1))


def test_check_in_by_the_keyboard_alone(site, page, check_page):
    door = Door(site, people=3)
    with site.app.app_context():
        event = db.session.get_one(Event, door.event_id)
        RegistrationFactory(event=event, name="Zoë Beispiel")
    page.goto(door.links[0])
    page.wait_for_selector(".door[data-ready]")
    check_page()

    reach(page, "Name suchen")
    page.keyboard.type("zoe")
    expect(page.locator(".door-party:visible")).to_have_count(1)
    reach(page, "Zoë Beispiel ist da")
    page.keyboard.press("Enter")
    expect(count(page)).to_have_text("1")
    expect(page.get_by_role("button", name="Zoë Beispiel: rückgängig")).to_be_focused()
    page.keyboard.press("Enter")
    expect(count(page)).to_have_text("0")
    expect(page.get_by_role("button", name="Zoë Beispiel ist da")).to_be_focused()
    page.keyboard.press("Enter")
    reach(page, "Gast ohne Anmeldung")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Gast")
    page.keyboard.press("Enter")
    expect(count(page)).to_have_text("2")

    wait_until(lambda: door.arrived() == (2, 4))
    check_page()


def reach(page, name):
    """Press the tabulator until the focus is on what has this name."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(e => e.labels?.[0]?.innerText || e.getAttribute('aria-label') || e.innerText)(document.activeElement)"
        )
        if (focused or "").strip() == name:
            return
    pytest.fail(f"{name} is out of the keyboard's reach")


@pytest.fixture
def versions(databases, tmp_path):
    """A site from a copy of the code, which can be replaced by the next version."""
    folder = tmp_path / "code"
    for name in ("app", "templates", "static", "migrations"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "config.py", folder)
    environ = settings(tmp_path / "instance", databases.copy())
    environ["TEILHABE_BASE_URL"] = f"http://127.0.0.1:{free_port()}"
    yield Versions(Site(environ), environ, folder)
    with contextlib.suppress(RuntimeError):
        db.engine.dispose()


class Versions:
    def __init__(self, site, environ, folder):
        self.site, self.environ, self.folder = site, environ, folder

    @contextlib.contextmanager
    def running(self):
        port = self.site.url.rpartition(":")[2]
        process = start_command(self.environ, "serve", "--port", port, folder=self.folder)
        try:
            wait_until(lambda: answer(f"{self.site.url}/healthz") == 200)
            yield
        finally:
            process.terminate()
            process.communicate(timeout=60)

    def release(self):
        """Another check-in.js, and so another main.js that names it."""
        vendor = self.folder / "static" / "vendor"
        manifest = json.loads((vendor / "manifest.json").read_text())
        old = manifest["check-in.js"]
        (vendor / "check-in.next.js").write_text((vendor / old).read_text() + "\ndocument.title = 'next';\n")
        main = (vendor / manifest["main.js"]).read_text()
        (vendor / "main.next.js").write_text(main.replace(old, "check-in.next.js"))
        for name in (old, manifest["main.js"]):
            (vendor / name).unlink()
        manifest |= {"check-in.js": "check-in.next.js", "main.js": "main.next.js"}
        (vendor / "manifest.json").write_text(json.dumps(manifest))


def test_a_new_version_takes_the_place_of_the_kept_one(versions, browser):
    with versions.running():
        door = Door(versions.site, people=1)
        context = browser.new_context(base_url=versions.site.url)
        page = context.new_page()
        page.goto(door.links[0])
        page.wait_for_selector(".door[data-ready]")
        wait_until(lambda: page.evaluate(KEPT))
        [old] = page.evaluate("caches.keys()")
    assert page.reload().from_service_worker  # the site is down
    page.wait_for_selector(".door[data-ready]")

    versions.release()
    with versions.running():
        page.reload()
        page.wait_for_function("document.title === 'next'")
        wait_until(lambda: page.evaluate("caches.keys()") not in ([old], []))
        wait_until(lambda: page.evaluate(KEPT))
    page.reload()
    page.wait_for_function("document.title === 'next'")
    page.wait_for_selector(".door[data-ready]")
    context.close()
