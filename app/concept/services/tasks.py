"""Next steps: done, not done after all, and who is reminded of those that are due."""

from datetime import date, datetime

from app.accounts import queries as accounts
from app.accounts.models import Account, Role
from app.audit import log
from app.concept.errors import TaskDone
from app.concept.models import RoadmapTask
from app.concept.tasks import due_tasks
from app.db import lock, now, transactional
from app.local_time import day_of
from app.mail import outbox

MAIL = "concept/tasks_due"


@transactional
def finish_task(task: RoadmapTask, *, on: date, by: Account | None, seen: str | None = None) -> None:
    """It was done on this day. What comes again gets its next date after it.

    Raises TaskDone, also where it has another date by now than the one that was `seen`, in its notation.
    """
    task = lock(task)
    if not task.is_open or (seen is not None and seen != task.due.notation):
        raise TaskDone
    task.done_on = on
    if task.repeats_months is not None:
        task.due = task.due.later(task.repeats_months)
        while task.due.last_day <= on:
            task.due = task.due.later(task.repeats_months)
    log.record("concept.finish_task", task, by=by, fields=["done_on"])


@transactional
def reopen_task(task: RoadmapTask, *, by: Account | None) -> None:
    """It was not done after all; of what comes again, the date stays as it is."""
    task = lock(task)
    task.done_on = None
    log.record("concept.reopen_task", task, by=by, fields=["done_on"])


@transactional
def remind_of_tasks(*, at: datetime | None = None) -> int:
    """Write to the editors when a step becomes due, once for each date; returns how many mails."""
    due = due_tasks(day_of(at or now()))
    new = [task for task in due if task.reminded_of != task.due]
    for task in new:
        lock(task).reminded_of = task.due
    editors = accounts.holders(Role.EDITOR) if new else []
    for account in editors:
        outbox.enqueue(account.email, MAIL, language=account.language, account_id=account.id)
    return len(editors)
