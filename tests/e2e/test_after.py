import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from app.db import db
from app.evaluation import services
from app.evaluation.queries import count_responses, survey_of
from app.registrations.services import issue_link
from app.registrations.services.letters import tell
from tests.attendance.arrivals import party_that_came, past_event

pytestmark = [pytest.mark.browser, pytest.mark.no_database]


@pytest.fixture
def guest(site):
    """Somebody who was at an event that ended yesterday and has a survey; the link of their registration."""
    with site.app.app_context():
        event = past_event(title="Beispieldialog")
        services.create_survey(event, by=None)
        address = f"gast{event.id}@example.org"
        registration = party_that_came(event, name="Beispiel Gast", email=address)
        tell(registration, "thanks")
        db.session.commit()
        return event.id, address, f"/anmeldungen/{issue_link(registration)}"


def press(page, key="Enter"):
    with page.expect_navigation():
        page.keyboard.press(key)


def go_to(page, name):
    """By the tabulator key alone, to the link or button of that name."""
    wanted = re.compile(name)
    for _step in range(80):
        page.keyboard.press("Tab")
        if wanted.search(page.evaluate("document.activeElement.innerText || document.activeElement.value || ''")):
            return
    pytest.fail(f"{name} is not reached by the keyboard")


def test_a_certificate_is_issued_downloaded_and_checked_by_the_keyboard_alone(page, guest, check_page):
    _event_id, _address, own = guest
    page.goto(own)
    go_to(page, "^Teilnahmebestätigung$")
    press(page)
    check_page()
    go_to(page, "^Bestätigung ausstellen$")
    press(page)
    check_page()
    code = page.get_by_text("Prüfcode:").inner_text().removeprefix("Prüfcode: ")
    download = page.get_by_role("link", name="Bestätigung herunterladen (PDF)")
    answer = page.request.get(download.get_attribute("href"))
    assert (answer.headers["content-type"], answer.body()[:5]) == ("application/pdf", b"%PDF-")

    page.goto("/nachweis")
    check_page()
    page.get_by_label("Prüfcode").focus()
    page.keyboard.type(code.lower())
    press(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Diese Bestätigung ist echt")
    expect(page.locator("main")).to_contain_text("B. G.")
    expect(page.locator("main")).not_to_contain_text("Gast")
    check_page()


def test_a_survey_is_answered_by_the_link_in_the_mail_and_the_keyboard_alone(site, page, guest, check_page):
    event_id, address, _own = guest
    mail = site.wait_for_mail(address)
    [asked] = [link for link in mail.links if "/umfrage/" in link]
    page.goto(urlsplit(asked).path)
    check_page()
    page.get_by_role("group", name="Ich habe mich willkommen gefühlt.").get_by_label("1").focus()
    for _step in range(4):
        page.keyboard.press("ArrowRight")
    go_to_field(page, "Was war gut?")
    page.keyboard.type("Das Essen")
    go_to(page, "^Antworten absenden$")
    press(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Danke für Ihre Antworten")
    check_page()
    with site.app.app_context():
        assert count_responses(survey_of(event_id).id) == 1
    page.goto(urlsplit(asked).path)
    expect(page.locator("main")).to_contain_text("Über diesen Link ist schon geantwortet worden.")


def go_to_field(page, label):
    for _step in range(40):
        page.keyboard.press("Tab")
        if page.get_by_label(label).evaluate("field => field === document.activeElement"):
            return
    pytest.fail(f"{label} is not reached by the keyboard")
