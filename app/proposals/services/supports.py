"""Support a contribution: one per person, with or without an account, after confirmation."""

import hmac
import secrets
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from app import limits, links
from app.accounts.models import Account
from app.audit import log
from app.db import db, lock, now, transactional
from app.encryption import derive_key
from app.errors import LinkInvalid
from app.mail import outbox
from app.proposals.errors import NotReleased
from app.proposals.models import Proposal, Support

SUPPORT_LINK = "support"


@transactional
def support(
    proposal: Proposal, *, email: str = "", language: str = "de", by: Account | None = None, source: str = ""
) -> Support | None:
    """An account supports at once, an address after it answered the mail; again changes nothing.

    Nobody learns whether an address supports already. At most five mails an hour go to one. Raises NotReleased, and
    LimitReached where one network asks very many addresses.
    """
    limits.count(limits.Action.CONFIRMATION, source)
    proposal = lock(proposal)
    if not proposal.is_released:
        raise NotReleased
    email = (by.email if by else email).strip().lower()
    known = find(proposal, email)
    may_ask = by is None and not outbox.is_enough(email, "proposals/confirm_support")
    if known is None and (may_ask or by is not None):
        known = Support(proposal=proposal, digest=digest_of(email), email=email)
        db.session.add(known)
        db.session.flush()
    if known is not None and by is not None:
        _confirm(known)
    elif known is not None and may_ask and known.confirmed_at is None:
        outbox.enqueue(email, "proposals/confirm_support", language=language, support_id=known.id)
    return known


@transactional
def confirm_support(support: Support) -> None:
    """The address answered: it counts from now on, and the address goes. Again changes nothing."""
    _confirm(lock(support))


@transactional
def withdraw_support(support: Support) -> None:
    """As if it had not been given."""
    log.record("proposals.withdraw_support", support)
    db.session.delete(support)


@transactional
def forget_unconfirmed_supports_before(at: datetime) -> int:
    """Remove addresses that were never confirmed and are older; returns how many."""
    unconfirmed = select(Support).where(Support.confirmed_at.is_(None), Support.created_at <= at)
    found = db.session.scalars(unconfirmed).all()
    for each in found:
        db.session.delete(each)
    return len(found)


@transactional
def unlink(email: str) -> int:
    """Supports of this address count on, and nothing leads back to it; unconfirmed ones go. How many there were."""
    found = db.session.scalars(select(Support).where(Support.digest == digest_of(email))).all()
    for each in found:
        if each.confirmed_at is None:
            db.session.delete(each)
        else:
            each.digest = secrets.token_hex(32)
    return len(found)


def find(proposal: Proposal, email: str) -> Support | None:
    """Whether whoever has this address supports it, confirmed or not."""
    wanted = select(Support).where(Support.proposal_id == proposal.id, Support.digest == digest_of(email))
    return db.session.scalars(wanted).one_or_none()


def is_supported_by(proposal: Proposal, account: Account) -> bool:
    given = find(proposal, account.email)
    return given is not None and given.confirmed_at is not None


def count_supports(proposal_ids: Collection[int]) -> dict[int, int]:
    """Confirmed ones, by contribution, also for those without any."""
    counted = (
        select(Support.proposal_id, func.count())
        .where(Support.proposal_id.in_(proposal_ids), Support.confirmed_at.is_not(None))
        .group_by(Support.proposal_id)
    )
    return dict.fromkeys(proposal_ids, 0) | dict(db.session.execute(counted).all())


def digest_of(email: str) -> str:
    """With a key, so that nobody can try out addresses who reads the table alone."""
    return hmac.digest(derive_key("supports"), email.strip().lower().encode(), "sha256").hex()


def support_link(support: Support) -> str:
    return links.sign(SUPPORT_LINK, support.id, _generation(support))


def read_support_link(token: str) -> Support:
    """Raises LinkInvalid, also after it was withdrawn or nothing leads back to its address any more."""
    ticket = links.read(SUPPORT_LINK, token)
    found = db.session.get(Support, ticket.row_id)
    if found is None or _generation(found) != ticket.generation:
        raise LinkInvalid
    return found


def _generation(support: Support) -> int:
    """Of its address: SQLite gives the number of a withdrawn support again, and an old link must not open the next."""
    return int(support.digest[:7], 16)


def _confirm(support: Support) -> None:
    if support.confirmed_at is None:
        support.confirmed_at = now()
        support.email = ""
        db.session.flush()
        log.record("proposals.support", support)
