"""Write to the history."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy import delete, func, select

from app.audit.models import AuditEntry
from app.db import Model, db, transactional


class Actor(Protocol):
    """Whoever acts: an account. None stands for a visitor, a signed link or the system."""

    id: int


def record(action: str, subject: Model, *, by: Actor | None = None, fields: Sequence[str] = ()) -> None:
    """Note that `action` (feature.verb) was done to `subject`, in the caller's transaction."""
    db.session.flush()
    db.session.add(
        AuditEntry(
            action=action,
            actor_id=by.id if by else None,
            subject_type=subject.__tablename__,
            subject_id=subject.id,
            fields=sorted(fields),
        )
    )


@transactional
def remove_before(at: datetime) -> int:
    """Forget what was done before then; returns how many entries."""
    count = db.session.scalars(select(func.count(AuditEntry.id)).where(AuditEntry.at <= at)).one()
    db.session.execute(delete(AuditEntry).where(AuditEntry.at <= at))
    return count
