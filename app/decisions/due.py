"""Until when each contribution is to be answered: so many days after it was published; and what is due or late."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, func, select

from app.db import db
from app.local_time import day_of, end_of
from app.moderation.periods import last_working_day, next_working_day
from app.proposals.models import Proposal, ProposalState, Release
from app.proposals.outcomes import IS_ANSWERED
from app.proposals.queries import shown

MOST = 200


class Due(NamedTuple):
    proposal: Proposal
    on: date


class Counted(NamedTuple):
    overdue: int
    soon: int


def answer_due(proposal: Proposal, days: int) -> date | None:
    """Until when it is to be answered; None for what is not published. Counted from the first publication."""
    if not proposal.is_released:
        return None
    first = min((each.made_at for each in proposal.releases if each.state is ProposalState.RELEASED), default=None)
    return _due(first, days) if first else None


def unanswered(days: int, *, until: date) -> list[Due]:
    """What is to be answered by then and is not yet, the longest waiting first; two hundred at most."""
    first = _first_released()
    rows = db.session.execute(
        select(Proposal, first).where(*_waiting(days, until)).options(*shown()).order_by(first, Proposal.id).limit(MOST)
    ).all()
    return [Due(proposal, _due(at, days)) for proposal, at in rows]


def count(days: int, *, today: date, until: date) -> Counted:
    """How many are late, and how many more will be due by then."""
    overdue, all_ = (
        db.session.scalar(select(func.count()).select_from(Proposal).where(*_waiting(days, day))) or 0
        for day in (today - timedelta(days=1), until)
    )
    return Counted(overdue, all_ - overdue)


def _due(first: datetime, days: int) -> date:
    """If nobody works on that day, the next working day of Baden-Württemberg."""
    return next_working_day(day_of(first) + timedelta(days=days))


def _waiting(days: int, until: date) -> tuple[ColumnElement[bool], ...]:
    before = end_of(last_working_day(until) - timedelta(days=days))
    return (Proposal.state == ProposalState.RELEASED, ~IS_ANSWERED, _first_released() < before)


def _first_released() -> ScalarSelect[datetime]:
    return (
        select(func.min(Release.made_at))
        .where(Release.proposal_id == Proposal.id, Release.state == ProposalState.RELEASED)
        .correlate(Proposal)
        .scalar_subquery()
    )
