"""Reading for the workbench: what was drawn from where, what is not used yet, what was objected to."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload, selectinload

from app.db import db
from app.proposals.models import Condensation, Ending, Objection, Proposal
from app.texts.models import LinkKind, Text, TextVersion, ThreadLink

Ends = tuple[int, int, int, int, int]


def ends_of(version: TextVersion) -> set[Ends]:
    """The links into a wording: version and characters of the passage, characters of the wording."""
    links = db.session.scalars(
        select(ThreadLink).where(ThreadLink.target_id == version.id, ThreadLink.kind == LinkKind.CONDENSED)
    )
    return {(each.source_id, each.source_start, each.source_end, each.target_start, each.target_end) for each in links}


def has_twin(wording: str, ends: Iterable[Ends]) -> bool:
    """Whether a condensation stands that says just this from just these passages."""
    wanted = set(ends)
    same_words = (
        select(TextVersion)
        .join(Condensation, Condensation.text_id == TextVersion.text_id)
        .where(
            TextVersion.content == wording,
            ~exists().where(Ending.condensation_id == Condensation.id),
            TextVersion.id.in_(
                select(ThreadLink.target_id).where(ThreadLink.source_id.in_({end[0] for end in wanted}))
            ),
        )
        .options(joinedload(TextVersion.text).selectinload(Text.versions))
    )
    return any(
        version == version.text.current and ends_of(version) == wanted for version in db.session.scalars(same_words)
    )


def texts_drawn_into(version: TextVersion) -> set[int]:
    """The texts from which something flowed into this wording."""
    sources = select(TextVersion.text_id).join(ThreadLink, ThreadLink.source_id == TextVersion.id)
    return set(
        db.session.scalars(sources.where(ThreadLink.target_id == version.id, ThreadLink.kind == LinkKind.CONDENSED))
    )


def open_objections(condensation: Condensation) -> Sequence[Objection]:
    """What somebody objected and nobody answered yet, the oldest first."""
    return db.session.scalars(
        _objections().where(Objection.condensation_id == condensation.id, Objection.answered_at.is_(None))
    ).all()


def all_open_objections() -> Sequence[Objection]:
    """On every condensation, the oldest first."""
    return db.session.scalars(_objections().where(Objection.answered_at.is_(None))).all()


def get_objection(objection_id: int) -> Objection | None:
    return db.session.scalars(_objections().where(Objection.id == objection_id)).one_or_none()


def objections_of(proposal: Proposal) -> Sequence[Objection]:
    """What its author objected to, the oldest first."""
    return db.session.scalars(_objections().where(Objection.proposal_id == proposal.id)).all()


def drawn_from(proposal: Proposal) -> Sequence[Condensation]:
    """The condensations that stand and whose wording uses words of this contribution, undecided ones only."""
    later = select(TextVersion.text_id, TextVersion.number).subquery()
    target = TextVersion
    used = (
        select(target.text_id)
        .join(ThreadLink, ThreadLink.target_id == target.id)
        .where(
            ThreadLink.kind == LinkKind.CONDENSED,
            ThreadLink.source_id.in_(_versions_of(proposal)),
            ~exists().where(later.c.text_id == target.text_id, later.c.number > target.number),
        )
    )
    found = db.session.scalars(
        select(Condensation)
        .where(Condensation.text_id.in_(used), ~exists().where(Ending.condensation_id == Condensation.id))
        .options(
            selectinload(Condensation.text).selectinload(Text.versions),
            selectinload(Condensation.decisions),
            selectinload(Condensation.objections),
        )
        .order_by(Condensation.id)
    ).all()
    return [each for each in found if each.decision is None]


def _versions_of(proposal: Proposal) -> Collection[int]:
    return db.session.scalars(select(TextVersion.id).where(TextVersion.text_id == proposal.text_id)).all()


def _objections() -> Select[Objection]:
    return (
        select(Objection)
        .options(
            joinedload(Objection.condensation).selectinload(Condensation.text).selectinload(Text.versions),
            joinedload(Objection.condensation).joinedload(Condensation.ending),
            joinedload(Objection.version),
            joinedload(Objection.proposal),
            joinedload(Objection.words).selectinload(Text.versions),
            joinedload(Objection.answer).selectinload(Text.versions),
        )
        .order_by(Objection.id)
    )
