"""What is deleted of registrations, and when: app.privacy.retention says how long after what. Counts stay."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import selectinload

from app.audit import log
from app.db import db, now, transactional
from app.events.models import Event, EventStatus
from app.registrations.models import (
    Answer,
    InvitationCode,
    Need,
    Question,
    Registration,
    RegistrationStatus,
    Resource,
    TableWish,
)
from app.registrations.services import needs

S = RegistrationStatus
PARTS = (
    *(Registration.attendees, Registration.answers, Registration.consents, Registration.wishes),
    *(Registration.paper_letters, Registration.organization),
)
WITHOUT_PLACE = (S.WAITING, S.REQUESTED, S.DECLINED, S.CANCELLED)


@transactional
def remove_expired_before(at: datetime) -> int:
    """Delete registrations nobody confirmed in time, once they expired before then; returns how many."""
    return _remove(Registration.status == S.EXPIRED, Registration.ended_at <= at)


@transactional
def remove_waiting_before(at: datetime) -> int:
    """Delete who got no place or gave it up, at events that ended before then; returns how many."""
    return _remove(Registration.status.in_(WITHOUT_PLACE), Registration.event_id.in_(_ended(at)))


@transactional
def remove_needs_before(at: datetime) -> int:
    """Delete what guests of events that ended before then needed; returns for how many parties."""
    found = db.session.scalars(select(Need).where(Need.event_id.in_(_ended(at))).order_by(Need.id)).all()
    for need in found:
        log.record("registrations.forget_needs", need.registration)
        db.session.delete(need)
    return len(found)


@transactional
def remove_sensitive_before(at: datetime) -> int:
    """Forget in what capacity people came, what they speak, and answers marked as sensitive; returns of how many."""
    sensitive = select(Question.id).where(Question.is_sensitive)
    answered = select(Answer.registration_id).where(Answer.question_id.in_(sensitive))
    tells = or_(Registration.comes_as.is_not(None), Registration.id.in_(answered))
    parties = db.session.scalars(select(Registration).where(Registration.event_id.in_(_ended(at)))).all()
    ids = set(db.session.scalars(select(Registration.id).where(Registration.event_id.in_(_ended(at)), tells)))
    found = [party for party in parties if party.id in ids or party.spoken_languages]
    for party in found:
        party.comes_as = None
        party.spoken_languages = []
        log.record("registrations.forget_sensitive", party)
    known = [party.id for party in found]
    db.session.execute(delete(Answer).where(Answer.registration_id.in_(known), Answer.question_id.in_(sensitive)))
    return len(found)


@transactional
def remove_wishes_before(at: datetime) -> int:
    """Delete wishes for tables at events that ended before then; returns how many."""
    ids = db.session.scalars(select(TableWish.id).join(Registration).where(Registration.event_id.in_(_over(at)))).all()
    db.session.execute(delete(TableWish).where(TableWish.id.in_(ids)))
    return len(ids)


@transactional
def anonymise_before(at: datetime) -> int:
    """Take names and addresses off registrations for events that ended before then; returns how many.

    With them go notes about single guests: of invitation codes, and who carried out what was planned.
    """
    statement = select(Registration).where(Registration.event_id.in_(_over(at)), Registration.anonymised_at.is_(None))
    whole = [selectinload(part) for part in PARTS]
    found = db.session.scalars(statement.order_by(Registration.id).options(*whole)).all()
    for registration in found:
        anonymise(registration)
    codes = update(InvitationCode).where(InvitationCode.event_id.in_(_over(at)), InvitationCode.note != "")
    db.session.execute(codes.values(note=""))
    resources = update(Resource).where(Resource.event_id.in_(_over(at)), Resource.who != "")
    db.session.execute(resources.values(who=""))
    return len(found)


@transactional
def anonymise(registration: Registration) -> None:
    """Nothing of the row leads to a person any more, and its links end; how many came, and where they sat, stays."""
    registration.anonymised_at = now()
    needs.forget(registration)
    registration.name = registration.phone = registration.postal_address = registration.organization_name = ""
    registration.email = registration.new_email = registration.form_id = None
    registration.organization = registration.comes_as = None
    registration.spoken_languages = []
    registration.language = "de"
    registration.wants_updates = False
    for attendee in registration.attendees:
        attendee.name = ""
    registration.answers.clear()
    registration.consents.clear()
    registration.wishes.clear()
    registration.paper_letters.clear()
    registration.link_generation += 1
    log.record("registrations.anonymise", registration)


def _remove(*conditions: ColumnElement[bool]) -> int:
    found: Sequence[Registration] = db.session.scalars(
        select(Registration).where(*conditions).order_by(Registration.id)
    ).all()
    for registration in found:
        log.record("registrations.remove", registration)
        db.session.delete(registration)
    return len(found)


def _ended(at: datetime) -> ColumnElement[int]:
    """Events that ended before then. One that was postponed has not taken place: its guests still wait for it."""
    return select(Event.id).where(Event.ends_at <= at, Event.status != EventStatus.POSTPONED).scalar_subquery()


def _over(at: datetime) -> ColumnElement[int]:
    """Also those postponed and forgotten: nobody waits half a year for a new date."""
    return select(Event.id).where(Event.ends_at <= at).scalar_subquery()
