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
    number = "1.2" if page.viewport_size["width"] < 400 else "1.3"
    desk = send_the_paper(page, site, check_page, number)
    record_the_resolutions(page, check_page, desk)


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
    page.get_by_role("main").get_by_role("link", name="Zur Anmeldung").first.click()
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


def send_the_paper(page, site, check_page, number):
    sign_in(page, site, Role.EDITOR)
    page.goto("/verwaltung/vorlagen/neu")
    check_page()
    page.get_by_label("Titel").fill(f"Beispiel: Fortschreibung {number}")
    page.get_by_label("Organisationseinheit").select_option(label="Amt für Migration und Integration")
    page.get_by_label("Beschlussvorschlag").fill(f"Der Fortschreibung {number} wird zugestimmt.")
    page.get_by_label("Sachverhalt").fill("Ein Beispiel: Aus drei Stimmen ist ein Ziel geworden.")
    page.get_by_label("Finanzielle Auswirkungen im Wortlaut").fill("Derzeit nicht bezifferbar.")
    page.get_by_role("button", name="Vorlage anlegen").click()
    desk = page.url
    for body, role in (("Sozialausschuss", "Vorberatung"), ("Steuerungsgruppe Integration", "Entscheidung")):
        page.get_by_role("link", name="Beratungsfolge ergänzen").click()
        page.get_by_label("Gremium").select_option(label=body)
        page.get_by_label("Zweck").select_option(label=role)
        check_page()
        page.get_by_role("button").last.click()
    page.get_by_role("link", name="Vorlage versenden").click()
    check_page()
    page.get_by_label("Nummer der Fassung").fill(number)
    page.get_by_label("Adresse der Fassung").fill(f"fortschreibung-beispiel-{number}")
    page.get_by_label("Titel").fill(f"Beispiel: Fortschreibung {number}")
    page.get_by_label("Warum gibt es diese Fassung?").fill("Ein neues Ziel ist dazugekommen.")
    if page.get_by_label("Trotzdem versenden").count():  # only where the working edition is not complete
        page.get_by_label("Trotzdem versenden").check()
    page.get_by_role("button", name="Weiter zur Prüfung").click()
    check_page()
    page.get_by_role("button", name="Vorlage versenden").click()
    check_page()
    return desk


def record_the_resolutions(page, check_page, desk):
    bodies = (
        ("Sozialausschuss", "empfohlen", "vorläufig verabschiedet", "27.11.2026"),
        ("Steuerungsgruppe Integration", "zugestimmt", "verabschiedet", "12.2026"),
    )
    for body, outcome, effect, decided in bodies:
        page.goto(desk)
        page.get_by_role("link", name=re.compile(rf"Beschluss eintragen\s*: {body}")).click()
        page.get_by_label("Ergebnis").select_option(label=outcome)
        page.get_by_label("Was das für die Fassung heißt").select_option(label=effect)
        page.get_by_label("Wann").fill(decided)
        check_page()
        page.get_by_role("button", name="Weiter zur Prüfung").click()
        check_page()
        page.get_by_role("button", name="Beschluss eintragen").click()
