"""Registering by the keyboard alone: a group that ranks tables, and somebody who calls."""

import re

import pytest
from playwright.sync_api import expect

from app import links
from app.accounts import services as accounts
from app.accounts.models import Role
from app.db import db
from app.registrations import paper
from app.registrations.models import NeedKind, QuestionCondition, QuestionKind, Registration
from tests.events.factories import EventFactory, ThemeTableFactory
from tests.factories import AccountFactory
from tests.registrations.factories import QuestionFactory

pytestmark = [pytest.mark.browser, pytest.mark.no_database]

MOST_STEPS = 120
SHOWS_FOCUS = """() => {
  const element = document.activeElement;
  const hasOutline = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  const shows = (style) => hasOutline(style) || style.boxShadow !== "none";
  const styles = [null, "::before", "::after"].map((part) => getComputedStyle(element, part));
  const parent = element.parentElement && getComputedStyle(element.parentElement);
  return element.matches(":focus-visible") && [...styles, parent].some((style) => style && shows(style));
}"""


class Keyboard:
    """Whoever uses no mouse: every stop on the way shows that it has the focus."""

    def __init__(self, page):
        self.page = page

    def reach(self, locator):
        """Press Tab until this has the focus."""
        for _step in range(MOST_STEPS):
            self.page.keyboard.press("Tab")
            assert self.page.evaluate(SHOWS_FOCUS), self.page.evaluate("document.activeElement.outerHTML")
            if locator.evaluate("element => element === document.activeElement"):
                return
        raise AssertionError(f"{locator} is not reached by Tab")

    def type_into(self, label, words):
        self.reach(self.page.get_by_label(label, exact=True))
        self.page.keyboard.type(words)

    def press(self, role, name):
        """Reach a button or link and follow it."""
        self.reach(self.page.get_by_role(role, name=name, exact=True))
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


@pytest.fixture
def keyboard(page):
    return Keyboard(page)


def organiser_link(site):
    with site.app.test_request_context():
        account = AccountFactory(roles=(Role.ORGANISER,))
        return links.absolute_url("accounts.confirm_sign_in", token=accounts.issue_link(account))


@pytest.fixture
def event_id(site):
    """Three tables to rank, and a question that depends on another."""
    with site.app.app_context():
        event = EventFactory(title="Beispieltag", asked_needs=[NeedKind.VEGAN])
        for number, title in enumerate(["Wohnen", "Sprache", "Arbeit"], start=1):
            ThemeTableFactory(event=event, number=number, title=title)
        car = QuestionFactory(event=event, kind=QuestionKind.YES_NO, label="Mit dem Auto?", is_required=True)
        plate = QuestionFactory(event=event, label="Kennzeichen", is_required=True)
        plate.conditions.append(QuestionCondition(yes_to=car))
        db.session.commit()
        return event.id


def fill_in_a_group(page, keyboard, address):
    """With a child, the same table twice, and a question left open."""
    keyboard.type_into("Ihr Name", "Beispielperson Eins")
    keyboard.type_into("Ihre E-Mail-Adresse", address)
    keyboard.reach(page.get_by_label("Für mich allein"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Wie viele Personen kommen?")).to_be_visible()
    keyboard.press("button", "Weitere Person eintragen")
    expect(page.get_by_label("Name der 2. Person")).to_be_focused()
    page.keyboard.type("Beispielkind")
    keyboard.reach(page.get_by_label("Kind", exact=True))
    page.keyboard.press("Space")
    for wish in ("1. Wunsch", "2. Wunsch"):
        keyboard.reach(page.get_by_label(wish))
        page.keyboard.type("3")
    keyboard.reach(page.get_by_label("Ja", exact=True))
    page.keyboard.press("Space")
    expect(page.get_by_label("Kennzeichen")).to_be_visible()


def test_a_group_registers_and_ranks_tables_by_the_keyboard(site, page, check_page, keyboard, event_id):
    address = f"gruppe-{page.viewport_size['width']}@example.org"
    page.goto(f"/veranstaltungen/{event_id}/anmeldung")
    expect(page.get_by_label("Kennzeichen")).to_be_hidden()
    expect(page.get_by_label("Wie viele Personen kommen?")).to_be_hidden()
    check_page()
    fill_in_a_group(page, keyboard, address)
    keyboard.press("button", "Anmelden")
    check_page()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator(".error-summary li")).to_have_text(
        ["2. Wunsch: Diesen Tisch haben Sie schon oben gewählt.", "Kennzeichen: Bitte beantworten Sie diese Frage."]
    )

    keyboard.reach(page.locator(".error-summary a").first)
    page.keyboard.press("Enter")
    expect(page.get_by_label("2. Wunsch")).to_be_focused()
    page.keyboard.type("1")
    keyboard.reach(page.get_by_label("Ja", exact=True))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Kennzeichen")).to_be_hidden()
    keyboard.press("button", "Erst alles prüfen")
    check_page()
    facts = dict(zip(page.locator("dt").all_inner_texts(), page.locator("dd").all_inner_texts(), strict=True))
    said = [facts[name] for name in ("Zusammen sind Sie", "Weitere Personen", "Wünsche nach Tisch", "Mit dem Auto?")]
    assert said == ["2 Personen", "Beispielkind (Kind)", "1. Arbeit, 2. Wohnen", "nein"]
    keyboard.press("button", "Anmelden")
    expect(page).to_have_url(re.compile(r"/anmeldung/gesendet$"))
    check_page()

    [link] = site.wait_for_mail(address).links
    page.goto(link)
    keyboard.press("button", "Ja, ich komme")
    expect(page.locator(".notice strong").first).to_have_text("Sie haben 2 Plätze.")
    check_page()
    keyboard.press("link", "Angaben ändern")
    expect(page.get_by_label("Name der 2. Person")).to_have_value("Beispielkind")
    check_page()


def test_somebody_calls_and_gets_a_letter(site, page, check_page, keyboard, event_id):
    name = f"Beispielperson {page.viewport_size['width']}"
    page.goto(organiser_link(site))
    keyboard.press("button", "Jetzt einloggen")
    page.goto(f"/verwaltung/veranstaltungen/{event_id}/anmeldungen")
    keyboard.press("link", "Jemanden anmelden")
    check_page()

    keyboard.type_into("Name", name)
    keyboard.press("button", "Anmelden")
    expect(page.locator("#postal_address-error")).to_be_visible()
    check_page()
    keyboard.type_into("Telefon (freiwillig)", "07531 123")
    keyboard.type_into("Anschrift (freiwillig)", "Beispielweg 1")
    page.keyboard.press("Enter")
    page.keyboard.type("78462 Konstanz")
    keyboard.reach(page.get_by_label("1. Wunsch"))
    page.keyboard.type("1")
    keyboard.reach(page.get_by_label("Ja", exact=True))
    page.keyboard.press("ArrowDown")
    keyboard.press("button", "Anmelden")

    expect(page.locator(".read-out strong")).to_have_text("Sie haben einen Platz: Beispieltag")
    check_page()
    letter = page.request.get(page.get_by_role("link", name="Als Brief drucken (PDF)").get_attribute("href"))
    assert (letter.headers["content-type"], letter.body()[:5]) == ("application/pdf", b"%PDF-")
    keyboard.press("button", "Der Brief ist gedruckt und geht zur Post")
    expect(page.locator(".empty-title")).to_have_text("Nichts zu drucken und niemand anzurufen.")
    check_page()
    with site.app.app_context():
        [done] = paper.letters_done(event_id)
        assert (done.registration.name, done.how.value) == (name, "printed")
        assert db.session.query(Registration).filter_by(event_id=event_id).count() == 1
