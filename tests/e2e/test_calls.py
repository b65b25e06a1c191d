"""A call from the question to the sheet of paper: one answers on the web, an organiser types in what came by post."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from app.accounts.cli import sign_in_address
from app.accounts.models import Role
from app.db import now
from tests.calls.factories import CallFactory
from tests.calls.test_sheets import pdf_of_pictures
from tests.factories import AccountFactory

pytestmark = [pytest.mark.browser, pytest.mark.no_database]


@pytest.fixture
def question(site):
    """An open call and a way to sign in: its address and number."""
    with site.app.app_context():
        call = CallFactory(opens_at=now() - timedelta(days=9), closes_at=now() + timedelta(days=9))
        return call.slug, call.id, sign_in_address(AccountFactory(roles=(Role.ORGANISER,)))


def test_a_call_is_answered_on_the_web_and_on_paper(page, check_page, question):
    slug, number, sign_in = question
    page.goto(f"/aufrufe/{slug}")
    check_page()
    page.get_by_role("link", name="Antworten", exact=True).click()
    check_page()
    page.get_by_label("In Zukunft soll").fill("Mehr kleine Wohnungen.")
    page.get_by_role("button", name="Absenden").click()
    expect(page).to_have_url("/vorschlaege/gesendet")

    page.goto(urlsplit(sign_in).path)
    page.get_by_role("button", name="Jetzt einloggen").click()
    page.goto(f"/verwaltung/aufrufe/{number}")
    check_page()
    page.get_by_role("link", name="Bögen einscannen und abtippen").click()
    scan = {"name": "stapel.pdf", "mimeType": "application/pdf", "buffer": pdf_of_pictures(slug, f"{slug} zwei")}
    page.get_by_label("Scans").set_input_files([scan])
    page.get_by_role("button", name="Hochladen").click()
    check_page()
    page.get_by_role("button", name="Nächsten Bogen abtippen").click()
    check_page()
    type_in(page, check_page)


def type_in(page, check_page):
    page.get_by_label("groß", exact=True).check()
    assert page.locator(".sheet-frame").evaluate("frame => frame.scrollWidth > frame.clientWidth")
    page.get_by_label("Was auf dem Bogen steht").fill("Eine Bank vor dem Rathaus.")
    page.get_by_role("button", name="Aufnehmen, es steht noch mehr darauf").click()
    expect(page.get_by_role("heading", name="Ein Beitrag von diesem Bogen", exact=True)).to_be_visible()
    page.get_by_label("Was auf dem Bogen steht").fill("Ein Bus am Abend.")
    page.get_by_role("button", name="Aufnehmen, Bogen ist fertig").click()
    check_page()
    expect(page.get_by_text("Dieser Bogen ist abgetippt.")).to_be_visible()
    page.get_by_role("button", name="Nächster Bogen").click()
    page.get_by_label("Warum legen Sie den Bogen weg?").fill("leer")
    page.get_by_role("button", name="Weglegen").click()
    expect(page.get_by_text("Dieser Bogen ist weggelegt. leer")).to_be_visible()
