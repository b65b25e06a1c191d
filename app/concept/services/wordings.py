"""Any text of the working edition: written anew, released by a second person, or put back to what stood there."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.accounts.models import Account
from app.audit import log
from app.concept import releases
from app.concept.errors import NoFormerWording, WordingChanged
from app.concept.models import Chapter, Definition, Goal, Measure, MunicipalIdea, WordingRelease
from app.concept.releases import Unreleased
from app.concept.services.chapters import text_of, write_chapter
from app.concept.services.entries import reword_definition
from app.concept.services.goals import reword_goal
from app.concept.services.measures import reword_measure
from app.concept.services.municipal import reword_idea
from app.concept.services.working import lock_working, write_wording
from app.concept.stand import stand_of
from app.concept.subjects import Subject, SubjectKind
from app.db import db, now, transactional
from app.errors import ReasonMissing, SecondPersonNeeded
from app.texts.models import Text, TextVersion

PART_OF_CHAPTER = {SubjectKind.SUMMARY: "summary", SubjectKind.BODY: "body", SubjectKind.SIGNATURE: "signature"}


@transactional
def reword_subject(
    subject: Subject,
    wording: str,
    *,
    reason: str,
    by: Account | None,
    expected_version_id: int | None = None,
    at: datetime | None = None,
) -> TextVersion:
    """The next wording of a text of the working edition, whatever it belongs to.

    Raises WordingChanged when `expected_version_id` is no longer the current one, ReasonMissing, TextEmpty, and what
    writing that kind of text raises.
    """
    lock_working()
    text = db.session.get_one(Text, subject.text_id)
    db.session.expire(text, ["versions"])
    if expected_version_id is not None and text.current.id != expected_version_id:
        raise WordingChanged
    if not reason.strip():
        raise ReasonMissing
    _write(subject, text, wording, reason=reason, by=by, at=at)
    db.session.expire(text, ["versions"])
    return text.current


@transactional
def release_wordings(version_ids: Collection[int], *, by: Account, at: datetime | None = None) -> int:
    """A second person read these wordings and lets them go out; returns how many.

    Raises WordingChanged when one of them is not what waits any more, SecondPersonNeeded for its author; then none of
    them is released.
    """
    lock_working()
    waiting = {each.version.id: each for each in releases.unreleased()}
    for version_id in sorted(set(version_ids)):
        each = waiting.get(version_id)
        if each is None:
            raise WordingChanged
        if each.written.account_id == by.id:
            raise SecondPersonNeeded
        released = WordingRelease(version_id=version_id, released_by_id=by.id, released_at=at or now())
        db.session.add(released)
        log.record("concept.release_wording", released, by=by)
    return len(set(version_ids))


@transactional
def withhold_wording(waiting: Unreleased, *, reason: str, by: Account) -> TextVersion:
    """Back to the last wording that may stand, for a reason; it needs no further release.

    Raises NoFormerWording for what is new altogether, SecondPersonNeeded, WordingChanged, ReasonMissing.
    """
    if waiting.before is None:
        raise NoFormerWording
    if waiting.written.account_id == by.id:
        raise SecondPersonNeeded
    version = reword_subject(
        waiting.subject,
        waiting.before.content,
        reason=reason,
        by=by,
        expected_version_id=waiting.version.id,
    )
    returned = WordingRelease(
        version_id=waiting.version.id, released_by_id=by.id, released_at=now(), is_returned=True, reason=reason.strip()
    )
    db.session.add(returned)
    log.record("concept.withhold_wording", returned, by=by)
    return version


def _write(subject: Subject, text: Text, wording: str, *, reason: str, by: Account | None, at: datetime | None) -> None:
    owner = subject.owner
    if isinstance(owner, Goal):
        reword_goal(owner, wording=wording, reason=reason, by=by, at=at)
    elif isinstance(owner, Measure):
        reword_measure(owner, wording=wording, reason=reason, by=by, at=at)
    elif isinstance(owner, Chapter):
        part: dict[str, Any] = {PART_OF_CHAPTER[subject.kind]: wording}
        write_chapter(owner, replace(text_of(owner), **part), by=by, at=at)
    elif isinstance(owner, Definition):
        reword_definition(
            owner,
            title=owner.title,
            wording=wording,
            source=owner.source,
            by=by,
            expected_stand=stand_of(owner),
            at=at,
        )
    elif isinstance(owner, MunicipalIdea):
        reword_idea(owner, wording=wording, by=by)
    else:
        write_wording(wording, text=text, by=by, at=at)
        log.record(f"concept.reword_{owner.__tablename__}", owner, by=by, fields=["text"])
