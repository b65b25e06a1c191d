"""Telling those who follow: one mail for each with everything new, each step once."""

import secrets
from datetime import datetime, timedelta

from app.db import db, lock, now, transactional
from app.mail import outbox
from app.proposals import news
from app.proposals.models import Follow, FollowNotice

WINDOW = timedelta(days=30)  # how far back a step is looked for; the job runs every minute


@transactional
def tell_followers(*, at: datetime | None = None) -> int:
    """Write to everyone who follows something on which there is news; returns how many mails were written."""
    at = at or now()
    steps = news.since(at - WINDOW)
    for follow_id in sorted({follow.id for follow, _ in news.untold(steps)}):
        lock(db.session.get_one(Follow, follow_id))  # two workers must not tell the same twice
    batches: dict[str, str] = {}
    readers: dict[str, Follow] = {}
    for follow, step in news.untold(steps):
        batch = batches.setdefault(follow.address, secrets.token_hex(16))
        readers.setdefault(follow.address, follow)
        db.session.add(FollowNotice(follow=follow, kind=step.kind, step_id=step.step_id, batch=batch, told_at=at))
    for address, follow in readers.items():
        outbox.enqueue(address, "proposals/news", language=follow.language, batch=batches[address])
    return len(readers)
