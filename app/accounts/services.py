"""What can be done with accounts: create, sign in by a one-time link, grant and revoke roles, close."""

from collections.abc import Collection
from datetime import timedelta

from app import links
from app.accounts import queries
from app.accounts.errors import AccountClosed, EmailTaken, LastAdmin
from app.accounts.models import Account, Role, RoleGrant
from app.audit import log
from app.db import db, lock, now, transactional
from app.errors import LinkInvalid, LinkUsed
from app.mail import outbox

SIGN_IN = "sign-in"
LINK_LIFETIME = timedelta(minutes=30)
LINKS_PER_HOUR = 5


@transactional
def create_account(
    *, email: str, name: str, roles: Collection[Role] = (Role.PARTICIPANT,), by: Account | None = None
) -> Account:
    """Raise EmailTaken when somebody has the address already, in whatever case it is written."""
    if queries.find_by_email(email):
        raise EmailTaken
    account = Account(
        email=email.strip().lower(), name=name.strip(), grants=[RoleGrant(role=role) for role in sorted(roles)]
    )
    db.session.add(account)
    log.record("accounts.create", account, by=by)
    return account


@transactional
def request_link(*, email: str) -> None:
    """Send a sign-in link if the address has an account; nobody learns whether it has. At most five mails an hour."""
    account = queries.find_by_email(email)
    if account is None or not account.is_active:
        return
    account = lock(account)
    if queries.count_links_sent(account, since=now() - timedelta(hours=1)) >= LINKS_PER_HOUR:
        return
    outbox.enqueue(account.email, "accounts/sign_in", language=account.language, account_id=account.id)


def issue_link(account: Account) -> str:
    """A one-time sign-in token for a mail or the terminal."""
    return links.sign_once(SIGN_IN, account.id, account.link_generation)


def check_link(token: str) -> Account:
    """Whose link this is; raises LinkInvalid or LinkUsed. Uses nothing up: mail scanners open links, too."""
    ticket = links.read(SIGN_IN, token, max_age=LINK_LIFETIME)
    account = db.session.get(Account, ticket.row_id)
    if account is None or not account.is_active or account.link_generation != ticket.generation:
        raise LinkInvalid
    if links.is_used(token):
        raise LinkUsed
    return account


@transactional
def sign_in(token: str) -> Account:
    """Use the link up and return its account."""
    account = lock(check_link(token))
    if not account.is_active:
        raise AccountClosed
    links.use_once(token)
    log.record("accounts.sign_in", account, by=account)
    return account


@transactional
def sign_out_everywhere(account: Account) -> None:
    lock(account).end_sessions()
    log.record("accounts.sign_out_everywhere", account, by=account)


@transactional
def set_roles(account: Account, roles: Collection[Role], *, by: Account | None) -> None:
    """Grant what is new and revoke what is gone; raise LastAdmin when nobody could manage accounts any more."""
    queries.lock_admins()
    account = lock(account)
    revoked, granted = account.roles - set(roles), set(roles) - account.roles
    if Role.ADMIN in revoked and queries.count_admins() <= 1:
        raise LastAdmin
    for grant in account.grants:
        if grant.revoked_at is None and grant.role in revoked:
            grant.revoked_at = now()
    account.grants.extend(RoleGrant(role=role) for role in sorted(granted))
    if revoked or granted:
        log.record("accounts.set_roles", account, by=by, fields=[*revoked, *granted])


@transactional
def close(account: Account, *, by: Account | None) -> None:
    """Nobody can sign in to the account any more; what it did stays. Raises LastAdmin."""
    queries.lock_admins()
    account = lock(account)
    if Role.ADMIN in account.roles and queries.count_admins() <= 1:
        raise LastAdmin
    account.close(now())
    log.record("accounts.close", account, by=by)
