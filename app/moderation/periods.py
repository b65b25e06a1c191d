"""How long things may take in moderation: settings, working days, and the minutes in which a step can be taken back."""

from datetime import date, datetime, timedelta

from flask import current_app

from app.local_time import day_of
from app.proposals.models import Proposal

SATURDAY = 5
FIXED_HOLIDAYS = {(1, 1), (1, 6), (5, 1), (10, 3), (11, 1), (12, 25), (12, 26)}
MOVABLE_HOLIDAYS = (-2, 1, 39, 50, 60)  # Good Friday, Easter Monday, Ascension, Whit Monday, Corpus Christi


def appeal_period() -> timedelta:
    return timedelta(days=current_app.config["APPEAL_DAYS"])


def review_period() -> timedelta:
    return timedelta(days=current_app.config["REVIEW_DAYS"])


def due_on(proposal: Proposal) -> date:
    """Until when a contribution should be read: so many days after it came, and if nobody works then, the next day."""
    return read_by(proposal.received_at)


def read_by(received_at: datetime) -> date:
    return next_working_day(day_of(received_at + review_period()))


def last_day_overdue(today: date) -> date:
    """Whatever came in on this day or before should have been read before today."""
    day = today - review_period()
    while next_working_day(day + review_period()) >= today:
        day -= timedelta(days=1)
    return day


def next_working_day(day: date) -> date:
    """Itself, or the next day on which offices in Baden-Württemberg work."""
    while day.weekday() >= SATURDAY or _is_holiday(day):
        day += timedelta(days=1)
    return day


def last_working_day(day: date) -> date:
    """Itself, or the last day before it on which offices work: what falls due after it is due on the next."""
    while day.weekday() >= SATURDAY or _is_holiday(day):
        day -= timedelta(days=1)
    return day


def _is_holiday(day: date) -> bool:
    sunday = easter_sunday(day.year)
    return (day.month, day.day) in FIXED_HOLIDAYS or (day - sunday).days in MOVABLE_HOLIDAYS


def easter_sunday(year: int) -> date:
    """Gauss's rule as Lichtenberg completed it."""
    century = year // 100
    moon = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    sun = 2 - (3 * century + 3) // 4
    golden = year % 19
    full_moon = (19 * golden + moon) % 30
    correction = (full_moon + golden // 11) // 29
    border = 21 + full_moon - correction
    first_sunday = 7 - (year + year // 4 + sun) % 7
    return date(year, 3, 1) + timedelta(days=border + 7 - (border - first_sunday) % 7 - 1)
