"""What a feed holds: public events and meetings of the last twelve months and all to come; last days (deadlines.py).

What was cancelled stays for 30 days, so that programs which fetch seldom learn of it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from flask_babel import gettext
from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app import links
from app.calendars import deadlines
from app.calendars.contents import Feed, Revision, uid
from app.calendars.feed import Entry
from app.calendars.models import PersonalFeed
from app.concept.models import Section, SectionWorkingGroup
from app.council.models import Meeting
from app.db import db
from app.events.documentation import documented
from app.events.models import Event, EventBody, EventMunicipality, EventSection, EventStatus
from app.local_time import day_of, end_of, start_of
from app.registrations.models import Booking, Registration, RegistrationStatus
from app.registrations.placeholders import choice_of
from app.slugs import in_order
from app.structures.models import BODIES, Municipality, Organization
from app.structures.queries import municipalities

BACK = timedelta(days=366)
KEEP_CANCELLED = timedelta(days=30)
UNKNOWN_LENGTH = timedelta(hours=2)


class Feeds(NamedTuple):
    sections: Sequence[Section]
    organizations: Sequence[Organization]
    municipalities: Sequence[Municipality]


def find_section(slug: str) -> Section | None:
    return db.session.scalars(select(Section).where(Section.slug == slug)).one_or_none()


def find_organization(slug: str) -> Organization | None:
    return db.session.scalars(select(Organization).where(Organization.slug == slug)).one_or_none()


def find_municipality(ags: str) -> Municipality | None:
    return db.session.scalars(select(Municipality).where(Municipality.ags == ags)).one_or_none()


def all_feeds() -> Feeds:
    """One for each section, for each body or whoever invites, and for each municipality."""
    public = Event.status != EventStatus.PLANNED
    inviting = select(Event.organization_id).where(public)
    attached = select(EventBody.organization_id).join(Event).where(public)
    offered = or_(Organization.kind.in_(BODIES), Organization.id.in_(inviting), Organization.id.in_(attached))
    return Feeds(
        db.session.scalars(
            select(Section).where(Section.is_planned.is_(False)).order_by(Section.kind.desc(), Section.id)
        ).all(),
        sorted(db.session.scalars(select(Organization).where(offered)), key=lambda each: in_order(each.name)),
        municipalities(),
    )


def revisions(feed: Feed, at: datetime) -> list[Revision]:
    """The state of the feed, in four small statements."""
    events = select(Event.id, Event.revised_at, Event.sequence, Event.status).where(_events_in(feed, at))
    meetings = select(Meeting.id, Meeting.revised_at, Meeting.sequence, Meeting.is_cancelled).where(
        _meetings_in(feed, at)
    )
    found = [
        Revision(
            uid("event", row_id),
            revised_at,
            sequence,
            is_cancelled=status is EventStatus.CANCELLED,
            is_postponed=status is EventStatus.POSTPONED,
        )
        for row_id, revised_at, sequence, status in db.session.execute(events.order_by(Event.id))
    ]
    found += [
        Revision(uid("meeting", row_id), revised_at, sequence, is_cancelled)
        for row_id, revised_at, sequence, is_cancelled in db.session.execute(meetings.order_by(Meeting.id))
    ]
    return [*found, *deadlines.revisions(feed, at)]


def entries(feed: Feed, at: datetime) -> list[Entry]:
    """All entries of the feed by time, in a constant number of statements."""
    events = (
        select(Event)
        .where(_events_in(feed, at))
        .options(selectinload(Event.sections).joinedload(EventSection.section), joinedload(Event.municipality))
    )
    meetings = select(Meeting).where(_meetings_in(feed, at)).options(joinedload(Meeting.organization))
    shown = db.session.scalars(events).all()
    told = documented([event.id for event in shown])
    found = [entry_of(event, is_documented=event.id in told) for event in shown]
    held = db.session.scalars(meetings).all()
    sections = _sections_of({meeting.organization_id for meeting in held})
    found += [replace(_entry_of_meeting(meeting), categories=sections[meeting.organization_id]) for meeting in held]
    found += deadlines.entries(feed, at)
    return sorted(found, key=lambda entry: (entry.starts_at, entry.uid))


def entry_of(event: Event, *, is_documented: bool = False) -> Entry:
    """An event as calendars show it; nothing in it belongs to one person, people pass calendars on."""
    report = links.absolute_url("event_reports.show", event_id=event.id)
    results = [gettext("Was herauskam: %(address)s", address=report)] if is_documented else []
    place = ", ".join(part for part in (event.place, event.address) if part)
    return Entry(
        uid=uid("event", event.id),
        title=event.title,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        is_all_day=event.is_all_day,
        revised_at=event.revised_at,
        sequence=event.sequence,
        is_cancelled=event.is_cancelled,
        is_postponed=event.status is EventStatus.POSTPONED,
        place=place or (event.municipality.name if event.municipality else ""),
        description="\n\n".join([part for part in (event.summary, *results) if part]),
        url=links.absolute_url("events.show", event_id=event.id),
        categories=event.section_titles,
    )


def _entry_of_meeting(meeting: Meeting) -> Entry:
    """Known by its day alone it lasts all day; where only the end is unknown, two hours are a guess that says so."""
    starts_at = meeting.starts_at or start_of(meeting.day)
    ends_at = meeting.ends_at or (starts_at + UNKNOWN_LENGTH if meeting.starts_at else end_of(meeting.day))
    is_guess = meeting.starts_at is not None and meeting.ends_at is None
    description = gettext("Öffentliche Sitzung.")
    if is_guess:
        description = gettext("Öffentliche Sitzung. Das Ende ist nicht bekannt.")
    return Entry(
        uid=uid("meeting", meeting.id),
        title=f"{meeting.organization.label}: {meeting.title}",
        starts_at=starts_at,
        ends_at=ends_at,
        is_all_day=meeting.starts_at is None,
        revised_at=meeting.revised_at,
        sequence=meeting.sequence,
        is_cancelled=meeting.is_cancelled,
        place=meeting.place,
        url=links.absolute_url("meetings.show", slug=meeting.slug),
        description=description,
    )


def _events_in(feed: Feed, at: datetime) -> ColumnElement[bool]:
    conditions = [
        Event.status != EventStatus.PLANNED,
        Event.ends_at > _first_moment(at),
        _is_kept(feed, Event.status == EventStatus.CANCELLED, Event.revised_at, at),
    ]
    if not feed.with_cancelled:  # programs that ignore the status would show a time at which nothing is
        conditions.append(Event.status != EventStatus.POSTPONED)
    if feed.section:
        about = select(EventSection.event_id).where(EventSection.section_id == feed.section.id)
        conditions.append(Event.id.in_(about))
    if feed.organization:
        attached = select(EventBody.event_id).where(EventBody.organization_id == feed.organization.id)
        conditions.append(or_(Event.organization_id == feed.organization.id, Event.id.in_(attached)))
    if feed.municipality:
        concerned = select(EventMunicipality.event_id).where(EventMunicipality.municipality_id == feed.municipality.id)
        conditions.append(or_(Event.municipality_id == feed.municipality.id, Event.id.in_(concerned)))
    return and_(*conditions)


def _meetings_in(feed: Feed, at: datetime) -> ColumnElement[bool]:
    if feed.municipality:
        return false()
    conditions = [
        Meeting.is_public.is_(True),
        Meeting.day >= day_of(_first_moment(at)),
        _is_kept(feed, Meeting.is_cancelled.is_(True), Meeting.revised_at, at),
    ]
    if feed.section:
        groups = select(SectionWorkingGroup.organization_id).where(SectionWorkingGroup.section_id == feed.section.id)
        conditions.append(Meeting.organization_id.in_(groups))
    if feed.organization:
        conditions.append(Meeting.organization_id == feed.organization.id)
    return and_(*conditions)


def _is_kept(feed: Feed, is_cancelled, revised_at, at: datetime) -> ColumnElement[bool]:  # type: ignore[no-untyped-def]  # noqa: ANN001 -- columns of either table
    shown = revised_at > at - KEEP_CANCELLED if feed.with_cancelled else false()
    return or_(~is_cancelled, shown)


def _first_moment(at: datetime) -> datetime:
    return start_of(day_of(at - BACK))


def _sections_of(organization_ids: set[int]) -> dict[int, list[str]]:
    """Titles of the sections whose Arbeitskreise these are."""
    titles: dict[int, list[str]] = {organization_id: [] for organization_id in organization_ids}
    statement = (
        select(SectionWorkingGroup.organization_id, Section.title)
        .join(Section)
        .where(SectionWorkingGroup.organization_id.in_(organization_ids))
        .order_by(Section.id)
    )
    for organization_id, title in db.session.execute(statement):
        titles[organization_id].append(title)
    return titles


def find_personal_feed(token_digest: str) -> PersonalFeed | None:
    """None for one that was ended."""
    statement = select(PersonalFeed).where(PersonalFeed.token_digest == token_digest, PersonalFeed.ended_at.is_(None))
    return db.session.scalars(statement).one_or_none()


def personal_feeds_of(email: str) -> Sequence[PersonalFeed]:
    """Those that work, the oldest first."""
    statement = select(PersonalFeed).where(PersonalFeed.email == email.lower(), PersonalFeed.ended_at.is_(None))
    return db.session.scalars(statement.order_by(PersonalFeed.id)).all()


def personal_entries(feed: PersonalFeed, at: datetime) -> list[Entry]:
    """The events at which this address has a place, with what was chosen there; no link that only they have."""
    statement = (
        select(Registration)
        .join(Event)
        .where(
            func.lower(Registration.email) == feed.email,
            Registration.status == RegistrationStatus.CONFIRMED,
            _events_in(Feed(), at),
        )
        .options(
            contains_eager(Registration.event).selectinload(Event.sections).joinedload(EventSection.section),
            contains_eager(Registration.event).joinedload(Event.municipality),
            selectinload(Registration.bookings).joinedload(Booking.item),
            selectinload(Registration.bookings).joinedload(Booking.table),
            selectinload(Registration.bookings).joinedload(Booking.option),
        )
        .order_by(Registration.id)
    )
    chosen: dict[int, list[str]] = {}
    found: dict[int, Event] = {}
    for registration in db.session.scalars(statement):
        found[registration.event_id] = registration.event
        chosen.setdefault(registration.event_id, []).extend(choice_of(registration))
    entries = [_with_choice(entry_of(event), chosen[event.id]) for event in found.values()]
    return sorted(entries, key=lambda entry: (entry.starts_at, entry.uid))


def _with_choice(entry: Entry, chosen: list[str]) -> Entry:
    """A family that registered twice chose each thing once."""
    parts = [entry.description, "\n".join(dict.fromkeys(chosen))]
    return replace(entry, description="\n\n".join(part for part in parts if part))
