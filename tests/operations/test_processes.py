import mailbox
import re
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

import pytest

from tests.conftest import settings
from tests.factories import AccountFactory
from tests.servers import answer, free_port, running_site, start_command, wait_until


@pytest.fixture
def environ(own_app, databases, tmp_path):
    """Settings of an installation with one account."""
    url = databases.copy()
    with own_app(TEILHABE_DATABASE_URL=url).app_context():
        AccountFactory(email="amt@example.org")
    return {**settings(tmp_path / "site", url), "TEILHABE_BASE_URL": f"http://127.0.0.1:{free_port()}"}


def test_serve_and_worker_send_the_mail_that_a_page_causes(environ, tmp_path):
    site = environ["TEILHABE_BASE_URL"]
    post = Path(environ["TEILHABE_MAIL_URL"].removeprefix("maildir:"))
    with running_site(environ) as processes:
        browser = build_opener(ProxyHandler({}), HTTPCookieProcessor())
        with browser.open(f"{site}/konto/zugang") as page:
            token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.read().decode())[1]
        form = urlencode({"email": "amt@example.org", "csrf_token": token}).encode()
        with browser.open(f"{site}/konto/zugang", form) as sent:
            assert sent.url == f"{site}/konto/zugang/gesendet"

        wait_until(lambda: (post / "new").exists() and list((post / "new").iterdir()))
        assert [mail["To"] for mail in mailbox.Maildir(str(post), create=False)] == ["amt@example.org"]

    assert [process.returncode for process in processes] == [0, 0]
    assert answer(f"{site}/healthz") == 0


def test_serve_stops_when_a_setting_is_missing(environ):
    del environ["TEILHABE_SECRET_KEY"]

    process = start_command(environ, "serve")

    output, _ = process.communicate(timeout=60)
    assert (process.returncode, output.partition(":")[0]) == (1, "TEILHABE_SECRET_KEY fehlt")
