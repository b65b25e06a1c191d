"""The whole story, as a newcomer walks it: from the concept through a registration and three voices to the thread."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from app.accounts.cli import sign_in_address
from app.accounts.models import Role
from app.accounts.queries import find_by_email
from app.demo.loading import ACCOUNTS

pytestmark = [pytest.mark.browser, pytest.mark.no_database]


@pytest.fixture
def site(demo_site):
    return demo_site


def sign_in(page: Page, site, role: Role) -> None:
    page.context.clear_cookies()
    with site.app.app_context():
        address = sign_in_address(find_by_email(ACCOUNTS[role][0]))
    page.goto(address)
    page.get_by_role("button", name="Jetzt einloggen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Verwaltung")


def open_mail(page: Page, site, address: str, path: str) -> None:
    """Follow the link of the newest mail that leads to this kind of page."""
    mail = site.wait_for_mail(address)
    [link] = [link for link in mail.links if path in link]
    page.goto(urlsplit(link).path)


def test_a_newcomer_walks_from_the_concept_to_the_thread(site, page, check_page):
    read_the_concept(page, check_page)
    register(page, site, check_page)
    contribute(page, site, check_page)


def read_the_concept(page, check_page):
    page.goto("/")
    check_page()
    page.get_by_role("link", name="Das Integrationskonzept").click()
    check_page()
    page.get_by_role("link", name="Sprache").first.click()
    check_page()
    page.goto("/gremien")
    check_page()
    page.goto("/prozess")
    expect(page.get_by_text("Mai 2016 bis Juli 2017")).to_be_visible()
    check_page()


def register(page, site, check_page):
    page.goto("/")
    page.get_by_role("list", name="Was Sie heute tun können").get_by_role("link").first.click()
    check_page()
    page.get_by_role("link", name="Zur Anmeldung").click()
    page.get_by_label("Ihr Name").fill("Beispielperson Neu")
    page.get_by_label("E-Mail-Adresse").fill("neu@example.org")
    page.get_by_label("Wie viele Personen kommen?").fill("2")
    check_page()
    page.get_by_role("button", name="Anmelden", exact=True).click()
    expect(page).to_have_url(re.compile(r"/anmeldung/gesendet$"))
    check_page()
    open_mail(page, site, "neu@example.org", "/anmeldungen/")
    check_page()
    page.get_by_role("button", name="Ja, ich komme").click()
    check_page()
    expect(page.get_by_text("angemeldet").first).to_be_visible()


def contribute(page, site, check_page):
    page.goto("/vorschlaege/neu")
    check_page()
    page.get_by_label("In Zukunft soll").fill("In Zukunft soll es im Rathaus einen Tisch für Fragen geben.")
    page.get_by_label("E-Mail-Adresse").fill("stimme@example.org")
    page.get_by_role("button", name="Absenden").click()
    expect(page).to_have_url(re.compile(r"/vorschlaege/gesendet$"))
    check_page()
