"""Editions cut from a frozen one: with what a body changed in its deliberation, or without a typing error.

Texts only grow, and the last version of a text is what the working edition says. So the changed wording is appended;
where the working edition had moved on to other words, those are appended once more behind it, with the links that led
to them: the working edition says what it said, and its thread stays whole.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from app import queue
from app.accounts.models import Account
from app.audit import log
from app.concept import changed, numbering, queries
from app.concept.catalogue import Catalogue
from app.concept.completeness import shortcomings
from app.concept.errors import (
    AnotherPaper,
    ConfirmedByAnother,
    CorrectionDone,
    CorrectionWaiting,
    NotCorrectable,
    NothingChanged,
    PaperWithoutEdition,
    TooMuchChanged,
)
from app.concept.models import (
    Amendment,
    CatalogueChange,
    ChangeKind,
    Correction,
    CorrectionPassage,
    Edition,
    Goal,
    Measure,
    PaperEdition,
    Standing,
    WordingAuthor,
    WordingRelease,
)
from app.concept.services import goals, measures
from app.concept.services.editions import check_free, freeze
from app.concept.services.working import lock_working, record_change
from app.council.errors import PaperNotSent
from app.council.models import Consultation, Meeting
from app.db import db, lock, now, transactional
from app.errors import ReasonMissing
from app.local_time import day_of
from app.process_date import ProcessDate
from app.texts import queries as thread
from app.texts import services as texts
from app.texts.models import Text, TextVersion
from app.texts.services import Span

CORRECTABLE = (Standing.ADOPTED, Standing.PROVISIONAL)


@transactional
def amend_edition(
    consultation: Consultation,
    *,
    wordings: Mapping[int, str],
    dropped: Collection[str] = (),
    meeting: Meeting | None = None,
    slug: str,
    number: str,
    title: str,
    reason: str,
    by: Account | None,
    cut_at: datetime | None = None,
    allow_incomplete: bool = False,
) -> Edition:
    """A body changed the wording of the edition it deliberates on: the paper's next edition, cut from its last one.

    `wordings` by the version they take the place of; `dropped` are codes. The working edition follows where it still
    says the same. Raises PaperNotSent, PaperWithoutEdition, AnotherPaper for a text that the edition has not,
    NothingChanged, ReasonMissing, Incomplete, SlugTaken, NotANumber, NumberTaken.
    """
    base = _laid_before(consultation, reason)
    check_free(slug, base.concept, number)
    before = queries.catalogue_of(base)
    wordings = _changes(before, wordings)
    if not (wordings or dropped):
        raise NothingChanged
    at = cut_at or now()
    versions = _append(wordings, reason=reason, by=by, at=at)
    for code in dropped:
        _drop(before, code, reason=reason, by=by, at=at)
    catalogue = replace(
        changed.without(changed.reworded(before, versions), dropped),
        slug=slug,
        edition=number,
        title=title,
        reason=reason,
        dated=ProcessDate.on(day_of(at)),
    )
    missing = [sentence for sentence in shortcomings(catalogue) if sentence not in shortcomings(before)]
    edition = freeze(catalogue, base.concept, cut_at=at, by=by, missing=missing, allow_incomplete=allow_incomplete)
    row = Amendment(edition=edition, base=base, consultation=consultation, meeting=meeting, made_at=at)
    _note(row, by)
    return edition


@transactional
def propose_correction(edition: Edition, *, wordings: Mapping[int, str], reason: str, by: Account) -> Correction:
    """How an adopted edition is to read without a typing error; nothing changes until another person confirms it.

    Raises NotCorrectable, CorrectionWaiting, NothingChanged, TooMuchChanged, AnotherPaper, ReasonMissing.
    """
    lock_working()
    if not reason.strip():
        raise ReasonMissing
    if queries.standings([edition])[edition.id] not in CORRECTABLE:
        raise NotCorrectable
    if open_correction(edition):
        raise CorrectionWaiting
    before = queries.catalogue_of(edition)
    wordings = _changes(before, wordings)
    if not wordings:
        raise NothingChanged
    held = changed.wordings(before)
    for version_id, wording in wordings.items():
        if changed.likeness(held[version_id], wording) < changed.ALIKE:
            raise TooMuchChanged(version_id)
    correction = Correction(base=edition, reason=reason.strip(), made_by_id=by.id)
    for version_id, wording in wordings.items():
        language = db.session.get_one(TextVersion, version_id).language
        text = texts.write(wording, language=language).text
        correction.passages.append(CorrectionPassage(version_id=version_id, wording=text))
    db.session.add(correction)
    log.record("concept.propose_correction", correction, by=by)
    return correction


@transactional
def confirm_correction(correction: Correction, *, by: Account) -> Edition:
    """Cut the edition x.y.1 without the error; it takes over the standing of the one it corrects (standing.py).

    Raises ConfirmedByAnother for the person who proposed it, CorrectionDone, NotCorrectable when another edition took
    its place meanwhile.
    """
    lock_working()
    correction = lock(correction)
    base = correction.base
    if correction.edition_id is not None:
        raise CorrectionDone
    if correction.made_by_id == by.id:
        raise ConfirmedByAnother
    if queries.standings([base])[base.id] not in CORRECTABLE:
        raise NotCorrectable
    at, reason = now(), correction.reason
    wordings = {each.version_id: each.wording.current.content for each in correction.passages}
    versions = _append(wordings, reason=reason, by=by, at=at)
    number = numbering.corrected(base.number, [each.number for each in base.concept.editions])
    slug = f"{base.slug.removesuffix(f'-{base.number}')}-{number}"
    check_free(slug, base.concept, number)
    catalogue = changed.reworded(queries.catalogue_of(base), versions)
    edition = freeze(
        replace(catalogue, slug=slug, edition=number, reason=reason, dated=ProcessDate.on(day_of(at))),
        base.concept,
        cut_at=at,
        by=by,
        missing=(),  # what the bodies adopted stays as complete as it was
        allow_incomplete=False,
    )
    db.session.flush()
    correction.edition_id, correction.confirmed_at, correction.confirmed_by_id = edition.id, at, by.id
    log.record("concept.confirm_correction", correction, by=by)
    return edition


@transactional
def withdraw_correction(correction: Correction, *, by: Account) -> None:
    """It was none; raises CorrectionDone."""
    correction = lock(correction)
    if correction.edition_id is not None:
        raise CorrectionDone
    log.record("concept.withdraw_correction", correction, by=by)
    db.session.delete(correction)


def open_correction(edition: Edition) -> Correction | None:
    """What waits for a second person."""
    waiting = select(Correction).where(Correction.base_id == edition.id, Correction.edition_id.is_(None))
    return db.session.scalars(waiting).one_or_none()


def waiting_corrections() -> Sequence[Correction]:
    """All that wait for a second person, the earliest first."""
    waiting = select(Correction).where(Correction.edition_id.is_(None)).options(joinedload(Correction.base))
    return db.session.scalars(waiting.order_by(Correction.id)).all()


def _laid_before(consultation: Consultation, reason: str) -> Edition:
    """The last edition of the paper, with the paper and the working edition locked."""
    paper = lock(consultation.paper)
    if not paper.is_sent:
        raise PaperNotSent
    if not reason.strip():
        raise ReasonMissing
    lock_working()
    base = next(reversed(queries.editions_of(paper)), None)
    if base is None:
        raise PaperWithoutEdition
    return base


def _note(row: Amendment, by: Account | None) -> None:
    """It is an edition of the paper, too, and its files go out with it."""
    row.made_by_id = by.id if by else None
    db.session.add_all([PaperEdition(paper=row.consultation.paper, edition=row.edition), row])
    log.record("concept.amend_edition", row, by=by)
    queue.wake_after_commit("publishing.keep_sent_files")


def _changes(catalogue: Catalogue, wordings: Mapping[int, str]) -> dict[int, str]:
    """Those that say something else; raises AnotherPaper for a text that the edition has not."""
    held = changed.wordings(catalogue)
    if not held.keys() >= wordings.keys():
        raise AnotherPaper
    given = {version_id: texts.normalize(wording) for version_id, wording in wordings.items()}
    return {version_id: wording for version_id, wording in given.items() if wording != held[version_id]}


def _append(wordings: Mapping[int, str], *, reason: str, by: Account | None, at: datetime) -> dict[int, TextVersion]:
    """The next version of each text, by the version it takes the place of."""
    return {
        version_id: _append_one(db.session.get_one(TextVersion, version_id), wording, reason=reason, by=by, at=at)
        for version_id, wording in wordings.items()
    }


def _append_one(old: TextVersion, wording: str, *, reason: str, by: Account | None, at: datetime) -> TextVersion:
    text = lock(old.text)
    db.session.expire(text, ["versions"])
    current, holder = text.current, _holder(text)
    made = texts.write(wording, language=old.language, text=text, is_new=True)
    if holder is not None:
        record_change(ChangeKind.REWORDED, holder, reason=reason, by=by, at=at, version=made)
    if current.content not in (old.content, made.content):
        again = texts.write(current.content, language=current.language, text=text, is_new=True)
        for link in thread.links_into([current.id]):
            source = Span(link.source, link.source_start, link.source_end)
            texts.link(link.kind, source, Span(again, link.target_start, link.target_end))
        _keep_waiting(current, again)
        if holder is not None:
            why = _reason_of(current) or reason
            record_change(ChangeKind.REWORDED, holder, reason=why, by=by, at=at, version=again)
    return made


def _keep_waiting(version: TextVersion, again: TextVersion) -> None:
    """Words that wait for a second person to release them wait as well in the version that repeats them."""
    written = db.session.scalars(select(WordingAuthor).where(WordingAuthor.version_id == version.id)).one_or_none()
    is_read = select(exists().where(WordingRelease.version_id == version.id))
    if written is not None and not db.session.scalar(is_read):
        db.session.add(WordingAuthor(version=again, account_id=written.account_id, written_at=written.written_at))


def _holder(text: Text) -> Goal | Measure | None:
    goal = db.session.scalars(select(Goal).where(Goal.text_id == text.id)).one_or_none()
    return goal or db.session.scalars(select(Measure).where(Measure.text_id == text.id)).one_or_none()


def _reason_of(version: TextVersion) -> str:
    """Why the working edition says this."""
    given = select(CatalogueChange.reason).where(CatalogueChange.version_id == version.id)
    return db.session.scalars(given.order_by(CatalogueChange.id.desc()).limit(1)).first() or ""


def _drop(catalogue: Catalogue, code: str, *, reason: str, by: Account | None, at: datetime) -> None:
    """From the working edition, too, where it still says the same; raises AnotherPaper."""
    entry = catalogue.goal(code) or catalogue.measure(code)
    if entry is None:
        raise AnotherPaper
    item = queries.get_goal(code) or queries.get_measure(code)
    if item is None or item.placement is None or item.text.current.content != entry.wording:
        return
    if isinstance(item, Goal):
        goals.take_out(item)
    else:
        measures.take_out(item)
    record_change(ChangeKind.DROPPED, item, reason=reason, by=by, at=at)
