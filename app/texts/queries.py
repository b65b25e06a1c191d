"""Reading texts and the thread between them."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.db import db
from app.texts.models import TextVersion, ThreadLink


def links_into(version_ids: Collection[int]) -> Sequence[ThreadLink]:
    """What flowed into these versions, oldest first."""
    return _links(ThreadLink.target_id.in_(version_ids))


def links_from(version_ids: Collection[int]) -> Sequence[ThreadLink]:
    """What became of these versions, oldest first."""
    return _links(ThreadLink.source_id.in_(version_ids))


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
