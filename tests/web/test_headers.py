import pytest

from app.accounts.services import issue_link
from app.web.headers import HEADERS
from tests.factories import AccountFactory


@pytest.mark.parametrize(("url", "status"), [("/", 200), ("/konto", 303), ("/gibt-es-nicht", 404), ("/healthz", 200)])
def test_every_answer_forbids_what_comes_from_elsewhere(client, url, status):
    response = client.get(url)

    assert response.status_code == status
    assert {name: response.headers.get(name) for name in HEADERS} == {
        "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }


def test_https_is_kept_where_the_site_has_it(own_app):
    secure = own_app(TEILHABE_BASE_URL="https://beteiligung.example.org").test_client().get("/")
    plain = own_app().test_client().get("/")

    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "Strict-Transport-Security" not in plain.headers


def test_session_cookie_is_kept_from_scripts_and_other_sites(own_app):
    client = own_app(TEILHABE_BASE_URL="https://beteiligung.example.org").test_client()

    cookie = client.get("/konto/zugang?weiter=/konto", base_url="https://beteiligung.example.org").headers["Set-Cookie"]

    attributes = {part.strip() for part in cookie.split(";")}
    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= attributes


def test_pages_of_one_person_are_not_stored(client):
    account = AccountFactory()
    link = f"/konto/zugang/{issue_link(account)}"
    client.sign_in(account)

    stored = {url: "no-store" not in client.get(url).headers["Cache-Control"] for url in ("/", "/konto", link)}

    assert stored == {"/": True, "/konto": False, link: False}


def test_assets_are_kept_for_a_year_because_their_name_changes(client):
    address = client.page("/").select_one("link[rel=stylesheet]")["href"]

    with client.get(address) as response:
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
