import logging

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, abort

from app.accounts.models import Role
from app.errors import InvalidTransition
from app.web.access import public
from tests.factories import AccountFactory
from tests.pages import Page


@pytest.fixture
def failing(own_app):
    """A client of a site where every page fails the same way."""

    def create(error, **settings):
        app = own_app(**settings)

        @app.get("/kaputt")
        @public
        def fail():
            raise error

        return app.test_client()

    return create


def test_unknown_address_is_explained(client):
    client.page("/gibt-es-nicht", 404)


def test_every_way_out_of_an_unknown_address_leads_on(client):
    links = client.page("/gibt-es-nicht", 404).main.select("a")

    assert {link["href"]: client.get(link["href"]).status_code for link in links} == {
        "/vorschlaege": 200,
        "/veranstaltungen": 200,
        "/vorschlaege/beleg": 200,
        "/": 200,
    }


def test_closed_page_is_explained(client):
    client.sign_in(AccountFactory(roles=(Role.PARTICIPANT,)))

    client.page("/verwaltung", 403)


def test_wrong_method_is_explained(client):
    client.page("/", 405, "POST")


def test_form_that_is_too_large_is_explained(client):
    client.page("/konto/zugang", 413, "POST", data={"email": "x" * 13_000_000})


def test_form_without_its_token_can_be_sent_again(own_app):
    client = own_app().test_client()

    response = client.post("/konto/zugang", data={"email": "amt@example.org"})

    assert response.status_code == 400
    Page(response.text, "/konto/zugang")


@pytest.mark.parametrize("status", [400, 403, 404, 410, 422, 429, 500, 503])
def test_every_status_has_a_page(failing, status):
    with pytest.raises(HTTPException) as raised:
        abort(status)
    response = failing(raised.value).get("/kaputt")

    assert response.status_code == status
    Page(response.text, "/kaputt")


def test_what_the_domain_refuses_is_a_sentence_on_a_page(failing):
    response = failing(InvalidTransition()).get("/kaputt")

    assert response.status_code == 409
    sentence = "Dieser Schritt ist im jetzigen Stand nicht mehr möglich. Bitte laden Sie die Seite neu."
    assert sentence in Page(response.text, "/kaputt").main.text


def test_our_own_mistake_is_explained_without_details(failing, caplog):
    response = failing(ZeroDivisionError("geheim")).get("/kaputt")

    assert (response.status_code, "geheim" in response.text) == (500, False)
    Page(response.text, "/kaputt")
    assert [record.exc_info[0] for record in caplog.records] == [ZeroDivisionError]


def test_busy_database_is_explained_and_logged_without_values(failing, caplog):
    error = OperationalError("INSERT", {"email": "geheim@example.org"}, TimeoutError(), hide_parameters=True)

    response = failing(error).get("/kaputt?wort=geheim")

    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    Page(response.text, "/kaputt")
    assert [(record.name, "geheim" in record.getMessage()) for record in caplog.records] == [("app.web.errors", False)]


def test_who_waits_too_long_for_a_connection_may_try_again(failing):
    response = failing(PoolTimeout()).get("/kaputt")

    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")


@pytest.mark.parametrize("path", ["/konto", "/"])
def test_database_that_is_away_is_explained_to_who_is_signed_in(own_app, tmp_path, path):
    app = own_app(TEILHABE_DATABASE_URL=f"sqlite:///{tmp_path / 'weg' / 'teilhabe.db'}")
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "1.1"

    response = client.get(path)

    assert response.status_code == 503
    Page(response.text, path)


def test_logs_hold_no_values_of_rows(own_app, caplog):
    app = own_app()
    with app.app_context(), caplog.at_level(logging.INFO):
        AccountFactory(email="geheim@example.org")

    assert [record.getMessage() for record in caplog.records if "geheim" in record.getMessage()] == []
