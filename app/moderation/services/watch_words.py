"""Words the house wants to see before others."""

from sqlalchemy import select

from app.accounts.models import Account
from app.audit import log
from app.db import db, transactional
from app.moderation.models import WatchWord
from app.texts.services import normalize


@transactional
def add(word: str, *, by: Account | None) -> WatchWord:
    """Watch for this word from now on, however it is written; again changes nothing."""
    folded = " ".join(normalize(word).casefold().split())
    known = db.session.scalars(select(WatchWord).where(WatchWord.word == folded)).one_or_none()
    if known is None:
        known = WatchWord(word=folded)
        db.session.add(known)
        log.record("moderation.add_watch_word", known, by=by)
    return known


@transactional
def remove(word: WatchWord, *, by: Account | None) -> None:
    log.record("moderation.remove_watch_word", word, by=by)
    db.session.delete(word)
