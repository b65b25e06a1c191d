"""Giving something to a working group, and taking down what it recommends; the decision comes after."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from app.accounts.models import Account
from app.audit import log
from app.db import db, lock, now, transactional
from app.decisions import queries, workflow
from app.decisions.errors import AlreadyReferred, AlreadyReturned
from app.decisions.services.decisions import check_answer
from app.decisions.services.holding import hold
from app.decisions.workflow import Action
from app.local_time import day_of
from app.process_date import ProcessDate
from app.proposals import languages
from app.proposals.models import Condensation, DecisionOutcome, Proposal, Recommendation, Referral
from app.proposals.stages import Stage, stage_of
from app.structures.models import Organization
from app.texts import services as texts


@transactional
def refer(
    subjects: Collection[Condensation | Proposal],
    *,
    to: Organization,
    question: str = "",
    due_on: date | None = None,
    by: Account | None,
    at: datetime | None = None,
) -> list[Referral]:
    """Let a working group, a body or an office say what it recommends on each of them.

    Raises StepNotPossible, AlreadyReferred; then nothing is given away.
    """
    day = day_of(at or now())
    referrals = []
    for subject in hold({each.text_id for each in subjects}):
        referral = _before_group(subject, to)
        referral.question, referral.due_on = question.strip(), due_on
        referral.referred_on, referral.referred_by_id = day, by.id if by else None
        db.session.add(referral)
        db.session.flush()
        log.record("decisions.refer", referral, by=by)
        referrals.append(referral)
    return referrals


@transactional
def take_back(referral: Referral, *, by: Account | None, at: datetime | None = None) -> None:
    """It is decided without a recommendation. Raises AlreadyReturned."""
    referral = _hold(referral, Action.TAKE_BACK)
    _return(referral, day_of(at or now()), by)
    log.record("decisions.take_back", referral, by=by, fields=["returned_on"])


class Given(NamedTuple):
    """What a group recommends on one thing."""

    referral: Referral
    outcome: DecisionOutcome
    reason: str
    wording: str = ""


@transactional
def recommend_all(
    given: Sequence[Given], *, recommended: ProcessDate = ProcessDate(), by: Account | None, at: datetime | None = None
) -> list[Recommendation]:
    """Take down a whole meeting of a group; where one is refused, nothing is. Raises what `recommend` raises."""
    hold({each.referral.subject.text_id for each in given})
    return [
        recommend(
            each.referral,
            outcome=each.outcome,
            reason=each.reason,
            wording=each.wording,
            recommended=recommended,
            by=by,
            at=at,
        )
        for each in given
    ]


@transactional
def recommend(
    referral: Referral,
    *,
    outcome: DecisionOutcome,
    reason: str,
    wording: str = "",
    recommended: ProcessDate = ProcessDate(),
    by: Account | None,
    at: datetime | None = None,
) -> Recommendation:
    """Take down what the group recommends; with that it has come back. Raises AlreadyReturned, AnswerMissing."""
    at = at or now()
    check_answer(reason)
    referral = _hold(referral, Action.RECOMMEND)
    recommendation = Recommendation(
        referral=referral,
        outcome=outcome,
        reason=texts.write(reason, language=languages.SOURCE).text,
        wording=texts.write(wording, language=languages.SOURCE).text if wording.strip() else None,
        recommended=recommended or ProcessDate.on(day_of(at)),
        made_at=at,
        made_by_id=by.id if by else None,
    )
    db.session.add(recommendation)
    _return(referral, day_of(at), by)
    log.record("decisions.recommend", recommendation, by=by)
    return recommendation


def _before_group(subject: Condensation | Proposal, to: Organization) -> Referral:
    """Checked, but not stored yet."""
    if queries.lies_before(subject, to):
        raise AlreadyReferred
    workflow.check(Action.REFER, _stage(subject))
    if isinstance(subject, Proposal):
        return Referral(proposal=subject, organization=to)
    return Referral(condensation=subject, organization=to)


def _hold(referral: Referral, action: Action) -> Referral:
    """Lock what it is about, as whoever decides on it does, then the referral."""
    subject = lock(referral.subject)
    referral = lock(referral)
    if not referral.is_open:
        raise AlreadyReturned
    workflow.check(action, _stage(subject))
    return referral


def _stage(subject: Condensation | Proposal) -> Stage:
    return stage_of(subject) if isinstance(subject, Proposal) else queries.stage_of_subject(subject)


def _return(referral: Referral, day: date, by: Account | None) -> None:
    referral.returned_on = max(day, referral.referred_on)
    referral.returned_by_id = by.id if by else None
    db.session.flush()
