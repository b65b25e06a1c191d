import pytest

from app.accounts.models import Role
from app.moderation import queries
from app.web.parameters import row_number, whole
from tests.events.factories import EventFactory
from tests.factories import AccountFactory

HUGE = "9" * 30


@pytest.mark.parametrize(
    "address",
    [
        "/veranstaltungen/3000000000",
        f"/veranstaltungen/{HUGE}",
        f"/vorlagen/{HUGE}",
        "/vorschlaege/%0d%0aX-Header:1/",
        "/vorschlaege/%0a/",
        "/vorschlaege/V-2026%00",
        "/gremien/%00",
        "/konzept/%00/sprache",
    ],
)
def test_an_address_no_row_can_have_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        f"/vorschlaege?tisch={HUGE}",
        "/vorschlaege?tisch=3000000000",
        "/vorschlaege?tisch=-1",
        f"/vorschlaege?seite={HUGE}",
        f"/veranstaltungen?seite={HUGE}",
        "/veranstaltungen?seite=-5",
        "/veranstaltungen?suche=%00x",
        "/vorschlaege?suche=%00x&feld=%00&sprache=%00",
    ],
)
def test_a_parameter_no_row_can_have_narrows_nothing(client, query):
    assert client.get(query).status_code == 200


def test_a_form_loses_its_nul_and_keeps_its_words(client):
    answer = client.post("/vorschlaege/neu", data={"text": "Eine\0 Bank\uffff vor dem Rathaus"})

    assert answer.status_code == 303
    assert [each.text.current.content for each in queries.waiting().items] == ["Eine Bank vor dem Rathaus"]


@pytest.mark.parametrize("value", ["-1", HUGE, "x", "", "1.5", "2147483648"])
def test_whole_refuses(value):
    with pytest.raises(ValueError, match=r"."):
        whole(value)


def test_whole_takes_what_a_row_can_have():
    assert [whole("0"), whole("2147483647")] == [0, 2147483647]


@pytest.mark.parametrize("value", ["-1", HUGE, "9" * 5000, "x", "", "1.5", "2147483648", "²", None])
def test_row_number_is_no_row_for_what_is_no_number(value):
    assert row_number(value) == 0


def test_row_number_is_what_a_form_sends_back():
    assert row_number("17") == 17


@pytest.mark.parametrize("query", ["ab=0001-01-01", "bis=9999-12-31", "ab=1899-12-31"])
def test_a_day_beyond_all_calendars_is_explained(client, query):
    page = client.page(f"/veranstaltungen?{query}", 422)

    assert "Geben Sie ein Jahr zwischen 1900 und 2200 an." in page.text


@pytest.mark.parametrize("query", [f"seite={HUGE}", f"tisch={HUGE}", f"punkt={HUGE}"])
def test_the_desks_list_survives_numbers_no_row_has(client, query):
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))

    client.page(f"/verwaltung/veranstaltungen/{EventFactory().id}/anmeldungen?{query}")
