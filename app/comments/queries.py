"""Reading comments: those of a contribution, their number, and what waits at the desk."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from app.comments.models import Comment, CommentReport
from app.db import db
from app.proposals.models import Proposal, ProposalState
from app.texts.models import Text

PAGE_SIZE = 50
PARENT = aliased(Comment)


class Talk(NamedTuple):
    """A comment and what was answered, both as the public reads them."""

    comment: Comment
    answers: Sequence[Comment]


class Page(NamedTuple):
    items: Sequence[Comment]
    number: int
    last: int
    total: int


def talks_about(proposal: Proposal) -> Sequence[Talk]:
    """What may be read about a contribution, the oldest first; an answer stands with what it answers."""
    found = db.session.scalars(
        _with_words().where(Comment.proposal_id == proposal.id, is_public()).order_by(Comment.received_at, Comment.id)
    ).all()
    return [
        Talk(comment, [each for each in found if each.parent_id == comment.id])
        for comment in found
        if comment.parent_id is None
    ]


def reasons_of_withheld(proposal: Proposal) -> Sequence[str]:
    """Why comments on it are not shown, each reason once."""
    wanted = select(Comment.state_reason).where(
        Comment.proposal_id == proposal.id, Comment.state == ProposalState.WITHHELD
    )
    return db.session.scalars(wanted.distinct().order_by(Comment.state_reason)).all()


def count_released(proposal_ids: Collection[int]) -> dict[int, int]:
    """By contribution, also for those without any; answers count as well."""
    counted = (
        select(Comment.proposal_id, func.count())
        .where(Comment.proposal_id.in_(proposal_ids), is_public())
        .group_by(Comment.proposal_id)
    )
    return dict.fromkeys(proposal_ids, 0) | dict(db.session.execute(counted).all())


def get(comment_id: int) -> Comment | None:
    return db.session.scalars(_with_words().where(Comment.id == comment_id)).one_or_none()


def find_public(comment_id: int) -> Comment | None:
    return db.session.scalars(_with_words().where(Comment.id == comment_id, is_public())).one_or_none()


def count_waiting() -> int:
    return db.session.scalar(select(func.count()).select_from(_waiting().subquery())) or 0


def count_reported() -> int:
    return db.session.scalar(select(func.count()).select_from(_reported().subquery())) or 0


def for_desk(which: str, number: int) -> Page:
    """A page of what waits, of what readers reported, or of all, the newest first."""
    statement = {"gemeldet": _reported, "alle": _all}.get(which, _waiting)()
    total = db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    last = max(1, -(-total // PAGE_SIZE))
    number = min(max(number, 1), last)
    ordered = statement.order_by(Comment.id.desc()) if which == "alle" else _ordered(statement)
    wanted = ordered.options(joinedload(Comment.parent).selectinload(Comment.text).selectinload(Text.versions))
    items = db.session.scalars(wanted.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)).all()
    return Page(items, number, last, total)


def chosen(ids: Collection[int]) -> Sequence[Comment]:
    """In the order in which they are locked."""
    return db.session.scalars(select(Comment).where(Comment.id.in_(ids)).order_by(Comment.id)).all()


def is_public() -> ColumnElement[bool]:
    """Released, as is the contribution it is about and the comment it answers."""
    released_proposal = exists().where(Proposal.id == Comment.proposal_id, Proposal.state == ProposalState.RELEASED)
    released_parent = exists().where(PARENT.id == Comment.parent_id, PARENT.state == ProposalState.RELEASED)
    return and_(
        Comment.state == ProposalState.RELEASED,
        released_proposal,
        or_(Comment.parent_id.is_(None), released_parent),
    )


def _all() -> Select[Comment]:
    return _with_words()


def _waiting() -> Select[Comment]:
    return _with_words().where(Comment.state == ProposalState.RECEIVED)


def _reported() -> Select[Comment]:
    unsettled = exists().where(CommentReport.comment_id == Comment.id, CommentReport.settled_at.is_(None))
    return _with_words().where(Comment.state == ProposalState.RELEASED, unsettled)


def _ordered(statement: Select[Comment]) -> Select[Comment]:
    return statement.order_by(Comment.received_at, Comment.id)


def _with_words() -> Select[Comment]:
    return select(Comment).options(*_words())


def _words() -> tuple[ORMOption, ...]:
    return (
        joinedload(Comment.proposal),
        joinedload(Comment.organization),
        selectinload(Comment.text).selectinload(Text.versions),
        selectinload(Comment.translation).selectinload(Text.versions),
        selectinload(Comment.commenter),
        selectinload(Comment.reports),
    )
