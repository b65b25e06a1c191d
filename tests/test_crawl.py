"""Every page of the site, found by following links as each role, keeps the rules for pages."""

import re
import subprocess
from collections import Counter
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from werkzeug.exceptions import MethodNotAllowed, NotFound

from app.accounts.models import Role
from app.accounts.queries import find_by_email
from app.demo import loading
from tests.pages import Page

pytestmark = [pytest.mark.browser, pytest.mark.no_database]

# Pages of one kind differ in their rows, not in their making; a role sees most of what a visitor sees, and the files
# that a visitor can have are the same for everybody.
VISITOR_PAGES, ROLE_PAGES = 6, 2
LINK = re.compile(r'<a\s[^>]*?href="([^"]+)"')
VNU = Path(__file__).parent.parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


class Crawler:
    def __init__(self, app, account=None, files=frozenset()):
        self.app = app
        self.files = set(files)
        self.client = app.test_client()
        self.limit = ROLE_PAGES if account else VISITOR_PAGES
        self.seen: Counter[str] = Counter()
        self.pages: dict[str, str] = {}
        if account:
            with self.client.session_transaction() as session:
                session.update(_user_id=account.get_id(), _fresh=True)

    def crawl(self, start="/"):
        queue, known = [start], {start}
        while queue:
            address = queue.pop(0)
            for link in self._visit(address):
                if link not in known:
                    known.add(link)
                    queue.append(link)
        return self.pages

    def _visit(self, address):
        try:
            endpoint, _ = self.app.url_map.bind("").match(urlsplit(address).path)
        except (NotFound, MethodNotAllowed):
            pytest.fail(f"{address}: a link leads nowhere")
        self.seen[endpoint] += 1
        if endpoint == "static" or self.seen[endpoint] > self.limit or address in self.files:
            return []
        response = self.client.get(address, follow_redirects=True)
        assert response.status_code == 200, f"{address}: {response.status_code}"
        if response.mimetype != "text/html":
            self.files.add(address)
            return []
        self.pages[address] = response.text
        links = (urljoin(address, unescape(link)) for link in LINK.findall(response.text))
        return [link.partition("#")[0] for link in links if link.startswith("/")]


@pytest.fixture(scope="module")
def crawled(demo_app):
    """The pages each role finds in the demo."""
    with demo_app.app_context():
        accounts = {role: find_by_email(email) for role, (email, _name) in loading.ACCOUNTS.items()}
        accounts = {role: account for role, account in accounts.items() if account.roles}
    visitor = Crawler(demo_app)
    pages = {"visitor": visitor.crawl()}
    return pages | {role: Crawler(demo_app, account, visitor.files).crawl() for role, account in accounts.items()}


def test_every_link_of_a_visitor_leads_somewhere(crawled):
    assert {"/", "/konto/zugang", "/datenschutz"} <= set(crawled["visitor"])
    assert [address for address in crawled["visitor"] if address.startswith("/verwaltung")] == []


@pytest.mark.parametrize("role", list(Role))
def test_every_link_of_a_role_leads_somewhere(crawled, role):
    assert "/konto" in crawled[role]


@pytest.mark.one_database
@pytest.mark.parametrize("reader", ["visitor", *Role])
def test_every_page_keeps_the_rules(crawled, reader):
    for address, html in crawled[reader].items():
        page = Page(html, address)
        assert not re.search(r"%\(\w+\)s|\{\{|\bNone\b", page.main.text), f"{address}: a placeholder shows"


@pytest.mark.one_database
def test_every_page_is_valid_for_the_nu_checker(crawled, tmp_path):
    for number, (address, html) in enumerate(
        sorted({a: h for pages in crawled.values() for a, h in pages.items()}.items())
    ):
        name = re.sub(r"\W+", "-", address).strip("-")[:80]
        (tmp_path / f"{number:04}-{name}.html").write_text(html)

    done = subprocess.run(
        ["java", "-jar", VNU, "--errors-only", "--format", "text", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
