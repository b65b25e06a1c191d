"""What was said about contributions, for a file: only what the public reads, never who said it."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.comments.models import Comment
from app.comments.queries import is_public
from app.db import db
from app.texts.models import Text

Row = dict[str, object]


def by_reference() -> dict[str, list[Row]]:
    """By the reference of the contribution, the oldest first; three queries however many there are."""
    found: dict[str, list[Row]] = defaultdict(list)
    statement = (
        select(Comment)
        .where(is_public())
        .options(
            joinedload(Comment.proposal),
            selectinload(Comment.text).selectinload(Text.versions),
            joinedload(Comment.organization),
        )
    )
    for comment in db.session.scalars(statement.order_by(Comment.received_at, Comment.id)):
        version = comment.text.current
        found[comment.proposal.reference].append(
            {
                "id": comment.id,
                "answers": comment.parent_id,
                "kind": comment.kind.value,
                "received_at": comment.received_at.isoformat(),
                "language": version.language,
                "text": version.content,
                "organisation": comment.organization.slug if comment.organization else "",
                "is_team": comment.is_team,
            }
        )
    return found
