"""Writing together in browsers: words selected on the page, what was typed before a crash, two who write at once."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from app.accounts.cli import sign_in_address
from app.accounts.models import Role
from app.concept import queries, services
from app.db import db, now
from app.drafting.models import Suggestion
from app.drafting.services import hearings
from app.local_time import day_of
from tests.factories import AccountFactory
from tests.proposals.factories import working_section

pytestmark = [pytest.mark.browser, pytest.mark.no_database]
SELECT = """([start, end]) => {
  const text = document.querySelector(".passage-text").firstChild;
  getSelection().setBaseAndExtent(text, start, text, end);
}"""
WORDING = "Kurse 😀 sind kostenlos."


@pytest.fixture
def owner(site):
    """A goal of the working edition, and where its text is suggested to."""
    with site.app.app_context():
        goal = services.add_goal(section=working_section(), wording=WORDING, reason="Ein Beispiel.", by=None)
        return goal.code, goal.text_id


def editor(site, browser: Browser, name: str) -> Page:
    with site.app.app_context():
        address = sign_in_address(AccountFactory(roles=(Role.EDITOR,), name=name))
    page = browser.new_context(base_url=site.url, locale="de-DE").new_page()
    page.goto(address)
    page.get_by_role("button", name="Jetzt einloggen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Verwaltung")
    return page


def test_a_visitor_selects_words_and_suggests_others(site, page, check_page, owner):
    with site.app.app_context():
        day = day_of(now())
        hearings.lay_out(title="Erster", opens_on=day, closes_on=day + timedelta(days=7), by=None)
    page.goto(f"/anregungen/zu/{owner[1]}")

    take = page.get_by_role("button", name="Die markierten Wörter nehmen")
    expect(take).to_be_disabled()
    page.evaluate(SELECT, [9, 23])  # one more than characters before it: the face counts twice
    take.click()
    expect(page.get_by_label("markiert: „sind kostenlos“")).to_be_checked()
    page.get_by_label("So soll es heißen").fill("kosten nichts")
    page.get_by_label("Warum?").fill("Klarer.")
    check_page()
    page.get_by_role("button", name="Anregung absenden").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Die Anregung ist da")
    with site.app.app_context():
        made = db.session.query(Suggestion).order_by(Suggestion.id.desc()).first()
        assert (made.quote, made.words) == ("sind kostenlos", "kosten nichts")


def test_what_was_typed_survives_a_crash_and_a_second_writer(site, browser, owner):
    address = f"/verwaltung/konzept/ziele/{owner[0]}"
    one, two = editor(site, browser, "Erika Eins"), editor(site, browser, "Zora Zwei")
    one.goto(address)
    one.get_by_label("Wortlaut").fill("Kurse kosten nichts.")
    one.get_by_label("Grund").fill("Klarer")
    expect(one.get_by_text("Zwischengespeichert um")).to_be_visible()
    state = one.context.storage_state()
    one.context.close()  # the browser is gone, what was typed is not sent

    two.goto(address)
    expect(two.get_by_text("Erika schreibt hier auch gerade")).to_be_visible()
    two.get_by_label("Wortlaut").fill("Alle Kurse sind kostenlos.")
    two.get_by_label("Grund").fill("Alle")
    two.get_by_role("button", name="Wortlaut speichern").click()
    expect(two.get_by_text("Der Wortlaut ist gespeichert.")).to_be_visible()

    again = browser.new_context(base_url=site.url, locale="de-DE", storage_state=state).new_page()
    again.goto(address)
    again.get_by_role("link", name="Weiterschreiben").click()
    expect(again.get_by_label("Wortlaut")).to_have_value("Kurse kosten nichts.")
    again.get_by_role("button", name="Wortlaut speichern").click()
    expect(again.get_by_role("heading", level=1)).to_have_text("Zwei haben gleichzeitig geschrieben")
    expect(again.locator(".side-by-side ins")).to_have_text(["neu: Alle ; ", "neu: kosten nichts; "])
    again.get_by_label("Wortlaut").fill("Alle Kurse kosten nichts.")
    again.get_by_role("button", name="Meinen Text speichern").click()

    expect(again.get_by_text("Der Wortlaut ist gespeichert.")).to_be_visible()
    again.goto(address)
    expect(again.get_by_role("link", name="Weiterschreiben")).to_have_count(0)
    with site.app.app_context():
        assert queries.get_goal(owner[0]).text.current.content == "Alle Kurse kosten nichts."
    for page in (two, again):
        page.context.close()
