"""Last days in calendars: until when a draft or a call can be answered. An entry of a whole day, without a place."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext
from sqlalchemy import ColumnElement, ScalarSelect, exists, false, func, select
from sqlalchemy.orm import defer, selectinload

from app import links
from app.calendars.contents import Feed, Revision, uid
from app.calendars.feed import Entry
from app.calls.models import CALL_SECTION, Call, CallChange, CallWording
from app.db import db
from app.drafting.models import Hearing, HearingBody
from app.local_time import day_of, end_of, start_of

BACK = timedelta(days=30)  # nobody looks up last year's deadlines


def revisions(feed: Feed, at: datetime) -> Iterator[Revision]:
    """In two small statements. What is said of a call is changed by adding rows only: their number rises."""
    drafts = select(Hearing.id, func.coalesce(Hearing.revised_at, Hearing.created_at), Hearing.sequence)
    for row_id, revised_at, sequence in db.session.execute(drafts.where(*_drafts_in(feed, at)).order_by(Hearing.id)):
        yield Revision(uid("hearing", row_id), revised_at, sequence, is_cancelled=False)
    changed, written = _of_calls(CallChange, CallChange.made_at), _of_calls(CallWording, CallWording.written_at)
    stands = select(Call.id, changed[0], changed[1], written[0], written[1]).where(*_calls_in(feed, at))
    for row_id, changed_at, changes, written_at, wordings in db.session.execute(stands.order_by(Call.id)):
        last = max(filter(None, (changed_at, written_at)))
        yield Revision(uid("call", row_id), last, changes + wordings - 1, is_cancelled=False)


def entries(feed: Feed, at: datetime) -> Iterator[Entry]:
    """What the calendar says of them; of cancelled ones there are none."""
    known = {each.uid: each for each in revisions(feed, at)}
    drafts = select(Hearing).where(*_drafts_in(feed, at)).options(defer(Hearing.document))
    for draft in db.session.scalars(drafts):
        yield _entry_of_draft(draft, known[uid("hearing", draft.id)])
    calls = select(Call).where(*_calls_in(feed, at)).options(selectinload(Call.sections))
    for call in db.session.scalars(calls):
        yield _entry_of_call(call, known[uid("call", call.id)])


def _entry_of_draft(draft: Hearing, revision: Revision) -> Entry:
    return _whole_day(
        revision,
        draft.closes_on,
        title=gettext("Letzter Tag für Anregungen: %(title)s", title=draft.title),
        description=gettext("Was soll im Entwurf anders heißen, was fehlt, was kann weg? Heute geht es noch."),
        url=links.absolute_url("suggestions.show_hearing", number=draft.number),
    )


def _entry_of_call(call: Call, revision: Revision) -> Entry:
    return _whole_day(
        revision,
        call.last_day,
        title=gettext("Letzter Tag zum Mitreden: %(title)s", title=call.title),
        description=call.wording.question,
        url=links.absolute_url("calls.show", slug=call.slug),
        categories=[section.title for section in call.sections],
    )


def _whole_day(revision: Revision, day: date, **said: Any) -> Entry:  # noqa: ANN401 -- the words of the entry
    return Entry(
        uid=revision.uid,
        revised_at=revision.revised_at,
        sequence=revision.sequence,
        starts_at=start_of(day),
        ends_at=end_of(day),
        is_all_day=True,
        **said,
    )


def _drafts_in(feed: Feed, at: datetime) -> tuple[ColumnElement[bool], ...]:
    """Laid out for everyone, or for the body; a draft is about every section."""
    if feed.section or feed.municipality:
        return (false(),)
    asked = exists().where(HearingBody.hearing_id == Hearing.id)
    body = feed.organization
    whom = asked.where(HearingBody.organization_id == body.id) if body else ~asked
    return whom, Hearing.opens_on <= day_of(at), Hearing.closes_on >= day_of(at - BACK)


def _calls_in(feed: Feed, at: datetime) -> tuple[ColumnElement[bool], ...]:
    if feed.organization or feed.municipality:
        return (false(),)
    held = (Call.is_published.is_(True), Call.opens_at <= at, Call.closes_at > at - BACK)
    if feed.section is None:
        return held
    about = select(CALL_SECTION.c.call_id).where(CALL_SECTION.c.section_id == feed.section.id)
    return *held, Call.id.in_(about)


def _of_calls(model: Any, made_at: Any) -> tuple[ScalarSelect[datetime], ScalarSelect[int]]:  # noqa: ANN401 -- either of two tables
    """When the last such row of a call was added, and how many there are."""
    of_call = model.call_id == Call.id
    last: ScalarSelect[datetime] = select(func.max(made_at)).where(of_call).scalar_subquery()
    return last, select(func.count(model.id)).where(of_call).scalar_subquery()
