"""Reading papers and meetings."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.council.models import (
    Annex,
    Consultation,
    ConsultationMeeting,
    ConsultationRole,
    Meeting,
    MeetingResult,
    Paper,
    Resolution,
)
from app.db import db
from app.structures.models import Organization
from app.texts.models import Text

BERATUNGSFOLGE = (
    selectinload(Paper.consultations).joinedload(Consultation.organization),
    selectinload(Paper.consultations)
    .selectinload(Consultation.sittings)
    .joinedload(ConsultationMeeting.meeting)
    .joinedload(Meeting.organization),
    selectinload(Paper.consultations).selectinload(Consultation.resolutions).joinedload(Resolution.meeting),
)


def is_meeting_slug_taken(slug: str) -> bool:
    return bool(db.session.scalar(select(exists().where(Meeting.slug == slug))))


def is_paper_slug_taken(slug: str) -> bool:
    return bool(db.session.scalar(select(exists().where(Paper.slug == slug))))


def find_paper(paper_id: int) -> Paper | None:
    """With all its page shows: sections, Beratungsfolge with results, annexes."""
    sections = (
        joinedload(section).selectinload(Text.versions) for section in (Paper.proposal, Paper.facts, Paper.financial)
    )
    statement = (
        select(Paper)
        .where(Paper.id == paper_id)
        .options(joinedload(Paper.organization), *BERATUNGSFOLGE, selectinload(Paper.annexes), *sections)
    )
    return db.session.scalars(statement).one_or_none()


def papers(*, search: str = "", body: Organization | None = None, with_drafts: bool = False) -> Sequence[Paper]:
    """The latest first, those without a date last; `search` looks into numbers and titles."""
    statement = select(Paper).options(joinedload(Paper.organization), *BERATUNGSFOLGE)
    if not with_drafts:
        statement = statement.where(Paper.sent_at.is_not(None))
    if search:
        statement = statement.where(
            or_(Paper.number.icontains(search, autoescape=True), Paper.title.icontains(search, autoescape=True))
        )
    if body is not None:
        statement = statement.where(Paper.consultations.any(Consultation.organization_id == body.id))
    return db.session.scalars(statement.order_by(Paper.dated_on.is_(None), Paper.dated_on.desc(), Paper.id)).all()


def bodies_with_papers() -> Sequence[Organization]:
    """Those one can filter the list of papers by."""
    sent = select(Consultation.organization_id).join(Paper).where(Paper.sent_at.is_not(None))
    return db.session.scalars(select(Organization).where(Organization.id.in_(sent)).order_by(Organization.name)).all()


def find_meeting(slug: str) -> Meeting | None:
    statement = (
        select(Meeting)
        .where(Meeting.slug == slug)
        .options(joinedload(Meeting.organization))
        .options(selectinload(Meeting.results).joinedload(MeetingResult.organization))
    )
    return db.session.scalars(statement).one_or_none()


def meetings(*, since: date | None = None) -> Sequence[Meeting]:
    """All meetings from that day on, the next first."""
    statement = select(Meeting).options(joinedload(Meeting.organization)).order_by(Meeting.day, Meeting.id)
    return db.session.scalars(statement.where(Meeting.day >= since) if since else statement).all()


def meetings_of(organization: Organization) -> Sequence[Meeting]:
    """Oldest first, with their results."""
    statement = (
        select(Meeting)
        .where(Meeting.organization_id == organization.id)
        .options(selectinload(Meeting.results).joinedload(MeetingResult.organization))
        .order_by(Meeting.day, Meeting.id)
    )
    return db.session.scalars(statement).all()


def meeting_days(organizations: Iterable[Organization]) -> Mapping[int, list[date]]:
    """When bodies met or will meet, by organisation; cancelled meetings left out."""
    ids = [organization.id for organization in organizations]
    found: dict[int, list[date]] = {organization_id: [] for organization_id in ids}
    statement = select(Meeting.organization_id, Meeting.day).where(
        Meeting.organization_id.in_(ids), Meeting.is_cancelled.is_(False)
    )
    for organization_id, day in db.session.execute(statement.order_by(Meeting.day)):
        found[organization_id].append(day)
    return found


def consultations_in(meeting: Meeting) -> Sequence[Consultation]:
    """The sent papers on a meeting's agenda, in the order of their agenda items."""
    statement = (
        select(Consultation)
        .join(ConsultationMeeting)
        .join(Consultation.paper)
        .where(ConsultationMeeting.meeting_id == meeting.id, Paper.sent_at.is_not(None))
        .options(joinedload(Consultation.paper), selectinload(Consultation.resolutions))
    )
    return sorted(db.session.scalars(statement), key=lambda each: (agenda_order(each.agenda_item), each.id))


def results_about(organization: Organization) -> Sequence[MeetingResult]:
    """What meetings of any body brought about for this one, oldest first."""
    statement = (
        select(MeetingResult)
        .join(MeetingResult.meeting)
        .where(MeetingResult.organization_id == organization.id)
        .options(joinedload(MeetingResult.meeting).joinedload(Meeting.organization))
        .order_by(Meeting.day, MeetingResult.position)
    )
    return db.session.scalars(statement).all()


def agenda_order(item: str) -> tuple[int, ...]:
    """Agenda items are text ("1", "10.1", "c)"): sorted by their numbers, letters after them."""
    return tuple(int(part) if part.isdecimal() else ord(part[0]) + 1000 for part in item.strip(" )").split(".") if part)


def decided_too_early(paper: Paper) -> Collection[Consultation]:
    """Advising bodies that meet only after the deciding one (2016 paper: 04.07. before 25.07.); a warning, no more."""
    decisions = [day_of(each) for each in paper.consultations if each.role is ConsultationRole.DECISION]
    decided = min((day for day in decisions if day is not None), default=date.max)
    return [
        each
        for each in paper.consultations
        if each.role is ConsultationRole.ADVICE and (day_of(each) or date.min) > decided
    ]


def day_of(consultation: Consultation) -> date | None:
    """The first day a body deals with the paper, as far as it is known."""
    days = [sitting.meeting.day for sitting in consultation.sittings]
    if not days and consultation.planned:
        days = [consultation.planned.first_day]
    return min(days, default=None)


def find_annex(annex_id: int) -> Annex | None:
    return db.session.get(Annex, annex_id, options=[joinedload(Annex.paper)])
