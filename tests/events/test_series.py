from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import select

from app.accounts.models import Role
from app.db import db
from app.events import queries, services
from app.events.errors import YearHasEvent, YearOutside
from app.events.models import EventSeries, EventStatus, SeriesGap
from tests.events.factories import EventFactory, EventSeriesFactory
from tests.factories import AccountFactory

TODAY = date(2022, 6, 1)


def held(series, year, **attributes):
    starts_at = datetime(year, 10, 20, 8, tzinfo=UTC)
    return EventFactory(series=series, starts_at=starts_at, registration_closes_at=starts_at, **attributes)


def gap_in(series, year, reason):
    gap = SeriesGap(series=series, year=year, reason=reason)
    db.session.add(gap)
    db.session.commit()
    return gap


def test_years_show_what_was_and_what_needs_a_reason():
    series = EventSeriesFactory(first_year=2018)
    first = held(series, 2018)
    called_off = held(series, 2019, status=EventStatus.CANCELLED)
    held(series, 2020, status=EventStatus.PLANNED)
    gap = gap_in(series, 2021, "Die Halle war geschlossen.")
    coming = held(series, 2023)
    held(EventSeriesFactory(), 2020)

    years = queries.years_of(queries.find_series(series.slug), TODAY)

    assert [tuple(year) for year in years] == [
        (2023, [coming], None, False),
        (2021, (), gap, False),
        (2020, (), None, True),
        (2019, [called_off], None, True),
        (2018, [first], None, False),
    ]


def test_a_series_that_is_not_yearly_owes_no_reason():
    EventSeriesFactory(first_year=2018, is_yearly=False)
    series = EventSeriesFactory(first_year=2020)

    assert [years for each, years in queries.unexplained_years(TODAY) if each is series] == [[2021, 2020]]
    assert queries.count_unexplained(TODAY) == 2


def test_explain_gap_says_it_once_a_year():
    series = EventSeriesFactory(first_year=2018)
    account = AccountFactory(roles=(Role.ORGANISER,))

    services.explain_gap(series, 2019, "Erst dies.", by=account)
    services.explain_gap(series, 2019, "Dann das.", by=account)

    gap = db.session.scalars(select(SeriesGap)).one()
    assert (gap.year, gap.reason, gap.explained_by_id) == (2019, "Dann das.", account.id)


@pytest.mark.parametrize(("year", "error"), [(2017, YearOutside), (2023, YearOutside), (2018, YearHasEvent)])
def test_explain_gap_refuses_what_is_no_gap(year, error):
    series = EventSeriesFactory(first_year=2018)
    held(series, 2018)

    with time_machine.travel(datetime(2022, 6, 1, tzinfo=UTC)), pytest.raises(error):
        services.explain_gap(series, year, "Darum.", by=None)

    assert db.session.scalars(select(SeriesGap)).all() == []


def test_create_series_gives_a_free_address():
    first, second = (services.create_series(title="Große Konferenz", first_year=2018, by=None) for _ in range(2))

    assert (first.slug, second.slug) == ("grosse-konferenz", "grosse-konferenz-2")


def test_page_tells_the_years(client):
    series = EventSeriesFactory(slug="konferenz", first_year=2018)
    held(series, 2018, title="Erste Konferenz")
    held(series, 2019, title="Geheim", status=EventStatus.PLANNED)
    gap_in(series, 2020, "Alle waren krank.")

    with time_machine.travel(datetime(2021, 6, 1, tzinfo=UTC)):
        page = client.page("/veranstaltungen/reihen/konferenz")

    years = {year.h3.text: " ".join(year.get_text(" ").split()) for year in page.select(".series-year")}
    assert list(years) == ["2020", "2019", "2018"]
    assert years["2020"].endswith("Der Grund: Alle waren krank.")
    assert years["2019"].endswith("Warum, ist noch nicht festgehalten.")
    assert years["2018"] == "2018 Erste Konferenz Samstag, 20. Oktober 2018, 10 bis 14 Uhr"
    assert client.get("/veranstaltungen/reihen/unbekannt").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_one_and_three_events(client, count_queries, count):
    series = EventSeriesFactory(slug="konferenz")
    for number in range(count):
        held(series, 2018 + number)

    with count_queries() as statements:
        page = client.page("/veranstaltungen/reihen/konferenz")

    assert len(page.select(".series-year p a")) == count
    assert len(statements) == 5


def test_desk_creates_a_series_and_explains_a_year(client):
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))

    created = client.post("/verwaltung/reihen/neu", data={"title": "Konferenz", "first_year": 2018, "is_yearly": "y"})
    assert created.location == "/verwaltung/reihen/konferenz"
    client.page("/verwaltung/reihen/neu", 422, "POST", data={"title": "", "first_year": "bald"})
    overview = client.page("/verwaltung/reihen")
    assert "2019" in [link.text for link in overview.select("tbody td a")]

    client.page("/verwaltung/reihen/konferenz/jahre/2019", 422, "POST", data={"reason": " "})
    address = "/verwaltung/reihen/konferenz/jahre/2019"
    assert client.post(address, data={"reason": "Niemand weiß es."}).location == "/verwaltung/reihen/konferenz"
    assert client.page(address).select_one("#reason").text.strip() == "Niemand weiß es."
    client.post("/verwaltung/reihen/konferenz", data={"title": "Tagung", "first_year": 2019})

    series = db.session.scalars(select(EventSeries)).one()
    assert (series.title, series.slug, series.first_year, series.is_yearly) == ("Tagung", "konferenz", 2019, False)


def test_desk_overview_says_how_many_years_need_a_reason(client):
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))
    this_year = datetime.now(UTC).year
    EventSeriesFactory(first_year=this_year - 2)

    page = client.page("/verwaltung")

    counts = {link["href"]: link.text.split()[0] for link in page.select(".counts a")}
    assert counts["/verwaltung/reihen"] == "2"
