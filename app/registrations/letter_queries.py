"""Reading how events word their letters, and when they remind people."""

from sqlalchemy import select

from app.db import db
from app.registrations.models import EventWording, LetterKind


def find_wording(event_id: int, letter: LetterKind, language: str) -> EventWording | None:
    """How the event words this letter; None when it never did."""
    statement = (
        select(EventWording)
        .where(EventWording.event_id == event_id, EventWording.letter == letter, EventWording.language == language)
        .order_by(EventWording.version.desc())
        .limit(1)
    )
    return db.session.scalars(statement).one_or_none()
