"""Contributions come in: from the website, a table, a letter, a file; and their author's say over them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select

from app import links
from app.accounts.models import Account
from app.audit import log
from app.concept.models import Goal, Measure, Section
from app.db import db, lock, now, transactional
from app.errors import LinkInvalid
from app.events.models import Event, ThemeTable
from app.local_time import day_of
from app.mail import outbox
from app.proposals import languages, queries
from app.proposals.errors import ReceiptUnknown
from app.proposals.models import Channel, Contributor, Follow, Proposal, ProposalKind, ProposalState, Release
from app.proposals.services import follows
from app.proposals.services.references import digest_of_code, new_receipt_code, next_references
from app.structures.models import Municipality, Organization
from app.texts import services as texts
from app.texts.models import Text

OWN_LINK = "proposal"
CONFIRM_LINK = "proposal-address"


@dataclass(frozen=True)
class Origin:
    """How a contribution came to us. Days without a time are those of a letter or a file."""

    channel: Channel
    received_at: datetime | None = None  # now
    received_on: date | None = None  # the local day of received_at
    event: Event | None = None
    table: ThemeTable | None = None
    organization: Organization | None = None
    identity: str | None = None
    source_url: str = ""
    author: Account | None = None
    recorded_by: Account | None = None
    is_example: bool = False


@dataclass(frozen=True)
class Contact:
    """Who brought it in, as far as they tell; kept apart from what they said."""

    name: str = ""
    organization_name: str = ""
    may_be_named: bool = False
    email: str = ""
    language: str = languages.SOURCE


class Submission(NamedTuple):
    proposal: Proposal
    receipt_code: str  # shown once


@transactional
def submit(
    *,
    text: str,
    kind: ProposalKind = ProposalKind.GOAL,
    section: Section | None = None,
    language: str | None = None,
    title: str = "",
    contact: Contact | None = None,
    goal: Goal | None = None,
    measure: Measure | None = None,
    municipality: Municipality | None = None,
    author: Account | None = None,
) -> Submission:
    """Take in a contribution from the website. It counts at once; mail goes to an address only after it was confirmed.

    Raises TextEmpty. The receipt code lets its author see and withdraw it; only its digest is stored.
    """
    origin = Origin(Channel.WEB, author=author)
    proposal = receive(
        text=text,
        kind=kind,
        section=section,
        language=language,
        title=title,
        goal=goal,
        measure=measure,
        municipality=municipality,
        origin=origin,
    )
    return _handed_over(proposal, contact)


@transactional
def type_in(
    *,
    text: str,
    origin: Origin,
    contact: Contact | None = None,
    kind: ProposalKind = ProposalKind.GOAL,
    section: Section | None = None,
    language: str | None = None,
    title: str = "",
    translation: str = "",
    municipality: Municipality | None = None,
) -> Submission:
    """Take in what came by letter, telephone or from a group, as `origin.recorded_by` typed it. Raises TextEmpty.

    Whoever brought it in gets a receipt code, too: to be told, or written into the answer.
    """
    proposal = receive(
        text=text,
        kind=kind,
        section=section,
        language=language,
        title=title,
        translation=translation,
        municipality=municipality,
        origin=origin,
    )
    return _handed_over(proposal, contact)


@transactional
def receive(
    *,
    text: str,
    origin: Origin,
    kind: ProposalKind = ProposalKind.GOAL,
    section: Section | None = None,
    language: str | None = None,
    title: str = "",
    translation: str = "",
    goal: Goal | None = None,
    measure: Measure | None = None,
    municipality: Municipality | None = None,
    reference: str | None = None,
) -> Proposal:
    """Take in a contribution as received, word for word, by whatever channel; raises TextEmpty.

    Without a language it is detected and marked so. `reference` is given where many come in at once.
    """
    version = texts.write(text, language=language or languages.detect(text))
    received_at = origin.received_at or now()
    received_on = origin.received_on or day_of(received_at)
    proposal = Proposal(
        reference=reference or next_references(received_on.year)[0],
        kind=kind,
        title=title.strip(),
        text=version.text,
        translation=_translated(translation),
        is_language_detected=language is None,
        section=section,
        goal=goal,
        measure=measure,
        channel=origin.channel,
        event=origin.event,
        table=origin.table,
        organization=origin.organization,
        municipality=municipality,
        received_on=received_on,
        received_at=received_at,
        identity=origin.identity,
        source_url=origin.source_url,
        is_example=origin.is_example,
        author_id=origin.author.id if origin.author else None,
        recorded_by_id=origin.recorded_by.id if origin.recorded_by else None,
    )
    db.session.add(proposal)
    log.record("proposals.receive", proposal, by=origin.recorded_by or origin.author)
    return proposal


@transactional
def withdraw(proposal: Proposal, *, role: str = "author") -> None:
    """Its author takes it back: nobody else reads it any more. What it led to stays, as do the steps taken."""
    proposal = lock(proposal)
    proposal.move_to(ProposalState.WITHDRAWN)
    db.session.add(Release.of(proposal, at=now(), by=None, role=role))
    log.record("proposals.withdraw", proposal, fields=["state"])


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


def find_by_receipt(code: str) -> Proposal:
    """Whose receipt it is; raises ReceiptUnknown."""
    proposal = queries.find_by_receipt_digest(digest_of_code(code))
    if proposal is None:
        raise ReceiptUnknown
    return proposal


def own_link(proposal: Proposal) -> str:
    """The token of one's own contribution."""
    return links.sign(OWN_LINK, proposal.id, proposal.link_generation)


def read_own_link(token: str) -> Proposal:
    """Raises LinkInvalid."""
    return _linked(OWN_LINK, token)


def confirmation_link(proposal: Proposal) -> str:
    return links.sign(CONFIRM_LINK, proposal.id, proposal.link_generation)


def read_confirmation_link(token: str) -> Contributor:
    """Raises LinkInvalid, also when the address was not confirmed in time or the contact was erased."""
    contributor = _linked(CONFIRM_LINK, token).contributor
    if contributor is None or not contributor.email:
        raise LinkInvalid
    return contributor


def _linked(purpose: str, token: str) -> Proposal:
    ticket = links.read(purpose, token)
    proposal = db.session.get(Proposal, ticket.row_id)
    if proposal is None or proposal.link_generation != ticket.generation:
        raise LinkInvalid
    return proposal


def _handed_over(proposal: Proposal, contact: Contact | None) -> Submission:
    code = new_receipt_code()
    proposal.receipt_digest = digest_of_code(code)
    if contact and (contact.name or contact.organization_name or contact.email):
        _keep_contact(proposal, contact)
    return Submission(proposal, code)


def _keep_contact(proposal: Proposal, contact: Contact) -> None:
    proposal.contributor = Contributor(
        name=contact.name.strip(),
        organization_name=contact.organization_name.strip(),
        may_be_named=contact.may_be_named,
        email=contact.email.strip(),
        language=contact.language,
    )
    db.session.flush()
    if contact.email:
        outbox.enqueue(
            contact.email.strip(), "proposals/confirm_email", language=contact.language, proposal_id=proposal.id
        )


def _translated(content: str) -> Text | None:
    return texts.write(content, language=languages.SOURCE).text if content.strip() else None
