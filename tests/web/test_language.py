import pytest
from flask import request

from app.web.access import public
from tests.catalogues import write_catalogue
from tests.pages import Page

pytestmark = pytest.mark.one_database

WORDS = {"Einloggen": "Sign in", "Schauen Sie in Ihre E-Mails": "Look at your mails"}


@pytest.fixture
def speak(own_app, tmp_path):
    """A client of a site that also speaks this language."""

    def create(language, words=WORDS, **settings):
        app = own_app(
            {**write_catalogue(tmp_path / "translations", language, words), "WTF_CSRF_ENABLED": False}, **settings
        )
        return app.test_client()

    return create


def fetch(client, url) -> Page:
    response = client.get(url)
    assert response.status_code == 200
    return Page(response.text, url)


def test_language_stands_in_the_address(speak):
    client = speak("en")
    german, english = fetch(client, "/konto/zugang"), fetch(client, "/en/konto/zugang")

    assert [(page.html["lang"], page.h1.text) for page in (german, english)] == [("de", "Einloggen"), ("en", "Sign in")]


def test_links_redirects_and_forms_keep_the_language(speak):
    client = speak("en")

    sent = client.post("/en/konto/zugang", data={"email": "niemand@example.org"})
    asked = client.get("/en/konto")

    assert (sent.location, asked.location) == ("/en/konto/zugang/gesendet", "/en/konto/zugang?weiter=/en/konto")
    assert fetch(client, sent.location).h1.text == "Look at your mails"


def test_assets_have_one_address_in_all_languages(speak):
    client = speak("en")

    addresses = [fetch(client, url).select_one("link[rel=stylesheet]")["href"] for url in ("/", "/en/")]

    assert addresses[0] == addresses[1]
    assert addresses[0].startswith("/static/vendor/app.")


def test_every_page_leads_to_itself_in_the_other_languages(speak):
    page = fetch(speak("en"), "/en/konto/zugang?weiter=/konto")

    links = [(a["href"], a.get("lang"), a.get("aria-current")) for a in page.select("a[lang]")]
    assert sorted(links, key=str) == sorted(
        [("/konto/zugang?weiter=/konto", "de", None), ("/en/konto/zugang?weiter=/konto", "en", "true")], key=str
    )


def test_a_language_that_is_not_offered_is_no_address(speak):
    client = speak("en")

    assert [client.get(url).status_code for url in ("/fr/konto/zugang", "/enorm", "/EN/konto/zugang")] == [404] * 3


def test_a_site_in_one_language_offers_no_choice(client):
    assert client.page("/").select("a[lang]") == []


def test_arabic_runs_from_right_to_left(speak):
    page = fetch(speak("ar", {"Einloggen": "دخول"}), "/ar/konto/zugang")

    assert (page.html["dir"], page.h1.text) == ("rtl", "دخول")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("/konto/zugang/", "/konto/zugang?weiter=/konto"), ("//example.org//", "/example.org?weiter=/konto")],
)
def test_a_slash_at_the_end_leads_to_the_address_without(client, typed, meant):
    response = client.get("/?weiter=/konto", environ_overrides={"PATH_INFO": typed})

    assert (response.status_code, response.location) == (301, meant)


def test_a_slash_at_the_end_keeps_the_language(speak):
    assert speak("en").get("/en/konto/zugang/").location == "/en/konto/zugang"


@pytest.mark.parametrize(
    ("proxies", "seen"), [("1", "https://beteiligung.example.org/gesehen"), ("0", "http://127.0.0.1:8000/gesehen")]
)
def test_only_a_trusted_proxy_says_how_the_visitor_came(own_app, proxies, seen):
    app = own_app(TEILHABE_TRUSTED_PROXIES=proxies)

    @app.get("/gesehen")
    @public
    def show():
        return request.url

    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "beteiligung.example.org"}
    assert app.test_client().get("/gesehen", headers=forwarded).text == seen
