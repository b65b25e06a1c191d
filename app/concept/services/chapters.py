"""Chapters of the working edition: add, write, move and remove them; editions keep theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.accounts.models import Account
from app.audit import log
from app.concept import queries
from app.concept.errors import ChangedMeanwhile, NotPrintable
from app.concept.markup import Known, problems, settle
from app.concept.models import Chapter, ChapterContent, ConceptPicture
from app.concept.references import places
from app.concept.services.working import lock_working, write_wording
from app.concept.stand import stand_of
from app.db import db, transactional
from app.slugs import slugify
from app.texts import services as texts
from app.texts.models import Text

APART = 100_000  # where numbers wait while others take their place


@dataclass(frozen=True, kw_only=True)
class ChapterText:
    """What is written in a chapter; body and signature may be empty."""

    title: str
    summary: str
    content: ChapterContent = ChapterContent.TEXT
    body: str = ""
    signature: str = ""
    as_of: date | None = None
    is_example: bool = False


@transactional
def add_chapter(
    written: ChapterText,
    *,
    position: int | None = None,
    slug: str = "",
    by: Account | None = None,
    at: datetime | None = None,
) -> Chapter:
    """A new chapter, the last one unless a position is given. Raises NotPrintable, TextEmpty."""
    lock_working()
    chapters = _all()
    body = _printable(written.body, chapters)
    chapter = Chapter(
        number=len(chapters) + 1,
        slug=_free_slug(slug or slugify(written.title), {each.slug for each in chapters}),
        summary=write_wording(written.summary, by=by, at=at).text,
    )
    db.session.add(chapter)
    _fill(chapter, written, body, by=by, at=at)
    db.session.flush()
    if position is not None:
        _arrange(chapters, chapter, position)
    log.record("concept.add_chapter", chapter, by=by)
    return chapter


@transactional
def write_chapter(
    chapter: Chapter,
    written: ChapterText,
    *,
    by: Account | None,
    expected_stand: str | None = None,
    at: datetime | None = None,
) -> None:
    """The next wording of all that is different; what was emptied stands there no longer.

    Raises ChangedMeanwhile when the chapter is not what `expected_stand` says any more, NotPrintable, TextEmpty.
    """
    lock_working()
    db.session.refresh(chapter)
    if expected_stand is not None and stand_of(chapter) != expected_stand:
        raise ChangedMeanwhile
    body = _printable(written.body, _all())
    write_wording(written.summary, text=chapter.summary, by=by, at=at)
    _fill(chapter, written, body, by=by, at=at)
    log.record("concept.write_chapter", chapter, by=by, fields=["summary", "body", "signature"])


@transactional
def move_chapter(chapter: Chapter, *, position: int, by: Account | None) -> None:
    """Put it at this place; the others make room, and references follow by themselves."""
    lock_working()
    _arrange(_all(), chapter, position)
    log.record("concept.move_chapter", chapter, by=by, fields=["number"])


@transactional
def remove_chapter(chapter: Chapter, *, by: Account | None) -> None:
    """Take it out of the working edition; what was written stays in the editions that hold it."""
    lock_working()
    log.record("concept.remove_chapter", chapter, by=by)
    db.session.delete(chapter)
    db.session.flush()
    _count([each for each in _all() if each is not chapter])


def text_of(chapter: Chapter) -> ChapterText:
    """What is written in it now."""

    def current(text: Text | None) -> str:
        return text.current.content if text else ""

    return ChapterText(
        title=chapter.title,
        summary=current(chapter.summary),
        content=chapter.content,
        body=current(chapter.body),
        signature=current(chapter.signature),
        as_of=chapter.as_of,
        is_example=chapter.is_example,
    )


def _fill(chapter: Chapter, written: ChapterText, body: str, *, by: Account | None, at: datetime | None) -> None:
    chapter.title, chapter.content, chapter.as_of = written.title.strip(), written.content, written.as_of
    chapter.is_example = written.is_example
    chapter.body = _text(chapter.body, body, by=by, at=at)
    chapter.signature = _text(chapter.signature, written.signature, by=by, at=at)


def _text(text: Text | None, wording: str, *, by: Account | None, at: datetime | None) -> Text | None:
    if not texts.normalize(wording):
        return None
    return write_wording(wording, text=text, by=by, at=at).text


def _printable(body: str, chapters: Sequence[Chapter]) -> str:
    """The body with references that stay when chapters move; raises NotPrintable."""
    settled = settle(texts.normalize(body), {each.number: each.slug for each in chapters})
    if not settled:
        return ""
    known = Known(
        targets=places(queries.working_catalogue()).keys(),
        pictures={str(number) for number in db.session.scalars(select(ConceptPicture.number))},
    )
    if found := problems(settled, known):
        raise NotPrintable(found)
    return settled


def _arrange(chapters: Sequence[Chapter], moved: Chapter, position: int) -> None:
    ordered = [each for each in chapters if each is not moved]
    ordered.insert(max(position, 1) - 1, moved)
    _count(ordered)


def _count(chapters: Sequence[Chapter]) -> None:
    """From 1 without gaps; each number is unique at every moment."""
    for place, chapter in enumerate(chapters, 1):
        chapter.number = APART + place
    db.session.flush()
    for place, chapter in enumerate(chapters, 1):
        chapter.number = place
    db.session.flush()


def _free_slug(wanted: str, taken: set[str]) -> str:
    base = wanted[:70] or "kapitel"
    numbered = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(slug for slug in numbered if slug not in taken)


def _all() -> Sequence[Chapter]:
    return db.session.scalars(select(Chapter).order_by(Chapter.number).execution_options(populate_existing=True)).all()
