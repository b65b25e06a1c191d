"""An author's say over their contribution, by receipt or link; and their address."""

from datetime import datetime

from sqlalchemy import select

from app import limits, links
from app.accounts.models import Account
from app.audit import log
from app.db import db, lock, now, transactional
from app.errors import LinkInvalid
from app.limits import Action
from app.proposals import queries
from app.proposals.errors import ReceiptUnknown
from app.proposals.models import Contributor, Follow, Proposal, ProposalState, Release
from app.proposals.services import follows
from app.proposals.services.references import digest_of_code

OWN_LINK = "proposal"
CONFIRM_LINK = "proposal-address"


@transactional
def withdraw(proposal: Proposal, *, role: str = "author", by: Account | None = None) -> None:
    """Its author, or who acts for its organisation, takes it back: nobody else reads it any more.

    What it led to stays, as do the steps taken.
    """
    proposal = lock(proposal)
    proposal.move_to(ProposalState.WITHDRAWN)
    db.session.add(Release.of(proposal, at=now(), by=by, role=role))
    log.record("proposals.withdraw", proposal, by=by, fields=["state"])


@transactional
def confirm_email(contributor: Contributor) -> Follow:
    """The address belongs to whoever contributed: from now on they hear at each step, until they end it."""
    proposal = lock(contributor.proposal)
    if contributor.email_confirmed_at is None:
        contributor.email_confirmed_at = now()
        log.record("proposals.confirm_email", contributor)
    return follows.keep_confirmed(
        email=contributor.email,
        text=proposal.text,
        language=contributor.language,
        consent=follows.CONTRIBUTION_CONSENT,
        since=proposal.received_at,
    )


@transactional
def forget_unconfirmed_before(at: datetime) -> int:
    """Empty addresses nobody confirmed of contributions received before then; returns how many."""
    statement = (
        select(Contributor)
        .join(Proposal)
        .where(Contributor.email != "", Contributor.email_confirmed_at.is_(None), Proposal.received_at <= at)
    )
    found = db.session.scalars(statement.order_by(Contributor.id)).all()
    for contributor in found:
        contributor.email = ""
    return len(found)


def find_by_receipt(code: str, *, source: str = "") -> Proposal:
    """Whose receipt it is; raises ReceiptUnknown, and LimitReached where one network tries very many codes."""
    limits.check(Action.RECEIPT, source)
    proposal = queries.find_by_receipt_digest(digest_of_code(code))
    if proposal is None:
        limits.count(Action.RECEIPT, source)
        raise ReceiptUnknown
    return proposal


def own_link(proposal: Proposal) -> str:
    """The token of one's own contribution."""
    return links.link_to(proposal, OWN_LINK)


def read_own_link(token: str) -> Proposal:
    """Raises LinkInvalid."""
    return links.row_behind(token, OWN_LINK, Proposal)


def confirmation_link(proposal: Proposal) -> str:
    return links.link_to(proposal, CONFIRM_LINK)


def read_confirmation_link(token: str) -> Contributor:
    """Raises LinkInvalid, also when the address was not confirmed in time or the contact was erased."""
    contributor = links.row_behind(token, CONFIRM_LINK, Proposal).contributor
    if contributor is None or not contributor.email:
        raise LinkInvalid
    return contributor
