from itertools import combinations

import pytest

from app.proposals import town_map
from app.proposals.models import ProposalState
from app.structures.models import Municipality
from tests.proposals.factories import ProposalFactory
from tests.structures.factories import MunicipalityFactory


def town(name, latitude, longitude, number=1):
    return Municipality(id=number, name=name, latitude=latitude, longitude=longitude, population=number)


def test_map_puts_the_north_up_and_the_east_right():
    places = {
        place.municipality.name: place
        for place in town_map.draw(
            [town("Norden", 47.9, 8.9, 1), town("Osten", 47.7, 9.2, 2), town("Südwest", 47.6, 8.6, 3)], {}
        ).places
    }

    assert places["Norden"].y < places["Osten"].y < places["Südwest"].y
    assert places["Südwest"].x < places["Norden"].x < places["Osten"].x
    assert (places["Osten"].x, places["Südwest"].x) == (town_map.WIDTH - town_map.MARGIN, town_map.MARGIN)


def test_map_draws_circles_by_area_and_says_nothing_of_nothing():
    towns = [town("Viel", 47.9, 8.6, 1), town("Etwas", 47.8, 8.9, 2), town("Nichts", 47.6, 9.2, 3)]

    drawn = town_map.draw(towns, {1: 100, 2: 25, None: 7})

    assert [(place.municipality.name, place.times, place.radius) for place in drawn.places] == [
        ("Viel", 100, 26.0),
        ("Etwas", 25, 17.5),
        ("Nichts", 0, 3),
    ]


def test_names_cover_neither_each_other_nor_a_circle():
    towns = [
        town(f"Beispielgemeinde {number}", 47.6 + number % 5 * 0.02, 8.7 + number // 5 * 0.03, number)
        for number in range(1, 26)
    ]

    places = town_map.draw(towns, {number: number for number in range(1, 9)}).places

    labels = [place.label for place in places if place.label]
    assert labels != []
    assert [pair for pair in combinations(labels, 2) if pair[0].overlaps(pair[1])] == []
    assert [1 for label in labels for place in places if place.label != label and label.overlaps(place.box)] == []
    assert all(label.left >= 0 and label.right <= town_map.WIDTH for label in labels)


@pytest.mark.parametrize("towns", [[], [town("Allein", 47.7, 8.9)], [town("A", 47.7, 8.9, 1), town("B", 47.7, 8.9, 2)]])
def test_map_of_few_is_drawn_all_the_same(towns):
    assert len(town_map.draw(towns, {1: 3}).places) == len(towns)


def test_map_counts_what_is_released_and_leads_to_it(client):
    konstanz = MunicipalityFactory(ags="08335043", name="Konstanz", latitude=47.66, longitude=9.18)
    silent = MunicipalityFactory(name="Schweigen", latitude=47.8, longitude=8.7)
    for _ in range(2):
        ProposalFactory(municipality=konstanz)
    ProposalFactory()
    for state in (ProposalState.RECEIVED, ProposalState.WITHHELD, ProposalState.WITHDRAWN):
        ProposalFactory(municipality=silent, state=state, state_reason="weil")

    page = client.page("/vorschlaege/karte")

    assert [(link["href"], link["aria-label"]) for link in page.select("svg a")] == [
        ("/vorschlaege?gemeinde=08335043", "Konstanz: 2 Beiträge")
    ]
    assert [row.text.split() for row in page.select("tbody tr")] == [["Konstanz", "2"]]
    assert len(page.select(".town-dot")) == 1
    assert "Ein Beitrag nennt keine Gemeinde." in page.main.text


def test_map_without_contributions_says_how_to_start(client):
    MunicipalityFactory()

    assert client.page("/vorschlaege/karte").select_one(".empty a")["href"] == "/vorschlaege/neu"


@pytest.mark.parametrize("number", [1, 3])
def test_map_asks_as_often_for_three_as_for_one(client, count_queries, number):
    for _ in range(number):
        ProposalFactory(municipality=MunicipalityFactory())

    with count_queries() as statements:
        client.page("/vorschlaege/karte")
    assert len(statements) == 2
