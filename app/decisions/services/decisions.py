"""Decisions on a condensation or directly on a passage, with an answer, written by one person, released by another."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app import queue
from app.accounts.models import Account
from app.audit import log
from app.concept import services as concept
from app.concept.models import Duration, Goal, GoalKind, Measure, Priority, Section
from app.council.models import Meeting
from app.db import db, lock, now, transactional
from app.decisions.errors import (
    AnswerMissing,
    DecisionReleased,
    ReceiverMissing,
    ResultMissing,
    SecondPersonNeeded,
)
from app.local_time import day_of
from app.process_date import ProcessDate
from app.proposals import languages, queries
from app.proposals.errors import NotReleased
from app.proposals.models import Condensation, Decision, DecisionOutcome, Passage
from app.structures.models import Organization
from app.texts import services as texts
from app.texts.models import LinkKind, TextVersion, ThreadLink
from app.texts.services import Span
from app.workbench.services.condensation import hold_standing

TAKEN_UP = frozenset({DecisionOutcome.ACCEPTED, DecisionOutcome.PARTLY})

Subject = Condensation | Span


@dataclass(frozen=True)
class NewGoal:
    """The wording becomes a goal of the working edition."""

    section: Section
    wording: str
    kind: GoalKind = GoalKind.SUB


@dataclass(frozen=True)
class NewWording:
    """A goal or measure that exists already is worded anew."""

    subject: Goal | Measure
    wording: str


@dataclass(frozen=True)
class NewMeasure:
    section: Section
    goals: tuple[Goal, ...]
    wording: str
    responsible: Organization
    duration: Duration = Duration.PROJECT
    priority: Priority = Priority.NORMAL


@dataclass(frozen=True)
class AsWorded:
    """It stands so already: the version of a goal or measure that took it up."""

    subject: Goal | Measure
    version: TextVersion


Acceptance = NewGoal | NewWording | NewMeasure | AsWorded


@dataclass(frozen=True)
class Ruling:
    """When and by which body it was decided; nothing given: today, by the organisers."""

    decided: ProcessDate = ProcessDate()
    organization: Organization | None = None
    meeting: Meeting | None = None


@transactional
def decide(
    subject: Subject,
    *,
    outcome: DecisionOutcome,
    answer: str,
    ruling: Ruling | None = None,
    forwarded_to: str = "",
    goal: Goal | None = None,
    measure: Measure | None = None,
    by: Account | None,
    at: datetime | None = None,
) -> Decision:
    """Write a decision; the public reads it once another person released it.

    What is accepted, wholly or partly, goes through `accept`; here `goal` or `measure` says where it is done already.
    Raises AnswerMissing, ReceiverMissing, ResultMissing, NotReleased.
    """
    if outcome in TAKEN_UP and goal is None and measure is None:
        raise ResultMissing
    if outcome is DecisionOutcome.FORWARDED and not forwarded_to.strip():
        raise ReceiverMissing
    if not answer.strip():
        raise AnswerMissing
    condensation, passage = _hold(subject)
    ruling, at = ruling or Ruling(), at or now()
    decision = Decision(
        condensation_id=condensation.id if condensation else None,
        passage=passage,
        outcome=outcome,
        answer=texts.write(answer, language=languages.SOURCE).text,
        decided=ruling.decided or ProcessDate.on(day_of(at)),
        organization=ruling.organization,
        meeting=ruling.meeting,
        forwarded_to=forwarded_to.strip(),
        goal=goal,
        measure=measure if goal is None else None,
        made_at=at,
        made_by_id=by.id if by else None,
    )
    db.session.add(decision)
    log.record("proposals.decide", decision, by=by)
    return decision


@transactional
def accept(
    subject: Subject,
    *,
    into: Acceptance,
    answer: str,
    outcome: DecisionOutcome = DecisionOutcome.ACCEPTED,
    ruling: Ruling | None = None,
    by: Account | None,
    at: datetime | None = None,
) -> Decision:
    """Take it up into the working edition: its words lead to those of a goal or measure, and the answer says so.

    Raises AnswerMissing, NotReleased and whatever the concept refuses.
    """
    _hold(subject)
    if not answer.strip():
        raise AnswerMissing
    result, version = _take_up(subject, into, by)
    _lead_to(subject, version)
    return decide(
        subject,
        outcome=outcome,
        answer=answer,
        ruling=ruling,
        goal=result if isinstance(result, Goal) else None,
        measure=result if isinstance(result, Measure) else None,
        by=by,
        at=at,
    )


@transactional
def lead_to(subject: Subject, version: TextVersion) -> None:
    """Let what was accepted also lead to this wording, for example of a measure that serves the goal."""
    _hold(subject)
    _lead_to(subject, version)


@transactional
def release_decision(decision: Decision, *, by: Account, at: datetime | None = None) -> None:
    """Publish a decision. Raises SecondPersonNeeded for whoever wrote it, and DecisionReleased."""
    _lock_subject(decision)
    if decision.is_released:
        raise DecisionReleased
    if decision.made_by_id == by.id:
        raise SecondPersonNeeded
    decision.released_at = at or now()
    decision.released_by_id = by.id
    log.record("proposals.release_decision", decision, by=by, fields=["released_at"])
    queue.wake_after_commit("proposals.tell_followers")


def _lock_subject(decision: Decision) -> None:
    """The lock of a decision is that of what it is about: a released one refuses even the empty update of `lock`."""
    lock(decision.condensation or queries.with_texts([decision.text_id])[0])
    db.session.refresh(decision)


def _hold(subject: Subject) -> tuple[Condensation | None, Passage | None]:
    """Lock what is decided on, so that nobody changes it meanwhile.

    A passage must be of a released contribution, a condensation must stand (NotReleased, CondensationEnded).
    """
    if isinstance(subject, Condensation):
        return hold_standing(subject), None
    proposals = queries.with_texts([subject.version.text_id])
    if not proposals or not all(lock(proposal).is_released for proposal in proposals):
        raise NotReleased
    known = db.session.scalars(
        select(Passage).where(
            Passage.version_id == subject.version.id, Passage.start == subject.start, Passage.stop == subject.end
        )
    ).one_or_none()
    return None, known or Passage(version=subject.version, start=subject.start, stop=subject.end)


def _take_up(subject: Subject, into: Acceptance, by: Account | None) -> tuple[Goal | Measure, TextVersion]:
    reason = _reason(subject)
    is_example = _is_example(subject)
    if isinstance(into, AsWorded):
        return into.subject, into.version
    if isinstance(into, NewGoal):
        goal = concept.add_goal(
            section=into.section, kind=into.kind, wording=into.wording, reason=reason, by=by, is_example=is_example
        )
        return goal, goal.text.current
    if isinstance(into, NewMeasure):
        measure = concept.add_measure(
            section=into.section,
            goals=into.goals,
            wording=into.wording,
            responsible=into.responsible,
            duration=into.duration,
            priority=into.priority,
            reason=reason,
            by=by,
            is_example=is_example,
        )
        return measure, measure.text.current
    if isinstance(into.subject, Goal):
        return into.subject, concept.reword_goal(into.subject, wording=into.wording, reason=reason, by=by)
    return into.subject, concept.reword_measure(into.subject, wording=into.wording, reason=reason, by=by)


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


def _is_example(subject: Subject) -> bool:
    if isinstance(subject, Condensation):
        return subject.is_example
    [proposal] = queries.with_texts([subject.version.text_id])
    return proposal.is_example


def _reason(subject: Subject) -> str:
    """What the comparison of editions says; it names contributions, not persons."""
    if isinstance(subject, Condensation):
        text_ids = {link.source.text_id for link in queries.sources_of(subject)}
    else:
        text_ids = {subject.version.text_id}
    references = sorted(proposal.reference for proposal in queries.with_texts(text_ids))
    return f"Aus der Beteiligung: {', '.join(references)}"
