"""Take in contributions by every channel, word for word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from app import limits, proof
from app.accounts.models import Account
from app.audit import log
from app.calls.errors import CallNotOpen, OutsideCall
from app.calls.models import Call, Sheet
from app.concept.models import Goal, Measure, Section
from app.db import db, now, transactional
from app.events.models import Event, ThemeTable
from app.limits import Action
from app.local_time import day_of
from app.mail import outbox
from app.proof import Sending
from app.proposals import languages, queries
from app.proposals.attachments import Upload
from app.proposals.errors import NotRepresenting, TextTooLong
from app.proposals.models import Channel, Contributor, Draft, Proposal, ProposalKind
from app.proposals.services import attachments as attaching
from app.proposals.services import drafts
from app.proposals.services.references import digest_of_code, new_receipt_code, next_references
from app.structures.models import Municipality, Organization
from app.texts import services as texts
from app.texts.models import Text

MOST_CHARACTERS = 20_000  # of one contribution, as stored; a form may ask for fewer
CONFIRMATION = "proposals/confirm_email"
MAILS_PER_HOUR = 20  # that ask one address: a club sends in many at once, and anyone may type a stranger's


@dataclass(frozen=True)
class Origin:
    """How a contribution came to us. Days without a time are those of a letter or a file."""

    channel: Channel
    received_at: datetime | None = None  # now
    received_on: date | None = None  # the local day of received_at
    event: Event | None = None
    table: ThemeTable | None = None
    organization: Organization | None = None
    sheet: Sheet | None = None  # of paper, which somebody scanned
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
    postal_address: str = ""  # where the answer goes, without an e-mail


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
    organization: Organization | None = None,
    attachments: Sequence[Upload] = (),
    author: Account | None = None,
    sending: Sending | None = None,
    draft: Draft | None = None,
    call: Call | None = None,
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
    if call is not None and not call.is_open(now()):
        raise CallNotOpen
    sent_before = limits.count(Action.CONTRIBUTION, sending.source) if sending else 0
    origin = Origin(Channel.WEB, author=author, organization=organization)
    proposal = receive(
        text=text,
        kind=kind,
        section=section,
        language=language,
        title=title,
        goal=goal,
        measure=measure,
        municipality=municipality,
        attachments=attachments,
        call=call,
        origin=origin,
    )
    proposal.sent_before = sent_before
    proposal.is_proven = proof.use(sending.proof) if sending else None
    if draft is not None:
        drafts.delete(draft)
    return _handed_over(proposal, contact, is_stranger=True)


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
    attachments: Sequence[Upload] = (),
    call: Call | None = None,
) -> Submission:
    """Take in what came by letter, telephone or from a group, as `origin.recorded_by` typed it.

    A letter belongs to a call also after its end when it came in time; else OutsideCall.

    Whoever brought it in gets a receipt code, too: to be told, or written into the answer.
    Raises TextEmpty, TextTooLong and TooManyFiles.
    """
    if call is not None and not call.covers(origin.received_on or day_of(now())):
        raise OutsideCall
    proposal = receive(
        text=text,
        kind=kind,
        section=section,
        language=language,
        title=title,
        translation=translation,
        municipality=municipality,
        attachments=attachments,
        call=call,
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
    attachments: Sequence[Upload] = (),
    call: Call | None = None,
    reference: str | None = None,
) -> Proposal:
    """Take in a contribution as received, word for word, by whatever channel.

    Raises TextEmpty, TextTooLong and TooManyFiles.

    Without a language it is detected and marked so. `reference` is given where many come in at once.
    """
    if len(texts.normalize(text)) > MOST_CHARACTERS:
        raise TextTooLong
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
        call=call,
        sheet=origin.sheet,
        received_on=received_on,
        received_at=received_at,
        identity=origin.identity,
        source_url=origin.source_url,
        is_example=origin.is_example,
        author_id=origin.author.id if origin.author else None,
        recorded_by_id=origin.recorded_by.id if origin.recorded_by else None,
    )
    db.session.add(proposal)
    attaching.attach(proposal, attachments)
    log.record("proposals.receive", proposal, by=origin.recorded_by or origin.author)
    return proposal


def _handed_over(proposal: Proposal, contact: Contact | None, *, is_stranger: bool = False) -> Submission:
    code = new_receipt_code()
    proposal.receipt_digest = digest_of_code(code)
    if contact and (contact.name or contact.organization_name or contact.email or contact.postal_address):
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


def _translated(content: str) -> Text | None:
    return texts.write(content, language=languages.SOURCE).text if content.strip() else None
