"""Letters on paper and calls: what organisers have done, and forgetting it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select

from app.accounts.models import Account
from app.audit import log
from app.db import db, now, transactional
from app.registrations.models import PaperLetter, Reached


@transactional
def finish(letters: Iterable[PaperLetter], how: Reached, *, by: Account) -> int:
    """These have been printed or told. How many were still waiting; twice is as good as once."""
    waiting = [letter for letter in letters if letter.done_at is None]
    for letter in waiting:
        letter.done(now(), how, by.id)
        log.record("registrations.finish_letter", letter, by=by, fields=["done_at", "how"])
    return len(waiting)


@transactional
def remove_finished_before(at: datetime) -> int:
    """Delete letters done before then; returns how many."""
    ids = db.session.scalars(select(PaperLetter.id).where(PaperLetter.done_at < at)).all()
    db.session.execute(delete(PaperLetter).where(PaperLetter.id.in_(ids)))
    return len(ids)
