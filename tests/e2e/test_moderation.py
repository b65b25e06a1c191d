"""Moderation in a real browser: by the keyboard, with a step taken back, and words blackened by selecting them."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from app.accounts.cli import sign_in_address
from app.accounts.models import Role
from app.proposals.models import ProposalState
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory

pytestmark = [pytest.mark.browser, pytest.mark.no_database]
SELECT = """quote => {
  const words = quote.querySelector("p").firstChild, range = document.createRange();
  const start = words.data.indexOf("Frau Beispiel");
  range.setStart(words, start);
  range.setEnd(words, start + "Frau Beispiel".length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.fixture
def waiting(site):
    with site.app.app_context():
        proposals = [
            ProposalFactory(state=ProposalState.RECEIVED, content=content)
            for content in ("Frau Beispiel hat mir geholfen.", "Mehr Bänke am See.")
        ]
        account = AccountFactory(roles=(Role.MODERATOR,))
        return [proposal.reference for proposal in proposals], sign_in_address(account)


def test_one_moderates_by_keys_and_blackens_what_is_selected(page, waiting, check_page):
    (first, second), sign_in = waiting
    page.goto(urlsplit(sign_in).path)
    page.get_by_role("main").get_by_role("button").first.click()
    page.goto("/verwaltung/moderation")
    check_page()
    page.goto(f"/verwaltung/moderation/{first}")
    check_page()
    page.get_by_label("Mit Tasten arbeiten").check()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Tasten")).to_be_visible()
    check_page()
    page.get_by_role("button", name="Schließen").click()
    page.keyboard.press("s")
    page.wait_for_url("**/schwaerzung")
    page.locator("blockquote").first.evaluate(SELECT)
    page.get_by_role("button", name="Auswahl schwärzen").click()
    expect(page.get_by_label("Was geschwärzt wird")).to_have_value("Frau Beispiel")
    page.get_by_label("Grund, den alle lesen").fill("Der Name einer Person.")
    check_page()
    page.get_by_role("button", name="Schwärzen", exact=True).click()
    expect(page.locator("blockquote").first).to_contain_text("█████████████ hat mir geholfen.")

    page.keyboard.press("v")
    expect(page.get_by_text(f"{first} ist veröffentlicht.")).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_text("Ein Beitrag wartet wieder.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text(first)
    page.goto(f"/vorschlaege/{second}")
    expect(page.get_by_text("Nur für die Moderation")).to_be_visible()
