import pytest
from playwright.sync_api import expect

from app.accounts.models import Role
from tests.factories import AccountFactory

pytestmark = [pytest.mark.browser, pytest.mark.no_database]


def test_organiser_signs_in_by_the_link_in_the_mail(site, page, check_page):
    with site.app.app_context():
        email = AccountFactory(roles=(Role.ORGANISER,)).email

    page.goto("/")
    check_page()
    page.get_by_role("link", name="Einloggen").first.click()
    check_page()
    page.get_by_label("E-Mail-Adresse").fill("organisation")
    page.get_by_role("button", name="Link schicken").click()
    expect(page.locator("#email-error")).to_contain_text("name@beispiel.de")
    check_page()
    page.get_by_label("E-Mail-Adresse").fill(email)
    page.get_by_role("button", name="Link schicken").click()
    expect(page).to_have_url(f"{site.url}/konto/zugang/gesendet")
    check_page()

    [address] = site.wait_for_mail(email).links
    page.goto(address)
    check_page()
    page.get_by_role("button", name="Jetzt einloggen").click()
    expect(page).to_have_url(f"{site.url}/verwaltung")
    check_page()

    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Das geht gerade nicht")
    check_page()

    page.goto("/konto")
    check_page()
    page.get_by_role("button", name="Ausloggen", exact=True).click()
    page.goto("/konto")
    expect(page).to_have_url(f"{site.url}/konto/zugang?weiter=/konto")
