"""Contributing in a real browser: a draft on one's own device, one behind a link, a change, a proof of work."""

import io

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.db import db
from app.proposals.models import Proposal
from tests.events.test_pictures import picture
from tests.proposals.test_thread import Story
from tests.servers import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.no_database]
FIELD = "In Zukunft soll"
PROVEN = "document.querySelector('input[name=altcha]').value !== ''"


@pytest.fixture
def sent(site):
    """The contribution with these words."""

    def find(text):
        with site.app.app_context():
            proposals = db.session.scalars(select(Proposal).order_by(Proposal.id.desc())).all()
            [found] = [each for each in proposals if each.text.current.content == text][:1]
            return found.is_proven, [attachment.description for attachment in found.attachments]

    return find


def test_words_stay_in_the_browser_until_they_are_sent(page, check_page, sent):
    page.goto("/vorschlaege/neu")
    page.get_by_label(FIELD).fill("Bänke im Stadtgarten")
    wait_until(lambda: page.evaluate("localStorage.length"))
    page.goto("/vorschlaege/neu")

    expect(page.get_by_label(FIELD)).to_have_value("Bänke im Stadtgarten")
    expect(page.get_by_text("Das ist, was Sie zuletzt auf diesem Gerät geschrieben haben.")).to_be_visible()
    check_page()
    wait_until(lambda: page.evaluate(PROVEN))
    page.get_by_text("Foto oder Datei dazu").click()
    page.get_by_label("Datei", exact=True).first.set_input_files(
        {"name": "Bank.jpg", "mimeType": "image/jpeg", "buffer": io.BytesIO(picture()).getvalue()}
    )
    page.get_by_label("Was ist darauf zu sehen?").first.fill("Eine Bank")
    page.get_by_role("button", name="Absenden").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Danke, Ihr Beitrag ist da")
    check_page()
    assert sent("Bänke im Stadtgarten") == (True, ["Eine Bank"])
    page.goto("/vorschlaege/neu")
    expect(page.get_by_label(FIELD)).to_have_value("")


def test_nothing_stays_on_a_device_that_belongs_to_many(page):
    page.goto("/vorschlaege/neu")
    page.get_by_role("button", name="Hier nichts aufheben").click()
    page.get_by_label(FIELD).fill("Bänke am Bahnhof")
    page.wait_for_timeout(800)
    page.goto("/vorschlaege/neu")

    expect(page.get_by_label(FIELD)).to_have_value("")
    expect(page.get_by_text("Auf diesem Gerät wird nichts aufgehoben.")).to_be_visible()
    assert page.evaluate("JSON.stringify(localStorage)") == '{"teilhabe-entwurf-aus":"1"}'


def test_draft_goes_on_behind_its_link(page, check_page, sent):
    page.goto("/vorschlaege/neu")
    page.get_by_label(FIELD).fill("Bänke am See")
    page.get_by_role("button", name="Später weiterschreiben").click()
    expect(page.get_by_text("Ihr Entwurf ist aufgehoben bis zum")).to_be_visible()
    check_page()
    link = page.get_by_role("link", name="Mit diesem Link schreiben Sie weiter").get_attribute("href")
    page.context.clear_cookies()

    page.goto(link)
    page.get_by_label(FIELD).fill("Bänke am See und am Hafen")
    page.get_by_role("button", name="Absenden").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Danke, Ihr Beitrag ist da")
    assert len(sent("Bänke am See und am Hafen")) == 2


def test_change_starts_from_the_present_text_and_shows_what_is_new(page, site, check_page):
    with site.app.app_context():
        goal = Story().goal
        db.session.commit()
        code, wording = goal.code, goal.text.current.content
    page.goto("/vorschlaege/neu")
    page.get_by_text("Was es ist und wozu es gehört").click()
    page.get_by_label("etwas ändern, das schon im Konzept steht").check()
    page.get_by_label("Um welches Ziel oder welche Maßnahme geht es?").select_option(code)

    field = page.get_by_label("So soll es künftig heißen")
    expect(field).to_have_value(wording)
    field.fill(f"{wording} Auch am Samstag.")

    expect(page.locator("#subject ins")).to_contain_text("Auch am Samstag.")
    check_page()
