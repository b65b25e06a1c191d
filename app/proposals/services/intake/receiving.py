"""Take in contributions by every channel, word for word."""

from typing import NamedTuple

from app import limits, proof
from app.accounts.models import Account
from app.audit import log
from app.calls.errors import CallNotOpen, OutsideCall
from app.db import db, now, transactional
from app.limits import Action
from app.local_time import day_of
from app.mail import outbox
from app.proof import Sending
from app.proposals import languages, queries
from app.proposals.errors import NotRepresenting, TextTooLong
from app.proposals.models import Channel, Contributor, Draft, Proposal
from app.proposals.services import attachments as attaching
from app.proposals.services import drafts
from app.proposals.services.intake.given import Contact, Origin, Statement
from app.proposals.services.references import digest_of_code, new_receipt_code, next_references
from app.structures.models import Organization
from app.texts import services as texts
from app.texts.models import Text

MOST_CHARACTERS = 20_000  # of one contribution, as stored; a form may ask for fewer
CONFIRMATION = "proposals/confirm_email"
MAILS_PER_HOUR = 20  # that ask one address: a club sends in many at once, and anyone may type a stranger's


class Submission(NamedTuple):
    proposal: Proposal
    receipt_code: str  # shown once


@transactional
def submit(
    statement: Statement,
    *,
    contact: Contact | None = None,
    organization: Organization | None = None,
    author: Account | None = None,
    sending: Sending | None = None,
    draft: Draft | None = None,
) -> Submission:
    """Take in a contribution from the website. It counts at once; mail goes to an address only after it was confirmed.

    Whoever represents an organisation may write for it. The receipt code lets its author see and withdraw the
    contribution; only its digest is stored. The draft it was written from is gone with it. At most twenty mails an hour
    go to one address.
    Raises TextEmpty, TextTooLong, NotRepresenting, TooManyFiles, CallNotOpen, and LimitReached where one network sends
    very many.
    """
    if organization is not None and not queries.may_write_for(author, organization):
        raise NotRepresenting
    if statement.call is not None and not statement.call.is_open(now()):
        raise CallNotOpen
    sent_before = limits.count(Action.CONTRIBUTION, sending.source) if sending else 0
    proposal = receive(statement, Origin(Channel.WEB, author=author, organization=organization))
    proposal.sent_before = sent_before
    proposal.is_proven = proof.use(sending.proof) if sending else None
    if draft is not None:
        drafts.delete(draft)
    return _handed_over(proposal, contact, is_stranger=True)


@transactional
def type_in(statement: Statement, origin: Origin, *, contact: Contact | None = None) -> Submission:
    """Take in what came by letter, telephone or from a group, as `origin.recorded_by` typed it.

    A letter belongs to a call also after its end when it came in time; else OutsideCall.

    Whoever brought it in gets a receipt code, too: to be told, or written into the answer.
    Raises TextEmpty, TextTooLong and TooManyFiles.
    """
    if statement.call is not None and not statement.call.covers(origin.received_on or day_of(now())):
        raise OutsideCall
    return _handed_over(receive(statement, origin), contact)


@transactional
def receive(statement: Statement, origin: Origin, *, reference: str | None = None) -> Proposal:
    """Take in a contribution as received, word for word, by whatever channel.

    `reference` is given where many come in at once. Raises TextEmpty, TextTooLong and TooManyFiles.
    """
    if len(texts.normalize(statement.text)) > MOST_CHARACTERS:
        raise TextTooLong
    proposal = _written(statement)
    _say_where_from(proposal, origin)
    proposal.reference = reference or next_references(proposal.received_on.year)[0]
    db.session.add(proposal)
    attaching.attach(proposal, statement.attachments)
    log.record("proposals.receive", proposal, by=origin.recorded_by or origin.author)
    return proposal


def _written(statement: Statement) -> Proposal:
    version = texts.write(statement.text, language=statement.language or languages.detect(statement.text))
    return Proposal(
        text=version.text,
        translation=_translated(statement.translation),
        is_language_detected=statement.language is None,
        kind=statement.kind,
        title=statement.title.strip(),
        section=statement.section,
        goal=statement.goal,
        measure=statement.measure,
        municipality=statement.municipality,
        call=statement.call,
    )


def _say_where_from(proposal: Proposal, origin: Origin) -> None:
    proposal.channel = origin.channel
    proposal.received_at = origin.received_at or now()
    proposal.received_on = origin.received_on or day_of(proposal.received_at)
    proposal.event, proposal.table = origin.event, origin.table
    proposal.organization = origin.organization
    proposal.sheet = origin.sheet
    proposal.identity, proposal.source_url = origin.identity, origin.source_url
    proposal.is_example = origin.is_example
    proposal.author_id = origin.author.id if origin.author else None
    proposal.recorded_by_id = origin.recorded_by.id if origin.recorded_by else None


def _translated(content: str) -> Text | None:
    return texts.write(content, language=languages.SOURCE).text if content.strip() else None


def _handed_over(proposal: Proposal, contact: Contact | None, *, is_stranger: bool = False) -> Submission:
    code = new_receipt_code()
    proposal.receipt_digest = digest_of_code(code)
    if contact and contact.is_given:
        _keep_contact(proposal, contact, is_stranger=is_stranger)
    return Submission(proposal, code)


def _keep_contact(proposal: Proposal, contact: Contact, *, is_stranger: bool) -> None:
    email = contact.email.strip()
    is_enough = is_stranger and outbox.is_enough(email, CONFIRMATION, most=MAILS_PER_HOUR)
    proposal.contributor = Contributor(
        name=contact.name.strip(),
        organization_name=contact.organization_name.strip(),
        may_be_named=contact.may_be_named,
        email=email,
        language=contact.language,
        postal_address=contact.postal_address.strip(),
    )
    db.session.flush()
    if email and not is_enough:
        outbox.enqueue(email, CONFIRMATION, language=contact.language, proposal_id=proposal.id)
