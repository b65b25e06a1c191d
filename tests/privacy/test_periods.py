from datetime import datetime

import pytest

from app.privacy.retention import RULES, Period


@pytest.mark.parametrize(
    ("period", "at", "before"),
    [
        (Period(days=14), "2027-03-15T14:00+01:00", "2027-03-01T14:00+01:00"),
        (Period(months=6), "2027-09-01T14:00+02:00", "2027-03-01T14:00+01:00"),
        (Period(months=6), "2027-08-31T14:00+02:00", "2027-02-28T14:00+01:00"),
        (Period(months=12), "2028-02-29T00:00+01:00", "2027-02-28T00:00+01:00"),
        (Period(months=1), "2027-01-31T12:00+01:00", "2026-12-31T12:00+01:00"),
    ],
)
def test_period_counts_days_exactly_and_months_by_the_calendar(period, at, before):
    assert period.before(datetime.fromisoformat(at)) == datetime.fromisoformat(before)


def test_public_page_shows_every_rule_in_its_own_words(client):
    page = client.page("/datenschutz")

    rows = [[" ".join(cell.text.split()) for cell in row.select("th, td")] for row in page.select("tbody tr")]
    assert rows == [[str(rule.what), f"{rule.period} {rule.since}"] for rule in RULES]
    periods = {rule.kind: row[1] for rule, row in zip(RULES, rows, strict=True)}
    assert periods["needs"] == "14 Tage nach dem Ende der Veranstaltung"
    assert "6 Monate nach dem Ende der Veranstaltung" in periods.values()
