"""From three wishes to a table, by the keyboard alone: a visitor ranks, an organiser plans and publishes."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from app.accounts.cli import sign_in_address
from app.accounts.models import Role
from tests.factories import AccountFactory
from tests.seating.factories import event_with_tables, party
from tests.servers import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.no_database]
FARTHEST = 150  # tabs


@pytest.fixture
def hall(site):
    """An event with two tables for two; somebody else wishes the first one, too. Its id, and a way to sign in."""
    with site.app.app_context():
        event, (one, two) = event_with_tables(2, 2)
        one.title, two.title = "Sprache", "Wohnen"
        party(event, one, persons=2, name="Familie Beispiel")
        return event.id, sign_in_address(AccountFactory(roles=(Role.ORGANISER,)))


def reach(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus, as somebody without a mouse does."""
    expect(target).to_be_visible()
    for _ in range(FARTHEST):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{target} is out of the keyboard's reach")


def write(page: Page, label: str, words: str) -> None:
    reach(page, page.get_by_label(label))
    page.keyboard.type(words)


def press(page: Page, role: str, name: str) -> None:
    reach(page, page.get_by_role(role, name=name, exact=True).last)
    page.keyboard.press("Enter")


def test_wishes_become_a_table_by_the_keyboard_alone(site, page, check_page, hall):
    event_id, sign_in = hall
    address = f"wunsch-{page.viewport_size['width']}@example.org"
    rank_tables(page, site, event_id, address)
    page.goto(urlsplit(sign_in).path)
    press(page, "button", "Jetzt einloggen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Verwaltung")
    plan(page, check_page, event_id)
    publish(page, check_page)
    see_the_table(page, site, check_page, address)


def rank_tables(page, site, event_id, address):
    page.goto(f"/veranstaltungen/{event_id}/anmeldung")
    write(page, "Ihr Name", "Erika Beispiel")
    write(page, "Ihre E-Mail-Adresse", address)
    for wish, table in (("1. Wunsch", "1"), ("2. Wunsch", "2")):
        write(page, wish, table)
    press(page, "button", "Anmelden")
    expect(page).to_have_url(f"{site.url}/veranstaltungen/{event_id}/anmeldung/gesendet")
    [link] = [link for link in site.wait_for_mail(address).links if "bestaetigung" in link]
    page.goto(urlsplit(link).path)
    press(page, "button", page.locator("main form button").last.inner_text().strip())
    expect(page.locator(".notice").first).to_contain_text("Sie haben einen Platz.")


def plan(page, check_page, event_id):
    page.goto(f"/verwaltung/veranstaltungen/{event_id}/sitzordnung")
    check_page()
    press(page, "button", "Plätze verteilen")
    expect(page.locator(".notice").last).to_contain_text("Das ist bewiesen.")
    check_page()
    press(page, "link", "Erika Beispiel")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tisch von Erika Beispiel")
    check_page()
    write(page, "Tisch", "1")
    press(page, "button", "Nur diese umsetzen")
    expect(page.locator("#table-error")).to_contain_text("nicht genug Platz")
    check_page()
    press(page, "button", "Umsetzen und alle anderen neu verteilen")
    expect(page.locator(".seat").first).to_have_text("Erika Beispiel fest")
    check_page()


def publish(page, check_page):
    press(page, "link", "Veröffentlichen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sitzordnung veröffentlichen")
    check_page()
    press(page, "button", "Jetzt veröffentlichen")
    expect(page.locator(".flashes")).to_contain_text("Veröffentlicht. 2 Anmeldungen erfahren es.")
    check_page()


def see_the_table(page, site, check_page, address):
    page.context.clear_cookies()
    wait_until(lambda: len(site.mails_to(address)) == 3)  # to confirm, confirmed, seated
    [mail] = [mail for mail in site.mails_to(address) if mail.subject.startswith("Ihr Tisch")]
    assert "Tisch 1 „Sprache“" in mail.text
    page.goto(urlsplit(mail.links[0]).path)
    expect(page.locator("#tische + ul")).to_have_text("Tisch 1 „Sprache“", use_inner_text=True)
    check_page()
