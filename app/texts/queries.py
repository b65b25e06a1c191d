"""Reading texts and the thread between them."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import CTE, select
from sqlalchemy.orm import aliased, joinedload

from app.db import db
from app.texts.models import KeptPassage, Redaction, Text, TextVersion, ThreadLink


def links_into(version_ids: Collection[int]) -> Sequence[ThreadLink]:
    """What flowed into these versions, oldest first."""
    return _links(ThreadLink.target_id.in_(version_ids))


def links_from(version_ids: Collection[int]) -> Sequence[ThreadLink]:
    """What became of these versions, oldest first."""
    return _links(ThreadLink.source_id.in_(version_ids))


def standing_by_digest() -> dict[int, str]:
    """What is blackened now: each redaction with the digest of its text, in the order it was made."""
    statement = (
        select(Redaction.id, TextVersion.digest)
        .join(Redaction.version)
        .outerjoin(Redaction.kept)
        .where(KeptPassage.lifted_at.is_(None))
        .order_by(Redaction.id)
    )
    return {row.id: row.digest for row in db.session.execute(statement)}


def redactions_with(ids: Iterable[int]) -> Sequence[Redaction]:
    """In the order they were made."""
    return db.session.scalars(select(Redaction).where(Redaction.id.in_(list(ids))).order_by(Redaction.id)).all()


def _links(condition: object) -> Sequence[ThreadLink]:
    statement = (
        select(ThreadLink)
        .where(condition)  # type: ignore[arg-type]
        .options(joinedload(ThreadLink.source), joinedload(ThreadLink.target))
        .order_by(ThreadLink.id)
    )
    return db.session.scalars(statement).all()


def versions_of(text_ids: Collection[int]) -> dict[int, list[TextVersion]]:
    """All versions of these texts, by text, oldest first."""
    found: dict[int, list[TextVersion]] = {text_id: [] for text_id in text_ids}
    statement = select(TextVersion).where(TextVersion.text_id.in_(text_ids)).order_by(TextVersion.number)
    for version in db.session.scalars(statement):
        found[version.text_id].append(version)
    return found


def texts_behind(text_ids: Collection[int]) -> dict[int, set[int]]:
    """For each text itself and every text of which something flowed into it, however far back; one query."""
    return _reached(text_ids, is_forward=False)


def texts_ahead(text_ids: Collection[int]) -> dict[int, set[int]]:
    """For each text itself and every text into which something of it flowed, however far; one query."""
    return _reached(text_ids, is_forward=True)


def links_among(text_ids: Collection[int]) -> Sequence[ThreadLink]:
    """The links that lead from one of these texts to another, oldest first."""
    versions = select(TextVersion.id).where(TextVersion.text_id.in_(text_ids))
    return _links(ThreadLink.source_id.in_(versions) & ThreadLink.target_id.in_(versions))


def _reached(text_ids: Collection[int], *, is_forward: bool) -> dict[int, set[int]]:
    reached: CTE = (
        select(Text.id.label("root"), Text.id.label("text_id")).where(Text.id.in_(text_ids)).cte("reached", True)
    )
    here, there = aliased(TextVersion), aliased(TextVersion)
    near, far = (
        (ThreadLink.source_id, ThreadLink.target_id) if is_forward else (ThreadLink.target_id, ThreadLink.source_id)
    )
    step = (
        select(reached.c.root, there.text_id)
        .join(here, here.text_id == reached.c.text_id)
        .join(ThreadLink, near == here.id)
        .join(there, far == there.id)
    )
    found: dict[int, set[int]] = {text_id: set() for text_id in text_ids}
    for root, text_id in db.session.execute(select(reached.union(step))):
        found[root].add(text_id)
    return found
