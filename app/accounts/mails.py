"""What the mails about accounts show."""

from app import links
from app.accounts import services
from app.accounts.models import Account
from app.db import db
from app.mail.outbox import Letter, renders


@renders("accounts/sign_in")
def sign_in(account_id: int) -> Letter | None:
    account = db.session.get(Account, account_id)
    if account is None or not account.is_active:
        return None
    address = links.absolute_url("accounts.confirm_sign_in", token=services.issue_link(account))
    minutes = int(services.LINK_LIFETIME.total_seconds() // 60)
    return Letter({"name": account.name, "address": address, "minutes": minutes})
