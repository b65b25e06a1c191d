"""Reading for the workbench: what was drawn from where, what is not used yet, what was objected to."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from app.concept.models import Section
from app.db import LARGEST_ID, db
from app.proposals.models import Condensation, Ending, Objection, Proposal
from app.texts.models import LinkKind, Text, TextVersion, ThreadLink

PAGE_SIZE = 20
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


def with_ids(condensation_ids: Collection[int]) -> Sequence[Condensation]:
    return db.session.scalars(
        select(Condensation)
        .where(Condensation.id.in_(condensation_ids))
        .options(selectinload(Condensation.text).selectinload(Text.versions))
        .order_by(Condensation.id)
    ).all()


@dataclass(frozen=True)
class Page:
    """Condensations, the newest first."""

    items: Sequence[Condensation]
    number: int
    last: int


def page_of_condensations(number: int, section_slug: str = "") -> Page:
    statement = select(Condensation)
    if section_slug:
        statement = statement.where(Condensation.section.has(Section.slug == section_slug))
    total = db.session.scalars(select(func.count()).select_from(statement.subquery())).one()
    last = max(1, -(-total // PAGE_SIZE))
    number = min(max(number, 1), last)
    found = statement.options(*_whole()).order_by(Condensation.id.desc())
    return Page(db.session.scalars(found.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)).all(), number, last)


def get_with_all(condensation_id: int) -> Condensation | None:
    """With its wordings, decisions, ending and objections."""
    return db.session.scalars(
        select(Condensation).where(Condensation.id == condensation_id).options(*_whole())
    ).one_or_none()


def proposals_with(version_ids: Collection[int]) -> Sequence[int]:
    """The ids of the contributions whose words these versions are."""
    known = [each for each in version_ids if each <= LARGEST_ID]
    return db.session.scalars(
        select(Proposal.id)
        .join(TextVersion, TextVersion.text_id == Proposal.text_id)
        .where(TextVersion.id.in_(known))
        .order_by(Proposal.id)
    ).all()


def parts_of(condensation: Condensation) -> Sequence[Condensation]:
    """What it was split into."""
    source, target = aliased(TextVersion), aliased(TextVersion)
    derived = (
        select(target.text_id)
        .join(ThreadLink, ThreadLink.target_id == target.id)
        .join(source, ThreadLink.source_id == source.id)
        .where(ThreadLink.kind == LinkKind.DERIVED, source.text_id == condensation.text_id)
    )
    return db.session.scalars(
        select(Condensation)
        .where(Condensation.text_id.in_(derived))
        .options(selectinload(Condensation.text).selectinload(Text.versions))
        .order_by(Condensation.id)
    ).all()


def quotes_in(version: TextVersion) -> list[str]:
    """Word for word what a wording was drawn from, each once."""
    links = db.session.scalars(
        select(ThreadLink)
        .where(ThreadLink.target_id == version.id, ThreadLink.kind == LinkKind.CONDENSED)
        .options(joinedload(ThreadLink.source))
        .order_by(ThreadLink.source_id, ThreadLink.source_start)
    )
    return list(dict.fromkeys(link.source.quote(link.source_start, link.source_end) for link in links))


def _whole() -> tuple[ORMOption, ...]:
    return (
        joinedload(Condensation.section),
        joinedload(Condensation.ending),
        selectinload(Condensation.text).selectinload(Text.versions),
        selectinload(Condensation.decisions),
        selectinload(Condensation.objections).options(
            joinedload(Objection.version),
            joinedload(Objection.proposal),
            joinedload(Objection.words).selectinload(Text.versions),
            joinedload(Objection.answer).selectinload(Text.versions),
        ),
    )


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
