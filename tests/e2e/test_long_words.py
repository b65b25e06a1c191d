import pytest

from tests.proposals.factories import ProposalFactory

pytestmark = [pytest.mark.browser, pytest.mark.no_database]


def test_a_word_longer_than_the_screen_is_broken(site, page, check_page):
    with site.app.app_context():
        reference = ProposalFactory(content=f"https://example.org/{'sehr-lang' * 20}").reference

    for address in ("/vorschlaege", f"/vorschlaege/{reference}", f"/vorschlaege/{reference}/weg"):
        page.goto(address)
        check_page()
