"""Calls: written, published, translated, ended earlier or later."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, TypedDict, Unpack

from app.accounts.models import Account
from app.audit import log
from app.calls import queries
from app.calls.errors import CallBegun, CallNotOpen, CallNotPublished, EndPast, EventTaken
from app.calls.models import Call, CallChange, CallState, CallWording
from app.concept.models import Section
from app.db import db, lock, now, transactional
from app.events.models import Event
from app.languages import SOURCE
from app.slugs import free_slug


class Words(NamedTuple):
    """What a call says in one language."""

    title: str
    question: str
    introduction: str = ""


class CallFields(TypedDict):
    opens_at: datetime
    closes_at: datetime
    sections: Sequence[Section]
    target: int | None
    event: Event | None
    phone: str
    return_address: str


@transactional
def create_call(words: Words, *, by: Account | None, is_example: bool = False, **fields: Unpack[CallFields]) -> Call:
    """A draft. Its address follows from its German title and stays. Raises EventTaken."""
    _check_event(fields["event"], None)
    call = Call(slug=free_slug(words.title, queries.is_slug_taken), is_example=is_example, is_published=False)
    _reword(call, SOURCE, words)
    _fill(call, fields)
    db.session.add(call)
    log.record("calls.create_call", call, by=by)
    return call


@transactional
def change_call(call: Call, words: Words, *, by: Account | None, **fields: Unpack[CallFields]) -> None:
    """Raises CallBegun where other days are given for a call that people can answer already, and EventTaken."""
    call = lock(call)
    _check_event(fields["event"], call)
    days = (fields["opens_at"], fields["closes_at"])
    if _has_begun(call, now()) and days != (call.opens_at, call.closes_at):
        raise CallBegun
    _reword(call, SOURCE, words)
    _fill(call, fields)
    log.record("calls.change_call", call, by=by, fields=["question", *fields])


@transactional
def translate(call: Call, language: str, words: Words, *, by: Account | None) -> None:
    """Say it in another language, or say it better there; German stays binding."""
    call = lock(call)
    _reword(call, language, words)
    log.record("calls.translate", call, by=by, fields=[language])


@transactional
def publish(call: Call, *, by: Account | None) -> None:
    """From now on everybody sees it; it opens on its first day."""
    call = lock(call)
    call.is_published = True
    log.record("calls.publish", call, by=by, fields=["is_published"])


@transactional
def retract(call: Call, *, by: Account | None) -> None:
    """A draft again, as long as nobody could answer it; raises CallBegun."""
    call = lock(call)
    if _has_begun(call, now()):
        raise CallBegun
    call.is_published = False
    log.record("calls.retract", call, by=by, fields=["is_published"])


@transactional
def move_end(call: Call, closes_at: datetime, *, reason: str, by: Account | None) -> None:
    """It ends earlier or later than was said, or opens once more; everybody reads why.

    Raises CallNotPublished for one that has not begun, and EndPast.
    """
    call, at = lock(call), now()
    if not _has_begun(call, at):
        raise CallNotPublished
    if closes_at <= at:
        raise EndPast
    _move(call, closes_at, reason, at, by)


@transactional
def end_now(call: Call, *, reason: str, by: Account | None) -> None:
    """Raises CallNotOpen."""
    call, at = lock(call), now()
    if not call.is_open(at):
        raise CallNotOpen
    _move(call, at, reason, at, by)


def _move(call: Call, closes_at: datetime, reason: str, at: datetime, by: Account | None) -> None:
    change = CallChange(
        call=call,
        closed_before=call.closes_at,
        closes_at=closes_at,
        reason=reason,
        made_at=at,
        made_by_id=by.id if by else None,
    )
    db.session.add(change)
    call.closes_at = closes_at
    log.record("calls.move_end", call, by=by, fields=["closes_at"])


def _has_begun(call: Call, at: datetime) -> bool:
    return call.state(at) in {CallState.OPEN, CallState.OVER}


def _check_event(event: Event | None, call: Call | None) -> None:
    """An event has one call at most, so that it is plain where the words of its tables belong."""
    taken = queries.call_with_event(event.id) if event else None
    if taken is not None and taken is not call:
        raise EventTaken


def _fill(call: Call, fields: CallFields) -> None:
    call.opens_at, call.closes_at = fields["opens_at"], fields["closes_at"]
    call.sections = list(fields["sections"])
    call.target, call.event = fields["target"], fields["event"]
    call.phone, call.return_address = fields["phone"], fields["return_address"]


def _reword(call: Call, language: str, words: Words) -> None:
    """The next wording in this language; the same words again add nothing."""
    before = [version for version in call.versions if version.language == language]
    if before and words == (before[-1].title, before[-1].question, before[-1].introduction):
        return
    made = CallWording(language=language, number=len(before) + 1, written_at=now(), **words._asdict())
    call.versions.append(made)
