"""Reading accounts."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import selectinload

from app.accounts.models import Account, Role, RoleGrant
from app.db import db
from app.mail.models import OutgoingMail


def find_by_email(email: str) -> Account | None:
    return db.session.scalars(select(Account).where(Account.email == email.strip().lower())).one_or_none()


def find_by_session(session_id: str) -> Account | None:
    """The account of a session, unless its sessions were ended or it was closed since."""
    account_id, _, generation = session_id.partition(".")
    if not (account_id.isdecimal() and generation.isdecimal()):
        return None
    account = db.session.get(Account, int(account_id), options=[selectinload(Account.grants)])
    if account is None or not account.is_active or account.link_generation != int(generation):
        return None
    return account


def all_accounts() -> Sequence[Account]:
    return db.session.scalars(
        select(Account).options(selectinload(Account.grants)).order_by(Account.name, Account.id)
    ).all()


def holders(role: Role) -> Sequence[Account]:
    """Open accounts that have this role for everything."""
    has_role = Account.grants.any((RoleGrant.role == role) & RoleGrant.revoked_at.is_(None))
    return db.session.scalars(select(Account).where(has_role, Account.closed_at.is_(None)).order_by(Account.id)).all()


def count_admins() -> int:
    """Open accounts that may manage accounts."""
    return db.session.scalars(
        select(func.count())
        .select_from(RoleGrant)
        .join(Account)
        .where(RoleGrant.role == Role.ADMIN, RoleGrant.revoked_at.is_(None), Account.closed_at.is_(None))
    ).one()


def lock_admins() -> None:
    """Let only one at a time take away the right to manage accounts, so that one account keeps it."""
    holders = select(RoleGrant.account_id).where(RoleGrant.role == Role.ADMIN, RoleGrant.revoked_at.is_(None))
    db.session.execute(update(Account).where(Account.id.in_(holders)).values(id=Account.id))


def count_links_sent(account: Account, *, since: datetime) -> int:
    """Sign-in mails written for this account since then."""
    return db.session.scalars(
        select(func.count())
        .select_from(OutgoingMail)
        .where(
            OutgoingMail.template == "accounts/sign_in",
            OutgoingMail.recipient == account.email,
            OutgoingMail.created_at >= since,
        )
    ).one()
