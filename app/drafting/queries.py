"""Reading drafts laid out, suggestions to their passages and what became of them; what somebody has typed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Account
from app.concept import queries as concept
from app.concept.catalogue import Catalogue, draft_number
from app.concept.subjects import Subject, working_subjects
from app.db import db
from app.drafting.models import (
    DeskDraft,
    Disposition,
    Hearing,
    HearingBody,
    Suggestion,
)
from app.process_date import ProcessDate
from app.texts.models import Text, TextVersion
from app.texts.moderated import ModerationState

PAGE_SIZE = 50
WRITING = timedelta(minutes=10)  # since the last word that was kept


class Entry(NamedTuple):
    """A suggestion and the text it is about; None for what does not stand in the working edition any more."""

    suggestion: Suggestion
    subject: Subject | None


class Page(NamedTuple):
    items: Sequence[Entry]
    number: int
    last: int
    total: int


def all_hearings() -> Sequence[Hearing]:
    """The latest first."""
    return db.session.scalars(_hearings().order_by(Hearing.number.desc())).all()


def find_hearing(number: int) -> Hearing | None:
    return db.session.scalars(_hearings().where(Hearing.number == number)).one_or_none()


def find_draft(slug: str) -> Hearing | None:
    """The draft that is read under this slug."""
    number = draft_number(slug)
    return find_hearing(number) if number else None


def catalogue_of(hearing: Hearing) -> Catalogue:
    """The working edition as it was laid out, named and dated as that draft."""
    laid_out = concept.catalogue_in(hearing.document)
    return replace(laid_out, slug=hearing.slug, dated=ProcessDate(hearing.opens_on.isoformat()))


def open_hearings(day: date) -> Sequence[Hearing]:
    """Drafts that are laid out on that day, the latest first."""
    wanted = _hearings().where(Hearing.opens_on <= day, Hearing.closes_on >= day)
    return db.session.scalars(wanted.order_by(Hearing.number.desc())).all()


def count_open_by_text(text_ids: Collection[int] | None = None) -> dict[int, int]:
    """How many published suggestions nobody has decided on yet, by text; of all texts, or of these."""
    counted = (
        select(TextVersion.text_id, func.count())
        .join(Suggestion, Suggestion.version_id == TextVersion.id)
        .where(is_undecided())
        .group_by(TextVersion.text_id)
    )
    if text_ids is not None:
        counted = counted.where(TextVersion.text_id.in_(text_ids))
    return dict(db.session.execute(counted).all())


def published_on(text_id: int) -> Sequence[Suggestion]:
    """What was suggested to a text, as the public reads it: what the office recommends first, then the latest."""
    wanted = _loaded().join(Suggestion.version).where(TextVersion.text_id == text_id, _is_public())
    return db.session.scalars(wanted.order_by(Suggestion.is_office.desc(), Suggestion.id.desc())).all()


def taken_into(text_ids: Collection[int]) -> Sequence[Suggestion]:
    """Published suggestions to these texts that somebody has decided on, the oldest first."""
    wanted = _loaded().join(Suggestion.version).where(TextVersion.text_id.in_(text_ids), _is_public(), _is_decided())
    return db.session.scalars(wanted.order_by(Suggestion.id)).all()


def taken_in_between(ways: Mapping[int, int | None]) -> dict[int, list[Suggestion]]:
    """By version: published suggestions its text took in since an earlier version, or ever where there is none."""
    columns = select(TextVersion.id, TextVersion.text_id, TextVersion.number)
    rows = db.session.execute(columns.where(TextVersion.id.in_({*ways, *filter(None, ways.values())}))).all()
    numbers = {row.id: row.number for row in rows}
    by_text = {row.text_id: row.id for row in rows if row.id in ways}
    found: dict[int, list[Suggestion]] = {}
    for each in taken_into(by_text.keys()) if by_text else ():
        took_in, version_id = each.disposition and each.disposition.version, by_text[each.version.text_id]
        if took_in and numbers.get(ways[version_id] or 0, 0) < took_in.number <= numbers[version_id]:
            found.setdefault(version_id, []).append(each)
    return found


def synopsis(hearing: Hearing) -> list[Entry]:
    """What was suggested to a draft and published, in the order of the text it is about."""
    found = db.session.scalars(_loaded().where(Suggestion.hearing_id == hearing.id, _is_public())).all()
    entries = _entries(found)
    order = {text_id: place for place, text_id in enumerate(_text_ids(entries))}
    return sorted(
        entries, key=lambda each: (order[each.suggestion.version.text_id], each.suggestion.start, each.suggestion.id)
    )


def reasons_of_withheld(hearing: Hearing) -> Sequence[str]:
    """Why suggestions to a draft are not shown, each time."""
    wanted = select(Suggestion.state_reason).where(
        Suggestion.hearing_id == hearing.id, Suggestion.state == ModerationState.WITHHELD
    )
    return db.session.scalars(wanted.order_by(Suggestion.id)).all()


def count_withdrawn(hearing: Hearing) -> int:
    return _count(Suggestion.hearing_id == hearing.id, Suggestion.state == ModerationState.WITHDRAWN)


def get_suggestion(suggestion_id: int) -> Suggestion | None:
    return db.session.scalars(_loaded().where(Suggestion.id == suggestion_id)).one_or_none()


def chosen(suggestion_ids: Collection[int]) -> Sequence[Suggestion]:
    return db.session.scalars(_loaded().where(Suggestion.id.in_(suggestion_ids)).order_by(Suggestion.id)).all()


def count_waiting() -> int:
    """Suggestions nobody has looked at."""
    return _count(Suggestion.state == ModerationState.RECEIVED)


def count_undecided() -> int:
    return _count(is_undecided())


def count_unanswered() -> int:
    """Those that still wait for moderators or for an answer."""
    return _count((Suggestion.state == ModerationState.RECEIVED) | is_undecided())


def for_desk(which: str, number: int) -> Page:
    """What waits (`wartend`), what is to be decided (`offen`), what is decided (`entschieden`), or all."""
    conditions = {
        "wartend": (Suggestion.state == ModerationState.RECEIVED,),
        "offen": (is_undecided(),),
        "entschieden": (_is_decided(),),
    }.get(which, ())
    total = _count(*conditions)
    last = max(1, -(-total // PAGE_SIZE))
    number = min(max(number, 1), last)
    wanted = _loaded().where(*conditions).order_by(Suggestion.received_at, Suggestion.id)
    found = db.session.scalars(wanted.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)).all()
    return Page(_entries(found), number, last, total)


def is_undecided() -> ColumnElement[bool]:
    return (Suggestion.state == ModerationState.RELEASED) & ~_is_decided()


def draft_of(account: Account, page: str) -> DeskDraft | None:
    """What somebody has typed into the form of a page and not sent."""
    wanted = select(DeskDraft).where(DeskDraft.account_id == account.id, DeskDraft.page == page)
    return db.session.scalars(wanted).one_or_none()


def others_writing(account: Account, page: str, at: datetime) -> Sequence[DeskDraft]:
    """What others are typing there now."""
    return db.session.scalars(
        select(DeskDraft)
        .where(DeskDraft.page == page, DeskDraft.account_id != account.id, DeskDraft.saved_at > at - WRITING)
        .options(joinedload(DeskDraft.account))
        .order_by(DeskDraft.begun_at)
    ).all()


def _is_public() -> ColumnElement[bool]:
    return Suggestion.state == ModerationState.RELEASED


def _is_decided() -> ColumnElement[bool]:
    return exists().where(Disposition.suggestion_id == Suggestion.id)


def _count(*conditions: ColumnElement[bool]) -> int:
    return db.session.scalars(select(func.count()).select_from(Suggestion).where(*conditions)).one()


def _entries(found: Sequence[Suggestion]) -> list[Entry]:
    subjects = working_subjects({each.version.text_id for each in found})
    return [Entry(each, subjects.get(each.version.text_id)) for each in found]


def _text_ids(entries: Sequence[Entry]) -> list[int]:
    """In the order of the document, what is gone at the end."""
    standing = {each.suggestion.version.text_id for each in entries if each.subject}
    gone = sorted({each.suggestion.version.text_id for each in entries} - standing)
    return [*working_subjects(standing), *gone]


def _hearings() -> Select[Hearing]:
    return select(Hearing).options(selectinload(Hearing.bodies).joinedload(HearingBody.organization))


def _loaded() -> Select[Suggestion]:
    return select(Suggestion).options(
        joinedload(Suggestion.version),
        joinedload(Suggestion.hearing),
        joinedload(Suggestion.organization),
        joinedload(Suggestion.suggester),
        selectinload(Suggestion.wording).selectinload(Text.versions),
        selectinload(Suggestion.reason).selectinload(Text.versions),
        selectinload(Suggestion.dispositions).options(
            joinedload(Disposition.version), selectinload(Disposition.reason).selectinload(Text.versions)
        ),
    )
