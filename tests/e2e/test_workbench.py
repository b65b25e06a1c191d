"""Condensing in a browser: passages selected by mouse and keyboard, also behind signs that take two units."""

import pytest
from playwright.sync_api import Page, expect

from app.accounts.cli import sign_in_address
from app.accounts.models import Role
from app.proposals import queries
from app.texts.services import Span
from app.workbench.queries import page_of_condensations
from app.workbench.services import condensation as condensing
from app.workbench.services import objections
from app.workbench.services.condensation import Source
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory, working_section

pytestmark = [pytest.mark.browser, pytest.mark.no_database]

DESK = "/verwaltung/zusammenfuehrung"
SELECT = """([id, start, end]) => {
  const text = document.querySelector(`label[for="${id}"]`).lastChild;
  getSelection().setBaseAndExtent(text, start, text, end);
}"""


@pytest.fixture
def proposals(site):
    with site.app.app_context():
        working_section()
        first = ProposalFactory(content="Danke 😀! Mehr Bänke 🚲 am See, bitte.")
        second = ProposalFactory(content="Лавки біля озера. Дякую.", language="uk", german="Bänke am See. Danke.")
        condensing.condense(wording="Danke", sources=[Source(Span.of(first.text.current, "Danke"))], by=None)
        return first.id, second.id, first.text.current.id, second.text.current.id


def sign_in(page: Page, site) -> None:
    with site.app.app_context():
        address = sign_in_address(AccountFactory(roles=(Role.MODERATOR,)))
    page.goto(address)
    page.get_by_role("button", name="Jetzt einloggen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Verwaltung")


def test_passages_are_selected_and_drawn_into_a_wording(site, page, check_page, proposals):
    first, second, version, other = proposals
    sign_in(page, site)
    page.goto(f"{DESK}?alle=ja")
    check_page()
    page.goto(f"{DESK}/offen")
    check_page()
    page.goto(f"{DESK}/neu?beitrag={first}&beitrag={second}")
    check_page()

    page.evaluate(SELECT, [f"satz-{version}:9:36", 5, 13])  # „Bänke 🚲“
    page.locator(".marked-passages + button").click()
    expect(page.locator(".marked-passages p")).to_have_text(["„Bänke 🚲“"])
    page.locator(f"fieldset[data-version='{other}'] summary").click()
    page.get_by_label("Wählen Sie Worte aus").last.press("Home")
    for _ in range(5):
        page.keyboard.press("Shift+ArrowRight")
    page.locator(f"fieldset[data-version='{other}']").get_by_role("button", name="Auswahl markieren").click()
    page.get_by_label("Дякую.").check()
    expect(page.locator(".marked-passages p")).to_have_text(["„Bänke 🚲“", "„Лавки“", "„Дякую.“"])
    page.locator(".marked-passages").get_by_label("verwenden").last.click()
    expect(page.get_by_label("Дякую.")).not_to_be_checked()
    check_page()
    page.get_by_role("button", name="In die Formulierung einsetzen").first.click()
    page.get_by_label("Gemeinsame Formulierung").press("End")
    page.keyboard.type(" am See")
    check_page()
    page.get_by_role("button", name="Speichern").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Formulierung")
    check_page()
    with site.app.app_context():
        made = page_of_condensations(1).items[0]
        links = queries.sources_of(made)
        drawn = {
            (
                each.source.quote(each.source_start, each.source_end),
                each.target.quote(each.target_start, each.target_end),
            )
            for each in links
        }
    assert drawn == {("Bänke 🚲", "Bänke 🚲"), ("Лавки", "Bänke 🚲 am See")}


def test_every_page_of_a_condensation_can_be_used_by_all(site, page, check_page, proposals):
    first, second, version, _other = proposals
    with site.app.app_context():
        chosen = queries.chosen([first, second])
        sources = [Source(Span.whole(each.text.current)) for each in chosen]
        made = condensing.condense(wording=f"Bänke am See {version}", sources=sources, by=None)
        condensing.reword_condensation(made, wording=f"Mehr Bänke am See {version}", sources=sources, by=None)
        objection = objections.object_to(
            made, version_id=made.text.current.id, proposal=chosen[0], words="Auf die Fahrräder kommt es an."
        )
        made_id, objection_id = made.id, objection.id
    sign_in(page, site)
    for way in (
        *("/formulierungen", f"/{made_id}", f"/{made_id}/wortlaut", f"/{made_id}/vergleich", f"/{made_id}/teilung"),
        *(f"/{made_id}/aufloesung", "/einsprueche", f"/einsprueche/{objection_id}"),
    ):
        page.goto(DESK + way)
        check_page()
