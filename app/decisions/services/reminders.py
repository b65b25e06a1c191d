"""Reminding the organisers of answers that are due: once a week, as long as there are any."""

from datetime import datetime, timedelta

from app.accounts.models import Role
from app.accounts.queries import holders
from app.db import now, transactional
from app.decisions import due
from app.local_time import day_of
from app.mail import outbox

TEMPLATE = "decisions/due_answers"
AHEAD = timedelta(days=14)
WEEK = timedelta(days=6, hours=12)  # a little less, so that it stays the same hour


@transactional
def remind_of_answers(days: int, *, at: datetime | None = None) -> int:
    """Write to every organiser what is late and what is due within two weeks; returns how many mails were written.

    Who was written to this week is not again, however often it runs.
    """
    at = at or now()
    today = day_of(at)
    if not any(due.count(days, today=today, until=today + AHEAD)):
        return 0
    waiting = [
        each for each in holders(Role.ORGANISER) if not outbox.was_written(each.email, TEMPLATE, since=at - WEEK)
    ]
    for account in waiting:
        outbox.enqueue(account.email, TEMPLATE, language=account.language, account_id=account.id)
    return len(waiting)
