"""Partners of measures: ask for their agreement, remind them, record what they answer (2017 paper, step 8)."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import select

from app import links
from app.accounts.models import Account
from app.audit import log
from app.concept import partnership
from app.concept.errors import PartnerAsked, WordingChanged
from app.concept.models import (
    Agreement,
    Channel,
    Measure,
    MeasurePartner,
    PartnerAnswer,
    PartnerContact,
    PartnerRequest,
)
from app.concept.partnership import open_request
from app.concept.services.working import LANGUAGE, lock_working
from app.db import db, lock, now, transactional
from app.errors import LinkInvalid
from app.local_time import day_of
from app.mail import outbox
from app.structures.models import Organization
from app.texts import services as texts

PURPOSE = "partner"
ASK, REMIND = "concept/agreement_asked", "concept/agreement_reminder"


@transactional
def add_partner(measure: Measure, organization: Organization, *, by: Account | None) -> MeasurePartner:
    """Somebody more who works on it; named only after saying so. Who is there already stays as they are."""
    lock_working()
    found = partnership.find_partner(measure, organization)
    if found is not None:
        return found
    partner = MeasurePartner(measure=measure, organization=organization)
    db.session.add(partner)
    log.record("concept.add_partner", partner, by=by)
    db.session.flush()
    return partner


@transactional
def remove_partner(partner: MeasurePartner, *, by: Account | None) -> None:
    """Take away who was entered by mistake. Raises PartnerAsked: what was asked and answered stays known."""
    partner = lock(partner)
    if partner.requests or partner.answers:
        raise PartnerAsked
    log.record("concept.remove_partner", partner, by=by)
    db.session.delete(partner)


@transactional
def ask_for_agreement(
    organization: Organization,
    partners: Collection[MeasurePartner],
    *,
    channel: Channel,
    asked_on: date,
    email: str = "",
    by: Account | None,
) -> None:
    """Note that the organisation was asked on a day; with the link channel it gets one mail for all these measures.

    Another address than before ends the links that went to the old one.
    """
    for partner in partners:
        db.session.add(_request(lock(partner), channel=channel, asked_on=asked_on))
    if channel is Channel.LINK:
        contact = _contact(organization, email)
        outbox.enqueue(contact.email, ASK, contact_id=contact.id)
    log.record("concept.ask_for_agreement", organization, by=by, fields=["requests"])


@transactional
def remind_partners(days: int, *, at: datetime | None = None) -> int:
    """Write once more to whom we wrote so many days ago and who has not answered; returns how many mails."""
    at = at or now()
    contacts = {each.organization_id: each for each in db.session.scalars(select(PartnerContact))}
    reminded: set[int] = set()
    for found in partnership.partners():
        contact = contacts.get(found.organization_id)
        if contact is None or not _is_due(found, day_of(at) - timedelta(days=days)):
            continue
        db.session.add(_request(lock(found), channel=Channel.LINK, asked_on=day_of(at), is_reminder=True, at=at))
        reminded.add(contact.id)
        log.record("concept.remind_partner", found)
    for contact in contacts.values():
        if contact.id in reminded:
            outbox.enqueue(contact.email, REMIND, contact_id=contact.id)
    return len(reminded)


@transactional
def answer_for(
    partner: MeasurePartner,
    *,
    agreement: Agreement,
    may_be_named: bool,
    words: str = "",
    channel: Channel,
    answered_on: date,
    expected_version_id: int | None = None,
    by: Account | None,
) -> PartnerAnswer:
    """What the partner says to the wording as it is now; the last answer holds, earlier ones stay.

    Who does not agree is not named. Raises TextEmpty for conditions without words, and WordingChanged when the
    wording is not the one they had before them.
    """
    partner = lock(partner)
    db.session.expire(partner.measure.text, ["versions"])
    current = partner.measure.text.current
    if expected_version_id is not None and current.id != expected_version_id:
        raise WordingChanged
    needs_words = agreement is Agreement.CONDITIONS or bool(words.strip())
    answer = PartnerAnswer(
        partner=partner,
        version_id=current.id,
        agreement=agreement,
        may_be_named=may_be_named and agreement is not Agreement.NO,
        words=texts.write(words, language=LANGUAGE).text if needs_words else None,
        channel=channel,
        answered_on=answered_on,
        recorded_at=now(),
        recorded_by_id=by.id if by else None,
    )
    db.session.add(answer)
    db.session.flush()
    db.session.expire(partner, ["may_be_named"])
    log.record("concept.answer_for_partner", answer, by=by)
    return answer


@transactional
def withdraw_naming(partner: MeasurePartner, *, by: Account | None = None) -> None:
    """From now on it is named nowhere, in no old edition either (docs/adr/0008); what it agreed to stays."""
    partner = lock(partner)
    last = partner.answers[-1] if partner.answers else None
    answer = PartnerAnswer(
        partner=partner,
        version_id=last.version_id if last else partner.measure.text.current.id,
        agreement=last.agreement if last else None,
        may_be_named=False,
        words_id=last.words_id if last else None,
        channel=Channel.LINK,
        answered_on=day_of(now()),
        recorded_at=now(),
        recorded_by_id=by.id if by else None,
    )
    db.session.add(answer)
    db.session.flush()
    db.session.expire(partner, ["may_be_named"])
    log.record("concept.withdraw_naming", answer, by=by)


@transactional
def forget_contact(email: str) -> int:
    """Erase the address, and with it every link that went to it; returns how many organisations had it."""
    wanted = email.strip().lower()
    found = [each for each in db.session.scalars(select(PartnerContact)) if each.email.lower() == wanted]
    for contact in found:
        log.record("concept.forget_contact", contact, fields=["email"])
        db.session.delete(contact)
    return len(found)


def link_of(contact: PartnerContact) -> str:
    return links.absolute_url("partnerships.index", token=links.sign(PURPOSE, contact.id, contact.generation))


def read_link(token: str) -> PartnerContact:
    """Raises LinkInvalid."""
    ticket = links.read(PURPOSE, token)
    contact = db.session.get(PartnerContact, ticket.row_id)
    if contact is None or contact.generation != ticket.generation:
        raise LinkInvalid
    return contact


def _contact(organization: Organization, email: str) -> PartnerContact:
    contact = partnership.find_contact(organization)
    if contact is None:
        contact = PartnerContact(organization=organization, email=email.strip())
        db.session.add(contact)
        db.session.flush()
    elif email.strip() and contact.email.lower() != email.strip().lower():
        contact = lock(contact)
        contact.email, contact.generation = email.strip(), contact.generation + 1
    return contact


def _request(
    partner: MeasurePartner, *, channel: Channel, asked_on: date, is_reminder: bool = False, at: datetime | None = None
) -> PartnerRequest:
    return PartnerRequest(
        partner=partner,
        version_id=partner.measure.text.current.id,
        is_reminder=is_reminder,
        channel=channel,
        asked_on=asked_on,
        recorded_at=at or now(),
    )


def _is_due(partner: MeasurePartner, day: date) -> bool:
    asked = open_request(partner)
    return bool(asked and asked.channel is Channel.LINK and not asked.is_reminder and asked.asked_on <= day)
