"""Lebenslagen and target groups: terms begin, end and are merged; what was used keeps its name (2016 paper)."""

from sqlalchemy import exists, select

from app.accounts.models import Account
from app.audit import log
from app.concept.errors import ChangedMeanwhile, MergedIntoItself, TermThere, TermUsed
from app.concept.models import Edition, LifeSituation, Term, TermChange
from app.concept.stand import stand_of
from app.concept.use import is_used
from app.db import db, lock, now, transactional
from app.errors import ReasonMissing
from app.process_date import ProcessDate
from app.slugs import slugify


@transactional
def add_term(
    vocabulary: type[Term], *, title: str, valid: ProcessDate, source: str = "", reason: str, by: Account | None
) -> Term:
    """A new term, from the day it holds. Raises TermThere, ReasonMissing."""
    slug = slugify(title)[:40]
    if db.session.scalar(select(exists().where(vocabulary.slug == slug))):
        raise TermThere
    term = vocabulary(slug=slug, title=title.strip(), valid=valid, source=source.strip())
    db.session.add(term)
    db.session.flush()
    _record(term, reason, by)
    log.record(f"concept.add_{vocabulary.__tablename__}", term, by=by)
    return term


@transactional
def change_term(
    term: Term,
    *,
    title: str,
    valid: ProcessDate,
    merged_into: Term | None,
    source: str,
    reason: str,
    by: Account | None,
    expected_stand: str,
) -> None:
    """When it holds, and which other one took it up; its name only while nothing uses it.

    Raises ChangedMeanwhile, TermUsed, MergedIntoItself, ReasonMissing.
    """
    term = lock(term)
    if stand_of(term) != expected_stand:
        raise ChangedMeanwhile
    if title.strip() != term.title and is_in_use(term):
        raise TermUsed
    _check_end(term, merged_into)
    term.title, term.valid, term.source = title.strip(), valid, source.strip()
    term.merged_into_id = merged_into.id if merged_into else None
    db.session.flush()
    db.session.expire(term, ["merged_into"])
    _record(term, reason, by)
    log.record(f"concept.change_{term.__tablename__}", term, by=by, fields=["title", "valid", "merged_into"])


def is_in_use(term: Term) -> bool:
    """By a measure, by another term, or by an edition, which names it for ever."""
    named = Edition.document.contains(f'"{term.slug}"', autoescape=True)
    return is_used(term, apart_from=[TermChange]) or bool(db.session.scalar(select(exists().where(named))))


def _check_end(term: Term, merged_into: Term | None) -> None:
    """A term ends in one that holds, not in a circle."""
    seen = merged_into
    while seen is not None:
        if seen is term:
            raise MergedIntoItself
        seen = seen.merged_into


def _record(term: Term, reason: str, by: Account | None) -> None:
    if not reason.strip():
        raise ReasonMissing
    db.session.add(
        TermChange(
            life_situation_id=term.id if isinstance(term, LifeSituation) else None,
            target_group_id=None if isinstance(term, LifeSituation) else term.id,
            title=term.title,
            valid=term.valid,
            merged_into=term.merged_into.title if term.merged_into else "",
            reason=reason.strip(),
            made_at=now(),
            made_by_id=by.id if by else None,
        )
    )
