"""What the mail about answers that are due shows."""

from flask import current_app

from app import links
from app.accounts.models import Account
from app.db import db, now
from app.decisions import due
from app.decisions.services.reminders import AHEAD, TEMPLATE
from app.local_time import day_of
from app.mail.outbox import Letter, renders

MOST = 10


@renders(TEMPLATE)
def due_answers(account_id: int) -> Letter | None:
    """None when everything was answered meanwhile, or the account was closed."""
    account = db.session.get(Account, account_id)
    days, today = current_app.config["ANSWER_DAYS"], day_of(now())
    counted = due.count(days, today=today, until=today + AHEAD)
    if account is None or not account.is_active or not any(counted):
        return None
    rows = due.unanswered(days, until=today + AHEAD)[:MOST]
    return Letter(
        {
            "name": account.name,
            "overdue": counted.overdue,
            "soon": counted.soon,
            "rows": [(each.on, each.proposal.reference, each.on < today) for each in rows],
            "more": sum(counted) - len(rows),
            "address": links.absolute_url("decisions_desk.show_due"),
        }
    )
