"""Deletions that no single feature owns, or whose rows lie in a feature above."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, exists, func, or_, select, update
from sqlalchemy.orm import joinedload

from app.attendance.models import DoorDevice
from app.audit import log
from app.db import db, transactional
from app.events.models import Event
from app.proposals.models import Condensation, Contributor, Decision, Passage, Proposal, ProposalState, Release
from app.registrations.models import Attendee, PaperLetter, Registration
from app.registrations.services import retention
from app.seating.models import TableSeat
from app.texts.models import TextVersion
from app.texts.queries import texts_ahead


@transactional
def remove_letters_before(at: datetime) -> int:
    """Delete the record of letters printed and calls made before then; returns how many."""
    ids = db.session.scalars(select(PaperLetter.id).where(PaperLetter.done_at <= at)).all()
    db.session.execute(delete(PaperLetter).where(PaperLetter.id.in_(ids)))
    return len(ids)


@transactional
def remove_seats_before(at: datetime) -> int:
    """Delete seats and wishes for tables at events that ended before then; returns how many of both."""
    over = select(Event.id).where(Event.ends_at <= at)
    statement = select(TableSeat.id).join(Attendee).join(Registration).where(Registration.event_id.in_(over))
    ids = db.session.scalars(statement).all()
    db.session.execute(delete(TableSeat).where(TableSeat.id.in_(ids)))
    return len(ids) + retention.remove_wishes_before(at)


@transactional
def remove_device_names_before(at: datetime) -> int:
    """Forget what devices at the door of events that ended before then were called; returns how many."""
    named = DoorDevice.event_id.in_(select(Event.id).where(Event.ends_at <= at)) & (DoorDevice.name != "")
    count = db.session.scalars(select(func.count(DoorDevice.id)).where(named)).one()
    db.session.execute(update(DoorDevice).where(named).values(name=""))
    return count


@transactional
def forget_withdrawn_before(at: datetime) -> int:
    """Forget who brought in what they took back by then; returns how many."""
    since = exists().where(Release.proposal_id == Proposal.id, Release.made_at > at)
    return _forget(_known().where(Proposal.state == ProposalState.WITHDRAWN, ~since))


@transactional
def forget_contributors_before(at: datetime) -> int:
    """Forget who brought in what had its last step by then: coming in, moderation, an answer. Returns how many.

    An organisation that wished to be named stays: it is public.
    """
    since = exists().where(Release.proposal_id == Proposal.id, Release.made_at > at)
    candidates = _known().where(Proposal.received_at <= at, ~since)
    return _forget(candidates, but=_text_ids_decided_after(at))


def _known() -> Select[Contributor]:
    """Of whom something is known that is not public."""
    return select(Contributor).join(Proposal).where(or_(*_personal())).order_by(Contributor.id)


def _personal() -> tuple[ColumnElement[bool], ...]:
    hidden_organization = (Contributor.organization_name != "") & ~Contributor.may_be_named
    return (Contributor.name != "", Contributor.email != "", Contributor.postal_address != "", hidden_organization)


def _text_ids_decided_after(at: datetime) -> set[int]:
    """The texts about which something was decided or answered since then."""
    later = or_(Decision.made_at > at, Decision.released_at > at)
    of_wordings = select(Condensation.text_id).join(Decision).where(later)
    passages = select(TextVersion.text_id).join(Passage).join(Decision, Decision.passage_id == Passage.id).where(later)
    return {*db.session.scalars(of_wordings), *db.session.scalars(passages)}


def _forget(statement: Select[Contributor], *, but: Collection[int] = ()) -> int:
    """Empty them, except where the thread leads on to one of these texts."""
    found = db.session.scalars(statement.options(joinedload(Contributor.proposal))).all()
    ahead = texts_ahead([each.proposal.text_id for each in found]) if but else {}
    due = [each for each in found if ahead.get(each.proposal.text_id, set()).isdisjoint(but)]
    for each in due:
        each.name, each.email, each.postal_address, each.email_confirmed_at = "", "", "", None
        if not each.may_be_named:
            each.organization_name = ""
        log.record("privacy.forget_contributor", each, fields=["name", "email"])
    return len(due)
