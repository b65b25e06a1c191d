from datetime import date

import pytest

from app.proposals.models import Channel, ProposalState
from tests.proposals.factories import ProposalFactory
from tests.proposals.test_thread import Story
from tests.structures.factories import MunicipalityFactory


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


def rows(page, name):
    return texts(page.select_one(f"#{name}-caption").parent, "tbody tr")


def test_numbers_tell_what_came_in_and_what_became_of_it(client):
    Story().finish()
    ProposalFactory(channel=Channel.LETTER, municipality=MunicipalityFactory(ags="08335022", name="Engen"))
    for state in (ProposalState.RECEIVED, ProposalState.WITHHELD, ProposalState.WITHDRAWN):
        ProposalFactory(channel=Channel.PHONE, language="ti", state=state, state_reason="weil")

    page = client.page("/vorschlaege/zahlen")

    assert rows(page, "ausgang") == ["angenommen 2 67 %", "noch offen 1 33 %"]
    assert rows(page, "kanal") == ["über die Website 2 67 %", "per Brief 1 33 %"]
    assert rows(page, "gemeinde")[0] == "Engen 1 33 %"
    assert "Tigrinya" not in page.main.text
    assert page.select_one("#gemeinde-caption").parent.select_one("a")["href"] == "/vorschlaege?gemeinde=08335022"


def test_numbers_of_nothing_say_how_to_start(client):
    ProposalFactory(state=ProposalState.RECEIVED)

    assert client.page("/vorschlaege/zahlen").select_one(".empty a")["href"] == "/vorschlaege/neu"


@pytest.mark.parametrize("number", [1, 3])
def test_numbers_ask_as_often_for_three_as_for_one(client, count_queries, number):
    for each in range(number):
        ProposalFactory(municipality=MunicipalityFactory(), received_on=date(2026, 1, 1 + 9 * each))

    with count_queries() as statements:
        client.page("/vorschlaege/zahlen")
    assert len(statements) == 7
