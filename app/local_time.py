"""Days and clocks as people in the county have them: Europe/Berlin."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")


def at_berlin(wall_clock: datetime) -> datetime:
    """The point in time somebody means who writes down what the clock on the wall shows."""
    return wall_clock.replace(tzinfo=BERLIN)


def start_of(day: date) -> datetime:
    return at_berlin(datetime.combine(day, time()))


def end_of(day: date) -> datetime:
    return start_of(day + timedelta(days=1))


def day_of(at: datetime) -> date:
    return at.astimezone(BERLIN).date()
