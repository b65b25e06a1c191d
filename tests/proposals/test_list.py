from datetime import date

import pytest
from markupsafe import Markup

from app.proposals import queries
from app.proposals.models import Channel, ProposalKind, ProposalState
from app.proposals.queries import Filters
from app.proposals.searching import MOST_WORDS, marked, words_of
from tests.concept.factories import SectionFactory
from tests.proposals.factories import EventFactory, ProposalFactory, ThemeTableFactory
from tests.structures.factories import MunicipalityFactory

HIDDEN = [ProposalState.RECEIVED, ProposalState.WITHHELD, ProposalState.WITHDRAWN]


def references(page):
    return [link.text for link in page.select(".contributions p > a")]


def chips(page):
    return [(chip.span.text, chip["href"]) for chip in page.select(".chips a:not(.chips-all)")]


def wanted_and_others(**more):
    """One contribution with everything one can choose by, and one without."""
    table = ThemeTableFactory(number=3, title="Wohnen", event=EventFactory(title="Dialog in Singen"))
    ProposalFactory()
    return ProposalFactory(
        **{
            "section": SectionFactory(slug="wohnen", title="Wohnen"),
            "municipality": MunicipalityFactory(ags="08335075", name="Singen"),
            "table": table,
            "event": table.event,
            "language": "uk",
            "kind": ProposalKind.IDEA,
            "channel": Channel.LETTER,
            **more,
        }
    )


@pytest.mark.parametrize(
    ("query", "chip"),
    [
        ("feld=wohnen", "Thema: Wohnen"),
        ("gemeinde=08335075", "Gemeinde: Singen"),
        ("sprache=uk", "Sprache: Ukrainisch"),
        ("art=idea", "Art: Idee für Kommunen"),
        ("kanal=letter", "Wie er zu uns kam: per Brief"),
        ("veranstaltung={event}", "Veranstaltung: Dialog in Singen"),
        ("tisch={table}", "Tisch: 3: Wohnen"),
        ("ausgang=offen&feld=wohnen", "Thema: Wohnen"),
    ],
)
def test_the_list_is_narrowed_and_says_by_what(client, query, chip):
    wanted = wanted_and_others()

    page = client.page("/vorschlaege?" + query.format(event=wanted.event_id, table=wanted.table_id))

    assert references(page) == [wanted.reference]
    assert chip in [label for label, _url in chips(page)]


def test_each_filter_is_taken_away_by_itself(client):
    wanted = wanted_and_others(content="Mehr Licht")

    page = client.page("/vorschlaege?feld=wohnen&sprache=uk&suche=licht&reihenfolge=unterstuetzung&seite=1")

    assert chips(page) == [
        ("Thema: Wohnen", "/vorschlaege?reihenfolge=unterstuetzung&sprache=uk&suche=licht"),
        ("Sprache: Ukrainisch", "/vorschlaege?feld=wohnen&reihenfolge=unterstuetzung&suche=licht"),
        ("„licht“", "/vorschlaege?feld=wohnen&reihenfolge=unterstuetzung&sprache=uk"),
    ]
    assert page.select_one(".chips-all")["href"] == "/vorschlaege"
    assert references(page) == [wanted.reference]


@pytest.mark.parametrize(
    "query",
    [
        *("feld=nirgends", "gemeinde=1", "sprache=xx", "art=x", "kanal=fax", "ausgang=?", "reihenfolge=zufall"),
        *(
            "veranstaltung=abc",
            "veranstaltung=-1",
            "tisch=99999999999999",
            "tisch=7",
            "seite=abc",
            "suche=%00%E2%80%9E",
        ),
    ],
)
def test_what_cannot_be_chosen_narrows_nothing(client, query):
    proposal = ProposalFactory()

    page = client.page(f"/vorschlaege?{query}")

    assert (references(page), chips(page)[1:]) == ([proposal.reference], [])


@pytest.mark.parametrize("state", HIDDEN)
def test_nothing_of_what_is_not_released_shows_in_the_list_or_in_what_can_be_chosen(client, state):
    hidden = wanted_and_others(content="Verborgene Worte", state=state, state_reason="weil", german="Verdeckt")

    for query in ("", "suche=verborgene", "suche=verdeckt", f"suche={hidden.reference}", f"tisch={hidden.table_id}"):
        page = client.page(f"/vorschlaege?{query}")
        assert hidden.reference not in references(page)
        for word in ("Verborgene Worte", "Verdeckt", "Singen", "Ukrainisch"):
            assert word not in page.text


@pytest.mark.parametrize("search", ["übergänge", "ÜBERGÄNGE", "„Übergänge“ schule", "SCHULE, 'übergäng'", "größe"])
def test_search_ignores_case_umlauts_included_quotes_and_order(search):
    wanted = ProposalFactory(content="Die Übergänge zur Schule sind eine Frage der GRÖßE.")
    ProposalFactory(content="Ubergange zur Schulung")

    assert queries.released(Filters(search=search)).items == [wanted]


@pytest.mark.parametrize("search", ["Übergänge Arbeit", "100%", "_", "\\"])
def test_search_wants_every_word_as_it_is_written(search):
    ProposalFactory(content="Die Übergänge zur Schule")

    assert queries.released(Filters(search=search)).items == []


def test_words_searched_for_are_marked_in_original_and_translation(client):
    ProposalFactory(content="Більше <b>автобусів</b>", language="uk", german="Mehr Busse. BUSSE!")

    page = client.page("/vorschlaege?suche=busse+автобусів")

    assert [mark.text for mark in page.select("mark")] == ["автобусів", "Busse", "BUSSE"]
    assert page.select_one(".quote-text").text.strip() == "Більше <b>автобусів</b>"


def test_marked_shows_of_a_long_text_what_stands_around_the_first_word():
    text = "Anfang " * 100 + "hier steht Busbahnhof " + "Ende " * 100

    shown = marked(text, ["bus"])

    assert shown.startswith("… Anfang")
    assert "hier steht <mark>Bus</mark>bahnhof Ende" in shown
    assert shown.endswith("Ende …")
    assert len(shown) < 450
    assert marked("a < b", []) == Markup("a &lt; b")


def test_words_of_a_search_are_few():
    assert words_of("„Bus“, (Bahn)! 100% l'eau " + "x " * 20) == ["Bus", "Bahn", "100%", "l'eau", "x", "x", "x", "x"]
    assert len(words_of("x " * 100)) == MOST_WORDS


def test_an_empty_result_says_how_to_go_on(client):
    assert client.page("/vorschlaege").select_one(".empty a")["href"] == "/vorschlaege/neu"
    ProposalFactory()

    page = client.page("/vorschlaege?suche=gibtesnicht")

    assert page.select_one(".empty a")["href"] == "/vorschlaege"
    assert page.select_one("#suche")["value"] == "gibtesnicht"


def test_the_list_can_be_ordered_by_points_of_the_tables():
    few, many, none = (ProposalFactory(points=points) for points in (2, 7, 0))

    assert queries.released(Filters(order="punkte")).items == [many, few, none]


def test_the_pages_of_a_list_keep_its_filters(client):
    section = SectionFactory(slug="wohnen")
    for day in range(1, 22):
        ProposalFactory(section=section, received_on=date(2026, 5, day))
    ProposalFactory()

    page = client.page("/vorschlaege?feld=wohnen&seite=2")

    assert len(references(page)) == 1
    assert page.select_one("[rel=prev]")["href"] == "/vorschlaege?feld=wohnen"
