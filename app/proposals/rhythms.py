"""How often somebody hears: what happened before the last Monday or the first of the month is due together."""

from datetime import datetime, time, timedelta

from app.local_time import BERLIN, at_berlin
from app.proposals.models import Rhythm

HOUR = time(7)


def told_until(rhythm: Rhythm, at: datetime) -> datetime:
    """What happened before then is due at `at`; nothing is kept for it, so a rhythm can change at any time."""
    if rhythm is Rhythm.AT_ONCE:
        return at
    today = at.astimezone(BERLIN).date()
    if rhythm is Rhythm.WEEKLY:
        day = today - timedelta(days=today.weekday())
        earlier = day - timedelta(days=7)
    else:
        day = today.replace(day=1)
        earlier = (day - timedelta(days=1)).replace(day=1)
    due = at_berlin(datetime.combine(day, HOUR))
    return due if due <= at else at_berlin(datetime.combine(earlier, HOUR))
