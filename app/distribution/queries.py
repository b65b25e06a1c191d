"""Reading print jobs, the address list and what was sent."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.concept.models import Edition
from app.council.models import Meeting
from app.db import db
from app.distribution.models import Dispatch, Presentation, PrintJob, Recipient, RecipientGroup
from app.events.models import Event
from app.structures.models import Organization


def print_jobs() -> Sequence[PrintJob]:
    """All of them, what is planned last first."""
    statement = select(PrintJob).options(joinedload(PrintJob.edition), selectinload(PrintJob.dispatches))
    return db.session.scalars(statement.order_by(PrintJob.planned.desc(), PrintJob.id.desc())).all()


def find_job(job_id: int) -> PrintJob | None:
    sent = selectinload(PrintJob.dispatches)
    return db.session.scalars(
        select(PrintJob)
        .where(PrintJob.id == job_id)
        .options(
            joinedload(PrintJob.edition).joinedload(Edition.concept),
            sent.joinedload(Dispatch.recipient).joinedload(Recipient.group),
            sent.joinedload(Dispatch.event),
        )
    ).one_or_none()


def find_dispatch(dispatch_id: int) -> Dispatch | None:
    return db.session.get(Dispatch, dispatch_id)


def find_presentation(presentation_id: int) -> Presentation | None:
    return db.session.get(Presentation, presentation_id)


def groups() -> Sequence[RecipientGroup]:
    """All groups with their addresses, also those that left the list."""
    statement = select(RecipientGroup).options(selectinload(RecipientGroup.recipients))
    return db.session.scalars(statement.order_by(RecipientGroup.position)).all()


def find_group(slug: str) -> RecipientGroup | None:
    return db.session.scalars(select(RecipientGroup).where(RecipientGroup.slug == slug)).one_or_none()


def is_group_slug_taken(slug: str) -> bool:
    return find_group(slug) is not None


def next_position() -> int:
    return (db.session.scalar(select(func.max(RecipientGroup.position))) or 0) + 1


def find_recipient(recipient_id: int) -> Recipient | None:
    return db.session.get(Recipient, recipient_id)


def waiting(job: PrintJob, group_slug: str = "") -> Sequence[Recipient]:
    """Addresses of the list that have not got their copies of this run, by group and name."""
    got = select(Dispatch.recipient_id).where(
        Dispatch.job_id == job.id, Dispatch.taken_back_at.is_(None), Dispatch.recipient_id.is_not(None)
    )
    statement = select(Recipient).join(Recipient.group).where(Recipient.removed_at.is_(None), Recipient.id.not_in(got))
    if group_slug:
        statement = statement.where(RecipientGroup.slug == group_slug)
    ordered = statement.order_by(RecipientGroup.position, Recipient.name, Recipient.id)
    return db.session.scalars(ordered.options(joinedload(Recipient.group))).all()


def taken_up_municipalities(group: RecipientGroup) -> Collection[int]:
    found = select(Recipient.municipality_id).where(
        Recipient.group_id == group.id, Recipient.municipality_id.is_not(None)
    )
    return {each for each in db.session.scalars(found) if each is not None}


def presentations(edition: Edition) -> Sequence[Presentation]:
    """Where an edition is presented, the latest first."""
    return _presentations(Presentation.edition_id == edition.id)


def presented_in(meeting: Meeting) -> Sequence[Presentation]:
    """The editions a body saw in this meeting."""
    return _presentations(Presentation.meeting_id == meeting.id)


def presented_to(body: Organization) -> Sequence[Presentation]:
    """The editions a body saw in any of its meetings, the latest first."""
    return _presentations(Presentation.meeting.has(Meeting.organization_id == body.id))


def _presentations(condition: ColumnElement[bool]) -> Sequence[Presentation]:
    found = db.session.scalars(
        select(Presentation)
        .where(condition)
        .options(
            joinedload(Presentation.edition),
            joinedload(Presentation.event),
            joinedload(Presentation.meeting).joinedload(Meeting.organization),
            joinedload(Presentation.group),
        )
    )
    return sorted(found, key=lambda each: (each.day, each.id), reverse=True)


def presented_at(event: Event) -> Presentation | None:
    return db.session.scalars(
        select(Presentation).where(Presentation.event_id == event.id).options(joinedload(Presentation.edition))
    ).one_or_none()
