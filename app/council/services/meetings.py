"""Schedule, move and cancel meetings; write down what they brought about."""

from datetime import date, datetime

from app.audit import log
from app.audit.log import Actor
from app.council import queries
from app.council.errors import BodyDissolved, EndsBeforeStart, MeetingCancelled, SlugTaken
from app.council.models import Meeting, MeetingResult, ResultKind
from app.db import db, lock, now, transactional
from app.slugs import free_slug
from app.structures.models import Organization, OrganizationState

SIGNIFICANT = {"day", "starts_at", "ends_at", "place"}  # a change raises SEQUENCE (RFC 5545 section 3.8.7.4)
SHOWN_IN_CALENDARS = {*SIGNIFICANT, "title"}


@transactional
def schedule_meeting(
    *,
    organization: Organization,
    title: str,
    day: date,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    place: str = "",
    is_public: bool | None = None,
    slug: str | None = None,
    is_example: bool = False,
    by: Actor | None = None,
) -> Meeting:
    """A meeting of a body, past or to come; raises BodyDissolved, EndsBeforeStart, SlugTaken."""
    _check_times(starts_at, ends_at)
    if organization.state_on(day) is OrganizationState.DISSOLVED:
        raise BodyDissolved
    if slug and queries.is_meeting_slug_taken(slug):
        raise SlugTaken
    meeting = Meeting(
        organization=organization,
        title=title.strip(),
        day=day,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place.strip(),
        is_public=is_public,
        slug=slug or free_slug(f"{organization.slug[:60]}-{day}", queries.is_meeting_slug_taken),
        is_example=is_example,
    )
    db.session.add(meeting)
    log.record("council.schedule_meeting", meeting, by=by)
    return meeting


@transactional
def move_meeting(
    meeting: Meeting,
    *,
    day: date,
    starts_at: datetime | None,
    ends_at: datetime | None,
    place: str,
    title: str | None = None,
    is_public: bool | None = None,
    by: Actor | None,
) -> None:
    """Another day, time, place or title; the address stays.

    The revision rises only when a calendar shows something else, SEQUENCE only with day, time or place.
    Raises MeetingCancelled, BodyDissolved, EndsBeforeStart.
    """
    _check_times(starts_at, ends_at)
    meeting = lock(meeting)
    if meeting.is_cancelled:
        raise MeetingCancelled
    if meeting.organization.state_on(day) is OrganizationState.DISSOLVED:
        raise BodyDissolved
    wanted = {
        "day": day,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "place": place.strip(),
        "title": meeting.title if title is None else title.strip(),
        "is_public": is_public,
    }
    changed = {name for name, value in wanted.items() if getattr(meeting, name) != value}
    for name in changed:
        setattr(meeting, name, wanted[name])
    _revise(meeting, changed)
    if changed:
        log.record("council.move_meeting", meeting, by=by, fields=sorted(changed))


def _check_times(starts_at: datetime | None, ends_at: datetime | None) -> None:
    if starts_at and ends_at and ends_at <= starts_at:
        raise EndsBeforeStart


def _revise(meeting: Meeting, changed: set[str]) -> None:
    if changed & SHOWN_IN_CALENDARS:
        meeting.revised_at = now()
    if changed & SIGNIFICANT:
        meeting.sequence += 1


@transactional
def cancel_meeting(meeting: Meeting, *, by: Actor | None) -> None:
    """It does not take place; it stays readable and in calendars as cancelled. Raises MeetingCancelled."""
    meeting = lock(meeting)
    if meeting.is_cancelled:
        raise MeetingCancelled
    meeting.is_cancelled = True
    meeting.revised_at = now()
    meeting.sequence += 1
    log.record("council.cancel_meeting", meeting, by=by, fields=["is_cancelled"])


@transactional
def add_result(
    meeting: Meeting,
    *,
    kind: ResultKind,
    text: str,
    organization: Organization | None = None,
    source: str = "",
    by: Actor | None = None,
) -> MeetingResult:
    """What the meeting brought about, after what is there already; raises MeetingCancelled."""
    meeting = lock(meeting)
    if meeting.is_cancelled:
        raise MeetingCancelled
    result = MeetingResult(
        meeting=meeting,
        position=max((each.position for each in meeting.results), default=0) + 1,
        kind=kind,
        text=text.strip(),
        organization=organization,
        source=source.strip(),
    )
    db.session.add(result)
    log.record("council.add_result", result, by=by)
    return result
