"""Decisions on a condensation or directly on a passage, with an answer, written by one person, released by another."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from app import queue
from app.accounts.models import Account
from app.audit import log
from app.council.models import Meeting
from app.db import db, lock, now, transactional
from app.decisions import queries, workflow
from app.decisions.errors import (
    AnswerChanged,
    DecisionReleased,
    MunicipalityMissing,
    ObjectionOpen,
    Outdated,
    ReceiverMissing,
    ResultMissing,
    WordingReplaced,
)
from app.decisions.queries import Subject
from app.decisions.services.acceptance import Acceptance, take_up
from app.decisions.services.holding import hold
from app.errors import AnswerMissing, SecondPersonNeeded
from app.local_time import day_of
from app.process_date import ProcessDate
from app.proposals import languages
from app.proposals import queries as proposals
from app.proposals.errors import NotReleased
from app.proposals.models import (
    Condensation,
    Decision,
    DecisionOutcome,
    Forwarding,
    Level,
    ObjectionReply,
    Passage,
    Result,
)
from app.proposals.stages import OUTCOME_STAGES
from app.structures.models import Municipality, Organization
from app.texts import services as texts
from app.texts.models import LinkKind, TextVersion, ThreadLink
from app.texts.services import Span
from app.workbench.queries import open_objections
from app.workbench.services.condensation import hold_standing

Held = tuple[Condensation | None, Passage | None]

TAKEN_UP = frozenset({DecisionOutcome.ACCEPTED, DecisionOutcome.PARTLY})


@dataclass(frozen=True)
class Ruling:
    """When and by which body it was decided; nothing given: today, by the organisers."""

    decided: ProcessDate = ProcessDate()
    organization: Organization | None = None
    meeting: Meeting | None = None


@dataclass(frozen=True)
class Receiver:
    """To whom it is forwarded; an office has an address of its own."""

    name: str
    level: Level = Level.OTHER
    municipality: Municipality | None = None
    address: str = ""
    on: date | None = None


@transactional
def decide(
    subject: Subject,
    *,
    outcome: DecisionOutcome,
    answer: str,
    ruling: Ruling | None = None,
    forwarded_to: str | Receiver = "",
    result: Result | None = None,
    objection_reason: str = "",
    by: Account | None,
    at: datetime | None = None,
) -> Decision:
    """Write a decision; the public reads it once another person released it. A later one takes the place of this.

    While somebody quoted objects, `objection_reason` says why it is decided all the same, or ObjectionOpen is raised.
    What is accepted, wholly or partly, goes through `accept`; here `result` says where it is done already.
    Raises AnswerMissing, ReceiverMissing, MunicipalityMissing, ResultMissing, NotReleased, StepNotPossible.
    """
    if outcome in TAKEN_UP and result is None:
        raise ResultMissing
    receiver = _receiver(forwarded_to) if outcome is DecisionOutcome.FORWARDED else None
    check_answer(answer)
    held = _hold(subject, outcome)
    _check_objections(held, objection_reason)
    draft = Draft(outcome, answer, ruling or Ruling(), result, receiver, objection_reason)
    return _record(held, draft, by=by, at=at or now())


@transactional
def accept(
    subject: Subject,
    *,
    into: Acceptance,
    answer: str,
    outcome: DecisionOutcome = DecisionOutcome.ACCEPTED,
    ruling: Ruling | None = None,
    objection_reason: str = "",
    by: Account | None,
    at: datetime | None = None,
) -> Decision:
    """Take it up into the working edition: its words lead to those of what it became, and the answer says so.

    Raises AnswerMissing, NotReleased, StepNotPossible and whatever the concept refuses.
    """
    held = _hold(subject, outcome)
    check_answer(answer)
    _check_objections(held, objection_reason)
    result, version = take_up(subject, into, by=by)
    _lead_to(subject, version)
    draft = Draft(outcome, answer, ruling or Ruling(), result, objection_reason=objection_reason)
    return _record(held, draft, by=by, at=at or now())


@transactional
def revise_answer(decision: Decision, *, answer: str, by: Account) -> None:
    """The next version of an answer nobody released yet; whoever wrote it last does not release it.

    Raises AnswerMissing, DecisionReleased, Outdated.
    """
    _lock_subject(decision)
    _check_open(decision)
    check_answer(answer)
    texts.write(answer, language=languages.SOURCE, text=decision.answer)
    decision.made_by_id = by.id
    log.record("decisions.revise_answer", decision, by=by, fields=["answer"])


@transactional
def lead_to(subject: Subject, version: TextVersion) -> None:
    """Let what was accepted also lead to this wording, for example of a measure that serves the goal."""
    _hold(subject, None)
    _lead_to(subject, version)


@transactional
def release_decision(
    decision: Decision, *, by: Account, version_id: int | None = None, at: datetime | None = None
) -> None:
    """Publish a decision. Raises SecondPersonNeeded for whoever wrote it, DecisionReleased, Outdated.

    AnswerChanged: the answer is another than the `version_id` that was read. WordingReplaced: what it answers was
    worded anew. ObjectionOpen: somebody objected since it was written.
    """
    _lock_subject(decision)
    db.session.refresh(decision.answer, ["versions"])
    _check_open(decision)
    if decision.made_by_id == by.id:
        raise SecondPersonNeeded(
            _("Eine Antwort gibt immer eine zweite Person frei. Bitten Sie jemanden aus Organisation oder Redaktion.")
        )
    if version_id is not None and decision.answer.current.id != version_id:
        raise AnswerChanged
    if decision.condensation is not None:
        _check_wording(decision, decision.condensation)
        if decision.objection_reply is None:
            _check_objections((decision.condensation, None), "")
    decision.released_at = at or now()
    decision.released_by_id = by.id
    log.record("decisions.release", decision, by=by, fields=["released_at"])
    queue.wake_after_commit("proposals.tell_followers")


def check_answer(answer: str) -> None:
    if not answer.strip():
        raise AnswerMissing(_("Zu jeder Entscheidung gehört eine öffentliche Antwort."))


def _check_objections(held: Held, reason: str) -> None:
    condensation, _passage = held
    if condensation is not None and not reason.strip() and open_objections(condensation):
        raise ObjectionOpen


def _check_wording(decision: Decision, condensation: Condensation) -> None:
    """Nobody publishes an answer to words it was not written for."""
    db.session.refresh(condensation.text, ["versions"])
    if decision.version_id is not None and decision.version_id != condensation.text.current.id:
        raise WordingReplaced


def _check_open(decision: Decision) -> None:
    if decision.is_released:
        raise DecisionReleased
    if queries.has_newer(decision):
        raise Outdated


def _lock_subject(decision: Decision) -> None:
    """The lock of a decision is that of what it is about: a released one refuses even the empty update of `lock`."""
    hold([decision.text_id])
    db.session.refresh(decision)


@dataclass(frozen=True)
class Draft:
    outcome: DecisionOutcome
    answer: str
    ruling: Ruling
    result: Result | None = None
    receiver: Receiver | None = None
    objection_reason: str = ""


def _record(
    held: tuple[Condensation | None, Passage | None], draft: Draft, *, by: Account | None, at: datetime
) -> Decision:
    condensation, passage = held
    decided = draft.ruling.decided or ProcessDate.on(day_of(at))
    decision = Decision(
        condensation=condensation,
        passage=passage,
        version_id=condensation.text.current.id if condensation else None,
        outcome=draft.outcome,
        answer=texts.write(draft.answer, language=languages.SOURCE).text,
        decided=decided,
        organization=draft.ruling.organization,
        meeting=draft.ruling.meeting,
        forwarded_to=draft.receiver.name.strip() if draft.receiver else "",
        result=draft.result,
        made_at=at,
        made_by_id=by.id if by else None,
    )
    db.session.add(decision)
    if draft.receiver is not None:
        decision.forwarding = Forwarding(
            level=draft.receiver.level,
            municipality=draft.receiver.municipality,
            office_address=draft.receiver.address.strip(),
            forwarded_on=draft.receiver.on or decided.last_day,
        )
    if draft.objection_reason.strip():
        reason = texts.write(draft.objection_reason, language=languages.SOURCE)
        decision.objection_reply = ObjectionReply(reason=reason.text)
    db.session.flush()
    log.record("decisions.decide", decision, by=by)
    return decision


def _receiver(given: str | Receiver) -> Receiver:
    receiver = Receiver(given) if isinstance(given, str) else given
    if receiver.municipality is not None and not receiver.name.strip():
        receiver = replace(receiver, name=receiver.municipality.name)
    if receiver.level is Level.MUNICIPALITY and receiver.municipality is None:
        raise MunicipalityMissing
    if not receiver.name.strip():
        raise ReceiverMissing
    return receiver


def _hold(subject: Subject, outcome: DecisionOutcome | None) -> Held:
    """Lock what is decided on, so that nobody changes it meanwhile: it stands, or is of a released contribution."""
    if isinstance(subject, Condensation):
        condensation = hold_standing(subject)
        _check_step(subject, outcome)
        return condensation, None
    found = proposals.with_texts([subject.version.text_id])
    if not found or not all(lock(proposal).is_released for proposal in found):
        raise NotReleased
    _check_step(subject, outcome)
    known = queries.passage_at(subject)
    return None, known or Passage(version=subject.version, start=subject.start, stop=subject.end)


def _check_step(subject: Subject, outcome: DecisionOutcome | None) -> None:
    if outcome is not None:
        before = queries.stage_of_subject(subject)
        workflow.check(workflow.Action.DECIDE, before, OUTCOME_STAGES[outcome])


def _lead_to(subject: Subject, version: TextVersion) -> None:
    source = Span.whole(subject.text.current) if isinstance(subject, Condensation) else subject
    target = Span.whole(version)
    is_known = db.session.scalars(
        select(ThreadLink.id).where(
            ThreadLink.source_id == source.version.id,
            ThreadLink.source_start == source.start,
            ThreadLink.source_end == source.end,
            ThreadLink.target_id == version.id,
            ThreadLink.target_start == 0,
            ThreadLink.target_end == target.end,
        )
    ).first()
    if is_known is None:
        texts.link(LinkKind.ACCEPTED, source, target)
