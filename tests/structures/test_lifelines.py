from datetime import date

from app.process_date import ProcessDate
from app.structures.lifelines import Handover, draw
from app.structures.models import OrganizationState
from tests.structures.factories import OrganizationFactory, SuccessionFactory

DAY = date(2019, 6, 1)  # the scale reaches from 2016 to the end of 2019: 1461 days


def test_draw_places_a_life_on_the_scale():
    body = OrganizationFactory(
        founded=ProcessDate("2016-01-01"), dissolved=ProcessDate("2017-12-31"), dissolution_reason="Aus"
    )

    chart = draw([body], {body.id: [date(2017, 1, 1)]}, DAY)

    [row] = chart.rows
    assert (row.start, row.end, row.is_start_known, row.meetings) == (0, 49.97, True, [25.05])
    assert row.state is OrganizationState.DISSOLVED
    assert chart.years == [(2016, 0), (2017, 25.05), (2018, 50.03), (2019, 75.02)]
    assert chart.day == 85.35


def test_draw_begins_at_the_edge_where_no_founding_is_known():
    known = OrganizationFactory(founded=ProcessDate("2018"))
    unknown = OrganizationFactory(founded=ProcessDate())

    rows = draw([known, unknown], {}, DAY).rows

    assert [(row.start, row.end, row.is_start_known) for row in rows] == [(0, 100, True), (0, 100, False)]


def test_draw_leads_from_the_end_of_a_body_to_its_successors():
    first = OrganizationFactory(founded=ProcessDate("2016"))
    ended = OrganizationFactory(founded=ProcessDate("2016"), dissolved=ProcessDate("2017"), dissolution_reason="Aus")
    other = OrganizationFactory(founded=ProcessDate("2016"))
    successor = OrganizationFactory(founded=ProcessDate())
    SuccessionFactory(predecessor=ended, successor=successor)
    second = OrganizationFactory(founded=ProcessDate("2018"))
    SuccessionFactory(predecessor=ended, successor=second)
    SuccessionFactory(predecessor=ended, successor=first)

    rows = draw([first, ended, other, second, successor], {}, DAY).rows

    x = 49.97
    assert [(row.organization, row.start, row.handovers) for row in rows] == [
        (first, 0, {Handover(x, 50, 100)}),
        (ended, 0, {Handover(x, 0, 50), Handover(x, 50, 100)}),
        (successor, x, {Handover(x, 0, 50), Handover(x, 0, 100)}),
        (second, 50.03, {Handover(x, 0, 50)}),
        (other, 0, set()),
    ]


def test_draw_leaves_years_out_where_there_are_many():
    chart = draw([OrganizationFactory(founded=ProcessDate("1999"))], {}, DAY)

    assert [year for year, _x in chart.years] == [1999, 2002, 2005, 2008, 2011, 2014, 2017]
