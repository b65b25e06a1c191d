"""Editions cut from a frozen one: as a body changed it in its deliberation, without a typing error, or for print.

One person proposes, and when another confirms, the edition is cut. Texts only grow, and the last version of a text is
what the working edition says. So the changed wording is appended; where the working edition had moved on to other
words, those are appended once more behind it, with the links that led to them: the working edition says what it said,
and its thread stays whole.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import exists, select

from app import queue
from app.accounts.models import Account
from app.audit import log
from app.concept import changed, numbering, origins, queries, releases
from app.concept.catalogue import Catalogue, canonical, checksum
from app.concept.completeness import shortcomings
from app.concept.errors import (
    AnotherConcept,
    AnotherPaper,
    BaseReplaced,
    ChangedMeanwhile,
    ChangeDone,
    ChangeWaiting,
    Incomplete,
    NotCorrectable,
    NotHeld,
    NothingChanged,
    PaperWithoutEdition,
    TooMuchChanged,
)
from app.concept.models import (
    CatalogueChange,
    ChangeKind,
    Edition,
    EditionChange,
    EditionChangeKind,
    EditionChangePassage,
    Goal,
    Measure,
    PaperEdition,
    Standing,
    WordingAuthor,
    WordingRelease,
)
from app.concept.passages import passages
from app.concept.services import goals, measures
from app.concept.services.editions import free_address, freeze
from app.concept.services.working import lock_working, record_change
from app.council.errors import PaperNotSent
from app.council.models import Consultation, Meeting
from app.db import db, lock, now, transactional
from app.errors import ReasonMissing, SecondPersonNeeded
from app.local_time import day_of
from app.process_date import ProcessDate
from app.texts import queries as thread
from app.texts import services as texts
from app.texts.models import Text, TextVersion
from app.texts.services import Span

CORRECTABLE = (Standing.ADOPTED, Standing.PROVISIONAL)
PROPOSED = {
    EditionChangeKind.AMENDED: "concept.propose_amendment",
    EditionChangeKind.CORRECTED: "concept.propose_correction",
    EditionChangeKind.COMPLETED: "concept.propose_completion",
}


@transactional
def propose_amendment(
    consultation: Consultation,
    *,
    meeting: Meeting,
    wordings: Mapping[int, str],
    dropped: Collection[str] = (),
    reason: str,
    source: str = "",
    allow_incomplete: bool = False,
    by: Account,
    at: datetime | None = None,
) -> EditionChange:
    """A body changed the wording of the edition it deliberated on, in this meeting; it waits for another person.

    `wordings` by the version they take the place of; `dropped` are codes; `source`: where the minutes say so. Raises
    PaperNotSent, NotHeld, PaperWithoutEdition, Incomplete, and what every proposal raises.
    """
    at = at or now()
    base = _laid_before(consultation, meeting, at)
    catalogue = queries.catalogue_of(base)
    goes = _going(catalogue, dropped)
    missing = missing_after(catalogue, dropped)
    if missing and not allow_incomplete:
        raise Incomplete(missing)
    change = EditionChange(
        kind=EditionChangeKind.AMENDED, base=base, consultation=consultation, meeting=meeting, source=source.strip()
    )
    return _propose(change, _changes(catalogue, wordings), goes, reason=reason, by=by, at=at)


@transactional
def propose_correction(
    edition: Edition, *, wordings: Mapping[int, str], reason: str, by: Account, at: datetime | None = None
) -> EditionChange:
    """How an adopted edition is to read without a typing error; nothing changes until another person confirms it.

    Raises NotCorrectable, TooMuchChanged, and what every proposal raises.
    """
    lock_working()
    _check_correctable(edition)
    catalogue = queries.catalogue_of(edition)
    held, given = changed.wordings(catalogue), _changes(catalogue, wordings)
    for version_id, wording in given.items():
        if changed.likeness(held[version_id], wording) < changed.ALIKE:
            raise TooMuchChanged(version_id)
    change = EditionChange(kind=EditionChangeKind.CORRECTED, base=edition)
    return _propose(change, given, reason=reason, by=by, at=at or now())


@transactional
def propose_completion(edition: Edition, *, reason: str, by: Account, at: datetime | None = None) -> EditionChange:
    """Chapters and what they are made from go into an adopted edition before it is printed, such as the foreword.

    They come from the working edition as it is when another person confirms; goals, measures and what binds stay as
    they were adopted. Raises NotCorrectable, AnotherConcept, Incomplete, and what every proposal raises.
    """
    at = at or now()
    lock_working()
    _check_correctable(edition)
    before, after = queries.catalogue_of(edition), completed(edition, at)
    if not (changed.differences(before, after) or changed.other_surroundings(before, after)):
        raise NothingChanged
    return _propose(EditionChange(kind=EditionChangeKind.COMPLETED, base=edition), {}, reason=reason, by=by, at=at)


@transactional
def confirm_change(
    change: EditionChange, *, by: Account, at: datetime | None = None, expected_stand: str | None = None
) -> Edition:
    """Cut the edition: the paper's next one, or x.y.1 with the standing of the one it was cut from (standing.py).

    The working edition follows where it still says the same. Raises ChangeDone, SecondPersonNeeded for the person who
    proposed it, NotCorrectable, BaseReplaced or NotHeld when that is different by now, and ChangedMeanwhile when the
    edition would not be the one that `expected_stand` says.
    """
    at = at or now()
    change = _lock_waiting(change, by, at)
    base, before = change.base, queries.catalogue_of(change.base)
    if change.kind is EditionChangeKind.COMPLETED:
        after = completed(base, at)
        if expected_stand != stand_of_catalogue(after):
            raise ChangedMeanwhile
    else:
        after = _with_passages(change, before, by=by, at=at)
    number = _number_of(change)
    catalogue = replace(
        after,
        slug=free_address(f"{base.slug.removesuffix(f'-{base.number}')}-{number}"),
        edition=number,
        reason=change.reason,
        dated=ProcessDate.on(day_of(at)),
    )
    missing = _missing(before, after)
    edition = freeze(catalogue, base.concept, cut_at=at, by=by, missing=missing, allow_incomplete=True)
    db.session.flush()
    change.edition_id, change.confirmed_at, change.confirmed_by_id = edition.id, at, by.id
    log.record("concept.confirm_change", change, by=by)
    _attach(change, edition)
    return edition


@transactional
def withdraw_change(change: EditionChange, *, by: Account) -> None:
    """It was none; raises ChangeDone."""
    change = lock(change)
    if change.is_confirmed:
        raise ChangeDone
    log.record("concept.withdraw_change", change, by=by)
    db.session.delete(change)


def missing_after(catalogue: Catalogue, dropped: Collection[str]) -> list[str]:
    """What an edition lacks without these goals and measures, and did not lack before."""
    return _missing(catalogue, changed.without(catalogue, dropped))


def completed(edition: Edition, at: datetime) -> Catalogue:
    """The edition with the chapters that the working edition has now.

    Raises AnotherConcept, and Incomplete where a wording waits for a second person or a reference leads nowhere.
    """
    working = queries.find_working_edition()
    if working is None or working.concept_id != edition.concept_id:
        raise AnotherConcept
    before = queries.catalogue_of(edition)
    after = changed.completed(before, queries.working_document(on=day_of(at)))
    written = [
        each for chapter in queries.chapters() for each in (chapter.summary_id, chapter.body_id, chapter.signature_id)
    ]
    unread = [each.subject.name for each in releases.unreleased([each for each in written if each is not None])]
    if missing := _missing(before, after, unread):
        raise Incomplete(missing)
    return after


def stand_of_catalogue(catalogue: Catalogue) -> str:
    """What the second person has read, in short."""
    return checksum(canonical(catalogue))[:16]


def _laid_before(consultation: Consultation, meeting: Meeting, at: datetime) -> Edition:
    """The last edition of the paper, with the paper and the working edition locked."""
    paper = lock(consultation.paper)
    if not paper.is_sent:
        raise PaperNotSent
    lock_working()
    if meeting not in consultation.meetings_held(at):
        raise NotHeld
    base = origins.last_of(paper)
    if base is None:
        raise PaperWithoutEdition
    return base


def _propose(
    change: EditionChange,
    wordings: Mapping[int, str],
    dropped: Collection[int] = (),
    *,
    reason: str,
    by: Account,
    at: datetime,
) -> EditionChange:
    """Raises ReasonMissing, ChangeWaiting, NothingChanged."""
    if not reason.strip():
        raise ReasonMissing
    if origins.waiting_change(change.base):
        raise ChangeWaiting
    if not (wordings or dropped or change.kind is EditionChangeKind.COMPLETED):
        raise NothingChanged
    change.reason, change.made_by_id, change.made_at = reason.strip(), by.id, at
    for version_id, wording in wordings.items():
        language = db.session.get_one(TextVersion, version_id).language
        text = texts.write(wording, language=language).text
        change.passages.append(EditionChangePassage(version_id=version_id, wording=text))
    change.passages += [EditionChangePassage(version_id=each) for each in dropped]
    db.session.add(change)
    log.record(PROPOSED[change.kind], change, by=by)
    return change


def _lock_waiting(change: EditionChange, by: Account, at: datetime) -> EditionChange:
    """The paper first, where there is one, as whoever sends or amends it does."""
    if change.consultation is not None:
        lock(change.consultation.paper)
    lock_working()
    change = lock(change)
    if change.is_confirmed:
        raise ChangeDone
    if change.made_by_id == by.id:
        raise SecondPersonNeeded
    if change.consultation is None:
        _check_correctable(change.base)
    elif change.base != origins.last_of(change.consultation.paper):
        raise BaseReplaced
    elif change.meeting not in change.consultation.meetings_held(at):
        raise NotHeld
    return change


def _check_correctable(edition: Edition) -> None:
    if queries.standings([edition])[edition.id] not in CORRECTABLE:
        raise NotCorrectable


def _number_of(change: EditionChange) -> str:
    concept_id = change.base.concept_id
    taken = db.session.scalars(select(Edition.number).where(Edition.concept_id == concept_id)).all()
    return numbering.corrected(change.base.number, taken) if change.keeps_standing else numbering.suggested(taken).minor


def _missing(before: Catalogue, after: Catalogue, unread: Sequence[str] = ()) -> list[str]:
    """What one lacks and the other did not."""
    known = shortcomings(before)
    return [sentence for sentence in shortcomings(after, unread) if sentence not in known]


def _with_passages(change: EditionChange, before: Catalogue, *, by: Account, at: datetime) -> Catalogue:
    """As the passages of the change say; the working edition follows where it still says the same."""
    versions = {each.version_id: _append(each, by=by, at=at) for each in change.passages if each.wording_id is not None}
    dropped = [_drop(before, each, by=by, at=at) for each in change.passages if each.wording_id is None]
    return changed.without(changed.reworded(before, versions), dropped)


def _attach(change: EditionChange, edition: Edition) -> None:
    """What a body changed is an edition of its paper, too, and its files go out with it."""
    if change.consultation is not None:
        db.session.add(PaperEdition(paper=change.consultation.paper, edition=edition))
        queue.wake_after_commit("publishing.keep_sent_files")


def _changes(catalogue: Catalogue, wordings: Mapping[int, str]) -> dict[int, str]:
    """Those that say something else; raises AnotherPaper for a text that the edition has not."""
    held = changed.wordings(catalogue)
    if not held.keys() >= wordings.keys():
        raise AnotherPaper
    given = {version_id: texts.normalize(wording) for version_id, wording in wordings.items()}
    return {version_id: wording for version_id, wording in given.items() if wording != held[version_id]}


def _going(catalogue: Catalogue, codes: Collection[str]) -> list[int]:
    """The versions of what is to go; raises AnotherPaper."""
    held = {each.code: each.text.version_id for each in passages(catalogue) if each.code}
    if not held.keys() >= set(codes):
        raise AnotherPaper
    return [held[code] for code in codes]


def _append(passage: EditionChangePassage, *, by: Account, at: datetime) -> TextVersion:
    """The next version of the text: written by the one who proposed it, released by the one who confirms."""
    change, old = passage.change, passage.version
    text = lock(old.text)
    db.session.expire(text, ["versions"])
    current, holder = text.current, _holder(text)
    made = texts.write(passage.words, language=old.language, text=text, is_new=True)
    db.session.add_all(
        [
            WordingAuthor(version=made, account_id=change.made_by_id, written_at=change.made_at),
            WordingRelease(version=made, released_by_id=by.id, released_at=at),
        ]
    )
    if holder is not None:
        record_change(ChangeKind.REWORDED, holder, reason=change.reason, by=change.made_by, at=at, version=made)
    if current.content not in (old.content, made.content):
        again = _say_again(current, text)
        if holder is not None:
            why = _reason_of(current) or change.reason
            record_change(ChangeKind.REWORDED, holder, reason=why, by=by, at=at, version=again)
    return made


def _say_again(version: TextVersion, text: Text) -> TextVersion:
    """What the working edition had moved on to, with its links; what waits for a second person waits on."""
    again = texts.write(version.content, language=version.language, text=text, is_new=True)
    for link in thread.links_into([version.id]):
        source = Span(link.source, link.source_start, link.source_end)
        texts.link(link.kind, source, Span(again, link.target_start, link.target_end))
    written = db.session.scalars(select(WordingAuthor).where(WordingAuthor.version_id == version.id)).one_or_none()
    is_read = select(exists().where(WordingRelease.version_id == version.id))
    if written is not None and not db.session.scalar(is_read):
        db.session.add(WordingAuthor(version=again, account_id=written.account_id, written_at=written.written_at))
    return again


def _holder(text: Text) -> Goal | Measure | None:
    goal = db.session.scalars(select(Goal).where(Goal.text_id == text.id)).one_or_none()
    return goal or db.session.scalars(select(Measure).where(Measure.text_id == text.id)).one_or_none()


def _reason_of(version: TextVersion) -> str:
    """Why the working edition says this."""
    given = select(CatalogueChange.reason).where(CatalogueChange.version_id == version.id)
    return db.session.scalars(given.order_by(CatalogueChange.id.desc()).limit(1)).first() or ""


def _drop(catalogue: Catalogue, passage: EditionChangePassage, *, by: Account, at: datetime) -> str:
    """The code of what goes: from the working edition, too, where it still says the same."""
    [entry] = [each for each in passages(catalogue) if each.text.version_id == passage.version_id]
    item = queries.get_goal(entry.code) or queries.get_measure(entry.code)
    if item is None or item.placement is None or item.text.current.content != entry.text.wording:
        return entry.code
    if isinstance(item, Goal):
        goals.take_out(item)
    else:
        measures.take_out(item)
    record_change(ChangeKind.DROPPED, item, reason=passage.change.reason, by=by, at=at)
    return entry.code
