"""Letters on paper and calls: what organisers have done."""

from collections.abc import Iterable

from app.accounts.models import Account
from app.audit import log
from app.db import now, transactional
from app.registrations.models import PaperLetter, Reached


@transactional
def finish(letters: Iterable[PaperLetter], how: Reached, *, by: Account) -> int:
    """These have been printed or told. How many were still waiting; twice is as good as once."""
    waiting = [letter for letter in letters if letter.done_at is None]
    for letter in waiting:
        letter.done(now(), how, by.id)
        log.record("registrations.finish_letter", letter, by=by, fields=["done_at", "how"])
    return len(waiting)
