"""What the mails to partners of measures and to editors show."""

from app.accounts.models import Account
from app.concept import partnership, rules
from app.concept.models import PartnerContact
from app.concept.partnership import open_request
from app.concept.services.partners import ASK, REMIND, link_of
from app.concept.services.tasks import MAIL as TASKS
from app.concept.tasks import due_tasks
from app.db import db, now
from app.links import absolute_url
from app.local_time import day_of
from app.mail.outbox import Letter, renders


@renders(ASK)
@renders(REMIND)
def agreement(contact_id: int) -> Letter | None:
    """None when all was answered meanwhile, or the address was erased."""
    contact = db.session.get(PartnerContact, contact_id)
    if contact is None:
        return None
    waiting = [each for each in partnership.partners(organization=contact.organization) if open_request(each)]
    if not waiting:
        return None
    return Letter(
        {
            "organization": contact.organization.name,
            "wordings": [each.measure.text.current.content for each in waiting],
            "address": link_of(contact),
        }
    )


@renders(TASKS)
def tasks(account_id: int) -> Letter | None:
    """All that are due today; None when they were done meanwhile, or the account edits no longer."""
    account, today = db.session.get(Account, account_id), day_of(now())
    due = due_tasks(today)
    if not due or account is None or not account.is_active or not rules.can_edit_concept(account):
        return None
    return Letter(
        {
            "name": account.name,
            "tasks": [(task, task.is_late_on(today)) for task in due],
            "address": absolute_url("tasks_desk.index"),
        }
    )
