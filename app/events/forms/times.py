"""Days where the clock is not known yet."""

from datetime import datetime, timedelta

from app.local_time import day_of, end_of, start_of


def as_days(starts_at: datetime, ends_at: datetime) -> tuple[datetime, datetime]:
    """From midnight to midnight of the days that were named."""
    return start_of(day_of(starts_at)), end_of(day_of(ends_at - timedelta(microseconds=1)))
