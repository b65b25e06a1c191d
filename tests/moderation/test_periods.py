from datetime import date, datetime

import pytest

from app.local_time import BERLIN
from app.moderation import periods
from tests.proposals.factories import ProposalFactory


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (datetime(2027, 2, 8, 9, tzinfo=BERLIN), date(2027, 2, 15)),  # a Monday, a week later
        (datetime(2027, 2, 6, 23, 59, tzinfo=BERLIN), date(2027, 2, 15)),  # a Saturday
        (datetime(2027, 3, 19, 9, tzinfo=BERLIN), date(2027, 3, 30)),  # Good Friday, Easter, Easter Monday
        (datetime(2026, 12, 25, 9, tzinfo=BERLIN), date(2027, 1, 4)),  # New Year's Day, a Friday
        (datetime(2026, 12, 30, 9, tzinfo=BERLIN), date(2027, 1, 7)),  # Epiphany
    ],
)
def test_due_on_is_a_working_day(app, received, due):
    assert periods.due_on(ProposalFactory.build(text=None, received_at=received)) == due


@pytest.mark.parametrize("year", range(2020, 2041))
def test_last_day_overdue_agrees_with_the_day_each_contribution_is_due(app, year):
    today = date(year, 4, 6)
    last = periods.last_day_overdue(today)

    def due(day):
        return periods.next_working_day(day + periods.review_period())

    assert due(last) < today <= due(date.fromordinal(last.toordinal() + 1))


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (1961, date(1961, 4, 2)),
        (2008, date(2008, 3, 23)),
        (2025, date(2025, 4, 20)),
        (2038, date(2038, 4, 25)),
        (2049, date(2049, 4, 18)),
        (2076, date(2076, 4, 19)),
    ],
)
def test_easter_sunday_is_where_tables_have_it(year, sunday):
    assert periods.easter_sunday(year) == sunday
