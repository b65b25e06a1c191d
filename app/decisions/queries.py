"""Reading decisions: what waits for one, what waits for a second person, where something stands."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from app.council.models import Meeting
from app.db import db
from app.proposals.models import (
    Condensation,
    Decision,
    Ending,
    Objection,
    Passage,
    Proposal,
    ProposalState,
    Recommendation,
    Referral,
)
from app.proposals.results import with_result
from app.proposals.stages import Stage, stage_for
from app.structures.models import Organization
from app.texts.models import Text, TextVersion
from app.texts.services import Span

Subject = Condensation | Span
LATER = aliased(Decision)


def undecided() -> Sequence[Condensation]:
    """Condensations without any decision that lie before no group, the oldest first."""
    return _condensations(~exists().where(Decision.condensation_id == Condensation.id), ~_lies_before_a_group())


def referred_condensations() -> Sequence[Condensation]:
    """Those that lie before a group, the oldest first."""
    return _condensations(_lies_before_a_group())


def condensations_with(ids: Collection[int]) -> Sequence[Condensation]:
    return _condensations(Condensation.id.in_(ids))


def _condensations(*conditions: ColumnElement[bool]) -> Sequence[Condensation]:
    """Those that stand."""
    return db.session.scalars(
        select(Condensation)
        .where(*conditions, ~exists().where(Ending.condensation_id == Condensation.id))
        .options(joinedload(Condensation.section), selectinload(Condensation.text).selectinload(Text.versions))
        .order_by(Condensation.id)
    ).all()


def _lies_before_a_group() -> ColumnElement[bool]:
    return exists().where(Referral.condensation_id == Condensation.id, Referral.returned_on.is_(None))


def drafts(meeting: Meeting | None = None) -> Sequence[Decision]:
    """Decisions that wait for a second person, of one meeting or all; those that a later one replaced do not."""
    waiting = _decisions().where(Decision.released_at.is_(None), ~_is_replaced())
    if meeting is not None:
        waiting = waiting.where(Decision.meeting_id == meeting.id)
    return db.session.scalars(waiting.order_by(Decision.id)).all()


def latest_released(most: int) -> Sequence[Decision]:
    """The answers that hold and everybody reads, the latest first."""
    released = _decisions().where(Decision.released_at.is_not(None), ~_is_replaced())
    return db.session.scalars(released.order_by(Decision.released_at.desc(), Decision.id.desc()).limit(most)).all()


def meetings_with_drafts() -> Sequence[tuple[Meeting, int]]:
    """Meetings whose answers wait for a second person, with how many; the latest first."""
    rows = db.session.execute(
        select(Meeting, func.count(Decision.id))
        .join(Decision, Decision.meeting_id == Meeting.id)
        .where(Decision.released_at.is_(None), ~_is_replaced())
        .group_by(Meeting.id)
        .order_by(Meeting.day.desc())
    )
    return [(meeting, count) for meeting, count in rows]


def recommended() -> list[Recommendation]:
    """The last recommendation on each thing on which nothing was decided since, the oldest first."""
    decided = exists().where(
        or_(
            Decision.condensation_id == Referral.condensation_id,
            Decision.passage.has(Passage.version.has(TextVersion.text_id == Proposal.text_id)),
        ),
        Decision.made_at >= Recommendation.made_at,
    )
    found = db.session.scalars(
        select(Recommendation)
        .join(Recommendation.referral)
        .outerjoin(Referral.proposal)
        .where(~decided, or_(Referral.proposal_id.is_(None), Proposal.state == ProposalState.RELEASED))
        .where(~exists().where(Ending.condensation_id == Referral.condensation_id))
        .options(*_recommended())
        .order_by(Recommendation.id)
    ).all()
    last = {(each.referral.condensation_id, each.referral.proposal_id): each for each in found}
    return list(last.values())


def subject_of(referral: Referral) -> Subject:
    """What is decided on: the condensation, or all that the contribution says."""
    if referral.condensation is not None:
        return referral.condensation
    assert referral.proposal is not None, "a referral has one subject (ck_referral_one_subject)"
    return Span.whole(referral.proposal.text.versions[0])


def with_objections(condensation_ids: Collection[int | None]) -> set[int]:
    """On which of these somebody objected and nobody answered yet."""
    ids = [each for each in condensation_ids if each is not None]
    return set(
        db.session.scalars(
            select(Objection.condensation_id).where(Objection.condensation_id.in_(ids), Objection.answered_at.is_(None))
        )
    )


def has_newer(decision: Decision) -> bool:
    """Whether something else was written on the same subject since."""
    return bool(db.session.scalar(select(exists().where(Decision.id == decision.id, _is_replaced()))))


def holding(subject: Subject) -> Decision | None:
    """What was released last on it."""
    released = _decisions().where(_is_on(subject), Decision.released_at.is_not(None))
    return db.session.scalars(released.order_by(Decision.id.desc()).limit(1)).one_or_none()


def draft_on(subject: Subject) -> Decision | None:
    """What was written last on it and waits for a second person."""
    waiting = _decisions().where(_is_on(subject), Decision.released_at.is_(None), ~_is_replaced())
    return db.session.scalars(waiting).one_or_none()


def _recommended() -> tuple[ORMOption, ...]:
    referral = joinedload(Recommendation.referral)
    return (
        referral.joinedload(Referral.organization),
        referral.joinedload(Referral.condensation).selectinload(Condensation.text).selectinload(Text.versions),
        referral.joinedload(Referral.condensation).joinedload(Condensation.section),
        referral.joinedload(Referral.proposal).selectinload(Proposal.text).selectinload(Text.versions),
        referral.joinedload(Referral.proposal).selectinload(Proposal.translation).selectinload(Text.versions),
        joinedload(Recommendation.reason).selectinload(Text.versions),
        joinedload(Recommendation.wording).selectinload(Text.versions),
    )


def recommendation_on(subject: Subject) -> Recommendation | None:
    """The last one on it."""
    return db.session.scalars(
        select(Recommendation)
        .join(Recommendation.referral)
        .where(_is_about(subject))
        .options(*_recommended())
        .order_by(Recommendation.id.desc())
        .limit(1)
    ).one_or_none()


def open_referral(subject: Subject) -> Referral | None:
    is_open = (_is_about(subject), Referral.returned_on.is_(None))
    return db.session.scalars(
        select(Referral).where(*is_open).options(joinedload(Referral.organization)).order_by(Referral.id).limit(1)
    ).one_or_none()


def stage_of_subject(subject: Subject) -> Stage:
    """Of a condensation, or of a passage of a released contribution."""
    decision = holding(subject)
    is_whole = isinstance(subject, Condensation)
    return stage_for(
        decision.outcome if decision else None,
        is_referred=is_referred(subject),
        otherwise=Stage.CONDENSED if is_whole else Stage.CHECKED,
    )


def is_referred(subject: Subject) -> bool:
    """Whether it lies before a group; for a passage: the contribution it stands in."""
    return bool(db.session.scalar(select(exists().where(_is_about(subject), Referral.returned_on.is_(None)))))


def _is_about(subject: Subject) -> ColumnElement[bool]:
    if isinstance(subject, Condensation):
        return Referral.condensation_id == subject.id
    return Referral.proposal.has(Proposal.text_id == subject.version.text_id)


def lies_before(subject: Condensation | Proposal, organization: Organization) -> bool:
    open_here = (Referral.organization_id == organization.id, Referral.returned_on.is_(None))
    return bool(db.session.scalar(select(exists().where(_refers_to(subject), *open_here))))


def _refers_to(subject: Condensation | Proposal) -> ColumnElement[bool]:
    column = Referral.condensation_id if isinstance(subject, Condensation) else Referral.proposal_id
    return column == subject.id


def passage_at(span: Span) -> Passage | None:
    return db.session.scalars(
        select(Passage).where(
            Passage.version_id == span.version.id, Passage.start == span.start, Passage.stop == span.end
        )
    ).one_or_none()


def _is_on(subject: Subject) -> ColumnElement[bool]:
    if isinstance(subject, Condensation):
        return Decision.condensation_id == subject.id
    passage = passage_at(subject)
    return Decision.passage_id == (passage.id if passage else None)


def _is_replaced() -> ColumnElement[bool]:
    same = or_(LATER.condensation_id == Decision.condensation_id, LATER.passage_id == Decision.passage_id)
    return exists().where(same, LATER.id > Decision.id)


def get_decision(decision_id: int) -> Decision | None:
    return db.session.scalars(_decisions().where(Decision.id == decision_id)).one_or_none()


def _decisions() -> Select[Decision]:
    return select(Decision).options(
        selectinload(Decision.condensation).selectinload(Condensation.text).selectinload(Text.versions),
        selectinload(Decision.passage).selectinload(Passage.version),
        selectinload(Decision.answer).selectinload(Text.versions),
        *with_result(),
    )
