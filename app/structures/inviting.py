"""Whoever acts for an organisation asks colleagues to do so, too; nobody has an account who did not say yes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app import links
from app.accounts import queries as accounts
from app.accounts.errors import AccountClosed
from app.accounts.models import Account
from app.accounts.services import create_account, request_link
from app.audit import log
from app.db import db, lock, now, transactional
from app.errors import LinkInvalid
from app.mail import outbox
from app.structures import queries
from app.structures.errors import AlreadyDissolved, MandateHeld, NoMandate, TooManyInvitations
from app.structures.models import MandateInvitation, Organization
from app.structures.services import grant_mandate

INVITED = "structures/invited"
LINK = "mandate-invitation"
MOST_OPEN = 20


@transactional
def invite(organization: Organization, *, email: str, language: str, by: Account) -> MandateInvitation:
    """Write to a colleague; again writes again, though not without end.

    Raises NoMandate, AlreadyDissolved, MandateHeld, TooManyInvitations.
    """
    organization, email = lock(organization), email.strip().lower()
    mandates = queries.mandates_of(organization)
    if by.id not in {mandate.account_id for mandate in mandates}:
        raise NoMandate
    if organization.dissolved:
        raise AlreadyDissolved
    if email in {mandate.account.email for mandate in mandates}:
        raise MandateHeld
    found = {each.email: each for each in open_invitations(organization)}
    if email not in found and len(found) >= MOST_OPEN:
        raise TooManyInvitations
    invitation = found.get(email) or MandateInvitation(organization=organization, email=email, language=language)
    invitation.invited_by, invitation.made_at = by, now()  # from now on it stands with the mandate of who asks today
    db.session.add(invitation)
    db.session.flush()
    if not outbox.is_enough(email, INVITED):
        outbox.enqueue(email, INVITED, language=language, invitation_id=invitation.id)
    log.record("structures.invite", invitation, by=by)
    return invitation


@transactional
def accept(invitation: MandateInvitation, *, name: str) -> Account:
    """The colleague acts for the organisation from now on, and gets a link to sign in with.

    Who had no account has one then, under this name.

    Raises AccountClosed, MandateHeld, AlreadyDissolved.
    """
    invitation = lock(invitation)
    account = accounts.find_by_email(invitation.email) or create_account(email=invitation.email, name=name)
    if not account.is_active:
        raise AccountClosed
    db.session.flush()
    grant_mandate(account, organization=invitation.organization, by=invitation.invited_by)
    db.session.delete(invitation)
    request_link(email=account.email)
    return account


@transactional
def withdraw(invitation: MandateInvitation, *, by: Account | None) -> None:
    """By whoever acts for the organisation, or by the colleague, who says no."""
    log.record("structures.withdraw_invitation", invitation, by=by)
    db.session.delete(lock(invitation))


@transactional
def forget_before(at: datetime) -> int:
    """Remove invitations made before then that nobody answered; returns how many."""
    return _remove(db.session.scalars(select(MandateInvitation).where(MandateInvitation.made_at <= at)).all())


@transactional
def forget_address(email: str) -> int:
    """Remove the invitations to an address; returns how many."""
    wanted = select(MandateInvitation).where(MandateInvitation.email == email.strip().lower())
    return _remove(db.session.scalars(wanted).all())


def open_invitations(organization: Organization) -> Sequence[MandateInvitation]:
    wanted = select(MandateInvitation).where(MandateInvitation.organization_id == organization.id)
    return db.session.scalars(wanted.order_by(MandateInvitation.id)).all()


def find(organization: Organization, invitation_id: int) -> MandateInvitation | None:
    found = db.session.get(MandateInvitation, invitation_id)
    return found if found is not None and found.organization_id == organization.id else None


def link_of(invitation: MandateInvitation) -> str:
    return links.link_to(invitation, LINK)


def read_link(token: str) -> MandateInvitation:
    """Raises LinkInvalid, also where the invitation does not stand any more."""
    invitation = links.row_behind(token, LINK, MandateInvitation)
    if not stands(invitation):
        raise LinkInvalid
    return invitation


def stands(invitation: MandateInvitation) -> bool:
    """As long as whoever invited acts for the organisation."""
    return invitation.invited_by_id in {each.account_id for each in queries.mandates_of(invitation.organization)}


def _remove(found: Sequence[MandateInvitation]) -> int:
    for each in found:
        db.session.delete(each)
    return len(found)
