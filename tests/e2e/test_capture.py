import pytest
from playwright.sync_api import expect

from app.capture.services import tables
from tests.proposals.factories import ThemeTableFactory

pytestmark = [pytest.mark.browser, pytest.mark.no_database]


def test_a_scribe_writes_thirty_lines_by_the_keyboard_alone(site, page, check_page):
    """Nothing is ever clicked: the field has the focus again after each line."""
    with site.app.app_context():
        table = ThemeTableFactory()
        token = tables.link_of(table, tables.SCRIBE)
    page.goto(f"/erfassung/{token}")
    check_page()

    for number in range(30):
        expect(page.get_by_label("Was wurde gesagt?")).to_be_focused()
        page.keyboard.type(f"Satz {number}")
        with page.expect_navigation():
            page.keyboard.press("Enter")

    lines = page.locator(".capture-lines li > span:first-child").all_text_contents()
    assert lines == [f"Satz {number}" for number in reversed(range(30))]
    check_page()
