"""Editions: cut from the working edition, frozen for good."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import exists, select

from app import queue
from app.accounts.models import Account
from app.audit import log
from app.concept import numbering, queries, releases, working
from app.concept.catalogue import METHOD, WORKING, Catalogue, canonical, checksum, draft_number
from app.concept.completeness import shortcomings
from app.concept.errors import Incomplete, NotANumber, NumberTaken, NumberTooLow, SlugTaken
from app.concept.models import Concept, ConceptKind, Edition, WordingRelease, WorkingEdition
from app.concept.plain import FORMAT
from app.concept.services.working import lock_working
from app.db import db, lock, now, transactional
from app.errors import ReasonMissing
from app.local_time import day_of
from app.process_date import ProcessDate
from app.slugs import first_free, slugify

SLUG = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
# What else stands below /konzept
PAGES = frozenset({WORKING, "vergleich", "bilder", "fassungen", "entfallen", "ideen", "praxisbeispiele"})


@transactional
def begin_working_edition(concept: Concept, *, by: Account | None) -> WorkingEdition:
    """Say which concept the working edition belongs to from now on.

    What stands in it stays: the framework of 2016 becomes part of the concept of 2017.
    """
    edition = queries.find_working_edition()
    if edition is None:
        edition = WorkingEdition(id=1, concept=concept)
        db.session.add(edition)
    else:
        edition = lock(edition)
        edition.concept = concept
    log.record("concept.begin_working_edition", edition, by=by, fields=["concept"])
    return edition


@transactional
def found_concept(
    *, title: str, kind: ConceptKind, predecessor: Concept | None = None, reason: str = "", by: Account | None
) -> Concept:
    """A new concept, to which the working edition belongs from now on. One that follows another says why.

    Raises ReasonMissing.
    """
    if predecessor is not None and not reason.strip():
        raise ReasonMissing
    taken = set(db.session.scalars(select(Concept.slug)))
    base = slugify(title)[:70] or "konzept"
    slug = next(each for each in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if each not in taken)
    concept = Concept(slug=slug, title=title.strip(), kind=kind, predecessor=predecessor, reason=reason.strip())
    db.session.add(concept)
    log.record("concept.found_concept", concept, by=by)
    begin_working_edition(concept, by=by)
    return concept


@transactional
def cut_edition(
    *,
    slug: str,
    number: str,
    title: str,
    reason: str,
    by: Account | None,
    cut_at: datetime | None = None,
    dated: ProcessDate | None = None,
    is_example: bool = False,
    allow_incomplete: bool = False,
) -> Edition:
    """Freeze what stands in the working edition: its document never changes again.

    `dated` is the date it bears, by default the day it is cut. Raises Incomplete unless `allow_incomplete` is stated
    (docs/adr/0008), SlugTaken, NotANumber, NumberTaken, NumberTooLow, NoWorkingEdition, and ReasonMissing where another
    edition or concept went before (2017 paper, R53).
    """
    current = lock_working()
    check_free(slug, current.concept, number)
    _check_next(current.concept, number, reason)
    cut_at = cut_at or now()
    catalogue = replace(
        working.read_all(current, on=day_of(cut_at)),
        slug=slug,
        edition=number,
        title=title,
        reason=reason,
        dated=dated or ProcessDate.on(day_of(cut_at)),
        is_example=is_example,
    )
    unread = releases.unreleased()
    missing = shortcomings(catalogue, [each.subject.name for each in unread])
    edition = freeze(
        catalogue, current.concept, cut_at=cut_at, by=by, missing=missing, allow_incomplete=allow_incomplete
    )
    for each in unread:
        db.session.add(WordingRelease(version=each.version, edition=edition, released_at=cut_at))
    return edition


def freeze(
    catalogue: Catalogue,
    concept: Concept,
    *,
    cut_at: datetime,
    by: Account | None,
    missing: Sequence[str],
    allow_incomplete: bool,
) -> Edition:
    """The edition that holds this catalogue, by the format and the method of comparing of today. Raises Incomplete."""
    if missing and not allow_incomplete:
        raise Incomplete(missing)
    document = canonical(replace(catalogue, format=FORMAT, comparison=METHOD))
    edition = Edition(
        slug=catalogue.slug,
        concept=concept,
        number=catalogue.edition,
        title=catalogue.title,
        reason=catalogue.reason,
        document=document,
        sha256=checksum(document),
        cut_at=cut_at,
        is_example=catalogue.is_example,
    )
    db.session.add(edition)
    log.record("concept.cut_edition", edition, by=by, fields=["allow_incomplete"] if missing else [])
    queue.wake_after_commit("proposals.tell_followers")
    return edition


def check_free(slug: str, concept: Concept, number: str) -> None:
    """Raises SlugTaken, NotANumber, NumberTaken."""
    if _is_taken(slug) or not SLUG.fullmatch(slug):
        raise SlugTaken
    if not numbering.is_number(number):
        raise NotANumber
    if db.session.scalar(select(exists().where(Edition.concept_id == concept.id, Edition.number == number))):
        raise NumberTaken


def free_address(wanted: str) -> str:
    """The address for an edition, with a number behind it where another has it already."""
    return first_free(wanted, _is_taken)


def _is_taken(slug: str) -> bool:
    return (
        slug in PAGES or draft_number(slug) > 0 or bool(db.session.scalar(select(exists().where(Edition.slug == slug))))
    )


def _check_next(concept: Concept, number: str, reason: str) -> None:
    """Numbers only rise, and what revises something says why; raises NumberTooLow, ReasonMissing."""
    last = numbering.last_of(db.session.scalars(select(Edition.number).where(Edition.concept_id == concept.id)))
    if numbering.place(number) <= numbering.place(last):
        raise NumberTooLow(last)
    if (last or concept.predecessor_id) and not reason.strip():
        raise ReasonMissing
