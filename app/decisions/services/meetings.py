"""What a body decided in one meeting: all of it at once, and all its answers published at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from app.accounts.models import Account
from app.council.models import Meeting
from app.db import now, rehearsal, transactional
from app.decisions import queries
from app.decisions.errors import (
    AnswerChanged,
    DecisionReleased,
    MeetingRefused,
    NothingToRelease,
    ObjectionOpen,
    Outdated,
    WordingReplaced,
)
from app.decisions.queries import Subject
from app.decisions.services.acceptance import Acceptance
from app.decisions.services.decisions import (
    TAKEN_UP,
    Receiver,
    Ruling,
    accept,
    decide,
    release_decision,
)
from app.decisions.services.holding import hold
from app.errors import DomainError, SecondPersonNeeded
from app.process_date import ProcessDate
from app.proposals.models import Condensation, Decision, DecisionOutcome


@dataclass(frozen=True)
class Verdict:
    """What the meeting made of one thing, with the answer to it."""

    subject: Subject
    outcome: DecisionOutcome
    answer: str
    into: Acceptance | None = None
    forwarded_to: str | Receiver = ""
    objection_reason: str = ""


@transactional
def decide_meeting(
    meeting: Meeting, *, verdicts: Sequence[Verdict], by: Account | None, at: datetime | None = None
) -> list[Decision]:
    """Everything a meeting decided, each with its own answer, in one transaction.

    All or nothing, as a meeting has one record: where something is refused, MeetingRefused names each of these with
    its sentence and nothing is decided.
    """
    hold({_text_id(verdict.subject) for verdict in verdicts})
    ruling = Ruling(ProcessDate.on(meeting.day), meeting.organization, meeting)
    decisions: list[Decision] = []
    refusals: dict[int, str] = {}
    for place, verdict in enumerate(verdicts):
        try:
            decisions.append(_decide(verdict, ruling, by, at or now()))
        except DomainError as refusal:
            refusals[place] = str(refusal)
    if refusals:
        raise MeetingRefused(refusals)
    return decisions


def rehearse(meeting: Meeting, verdicts: Sequence[Verdict], *, by: Account | None) -> dict[int, str]:
    """What `decide_meeting` would refuse, by place in the list; nothing is kept."""
    with rehearsal():
        try:
            decide_meeting(meeting, verdicts=verdicts, by=by)
        except MeetingRefused as refused:
            return dict(refused.refusals)
    return {}


class Published(NamedTuple):
    """`own`: what whoever publishes wrote themselves, and a second person has yet to read.

    `held_up`: what somebody objected to, or what was worded anew, since its answer was written.
    """

    released: list[Decision]
    own: list[Decision]
    held_up: list[Decision]


@transactional
def release_meeting(
    meeting: Meeting, *, version_ids: Collection[int], by: Account, at: datetime | None = None
) -> Published:
    """Publish those of a meeting's answers that were shown (`version_ids`) and that somebody else wrote.

    One's own stay and are named, and so is what is held up: each answer is read by two, and none waits because of
    another. What was published or changed meanwhile is left out. Raises NothingToRelease when nothing is left.
    """
    at = at or now()
    found = Published([], [], [])
    drafts = queries.drafts(meeting)
    hold({decision.text_id for decision in drafts})
    for decision in drafts:
        shown = [version.id for version in decision.answer.versions if version.id in version_ids]
        if not shown:
            continue
        try:
            release_decision(decision, version_id=shown[-1], by=by, at=at)
        except SecondPersonNeeded:
            found.own.append(decision)
        except (ObjectionOpen, WordingReplaced):
            found.held_up.append(decision)
        except (AnswerChanged, DecisionReleased, Outdated):
            continue
        else:
            found.released.append(decision)
    if not found.released:
        raise NothingToRelease
    return found


def _text_id(subject: Subject) -> int:
    return subject.text_id if isinstance(subject, Condensation) else subject.version.text_id


def _decide(verdict: Verdict, ruling: Ruling, by: Account | None, at: datetime) -> Decision:
    if verdict.outcome in TAKEN_UP and verdict.into is not None:
        return accept(
            verdict.subject,
            into=verdict.into,
            answer=verdict.answer,
            outcome=verdict.outcome,
            ruling=ruling,
            objection_reason=verdict.objection_reason,
            by=by,
            at=at,
        )
    return decide(
        verdict.subject,
        outcome=verdict.outcome,
        answer=verdict.answer,
        ruling=ruling,
        forwarded_to=verdict.forwarded_to,
        objection_reason=verdict.objection_reason,
        by=by,
        at=at,
    )
