"""A running site with its worker, and a real browser that visits it on a phone and on a desk."""

import mailbox
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

import config
from app import create_app
from app.db import db
from tests.conftest import ReceivedMail, _parse, settings
from tests.servers import free_port, running_site, wait_until
from tests.tree import ROOT

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text
QUIET = ("--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync")
SIZES = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 900}}


def is_complaint(message: ConsoleMessage) -> bool:
    """But for pages that say what is wrong with a form (422) or not possible now (409)."""
    return message.type == "error" and not re.search(r"status of (409|422) ", message.text)


class Site:
    """The site as the tests see it: its address, its database, the mails it sent."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.url = environ["TEILHABE_BASE_URL"]
        self.app = create_app(config.load(environ))
        self.post = Path(environ["TEILHABE_MAIL_URL"].removeprefix("maildir:"))

    def mails_to(self, address: str) -> list[ReceivedMail]:
        if not self.post.exists():
            return []
        messages = mailbox.Maildir(str(self.post), create=False, factory=_parse)
        return [mail for mail in map(ReceivedMail.of, messages) if mail.to == address]

    def wait_for_mail(self, address: str) -> ReceivedMail:
        wait_until(lambda: self.mails_to(address))
        return self.mails_to(address)[-1]


@pytest.fixture(scope="session")
def site(databases, tmp_path_factory) -> Iterator[Site]:
    environ = settings(tmp_path_factory.mktemp("site"), databases.copy())
    environ["TEILHABE_BASE_URL"] = f"http://127.0.0.1:{free_port()}"
    site = Site(environ)
    with running_site(environ):
        yield site
    with site.app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def demo_site(demo_settings) -> Iterator[Site]:
    """A site of its own with the county's demo, as `make run` starts it."""
    environ = {**demo_settings(), "TEILHABE_BASE_URL": f"http://127.0.0.1:{free_port()}"}
    site = Site(environ)
    with running_site(environ):
        yield site
    with site.app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", *QUIET]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        yield browser
        browser.close()


@pytest.fixture(params=SIZES)
def page(request, site, browser) -> Iterator[Page]:
    """A page of the site; whatever its console complains about fails the test."""
    context = browser.new_context(base_url=site.url, viewport=SIZES[request.param], locale="de-DE")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if is_complaint(message) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def check_page(page):
    """axe finds nothing (WCAG 2.2 AA and its advice), and nothing is wider than the screen."""

    def check() -> None:
        page.evaluate(AXE())
        results = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        found = [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in results["violations"]]
        assert found == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url

    return check
