"""Telling those who follow: one mail for each with everything new, each step once."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from app.db import db, lock, now, transactional
from app.mail import outbox
from app.proposals import news, queries
from app.proposals.models import Follow, FollowNotice, Rhythm
from app.proposals.news import News
from app.proposals.rhythms import told_until
from app.proposals.services import follows
from app.seating.queries import seated_at

WINDOW = timedelta(days=62)  # how far back a step is looked for: a month, and a month in which the worker stood still


@transactional
def tell_followers(*, at: datetime | None = None) -> int:
    """Write to everyone who follows something on which there is news; returns how many mails were written.

    Who wants to hear once a week or month hears of everything until then. An address hears of a step once, in the
    rhythm of whichever of its follows is due first.
    """
    at = at or now()
    follow_seated()
    follow_represented()
    steps = news.since(at - WINDOW, at)
    for follow_id in sorted({follow.id for follow, _ in _due(news.untold(steps), at)}):
        lock(db.session.get_one(Follow, follow_id))  # two workers must not tell the same twice
    batches: dict[str, str] = {}
    readers: dict[str, Follow] = {}
    for follow, step in _due(news.untold(steps), at):
        batch = batches.setdefault(follow.address, secrets.token_hex(16))
        readers.setdefault(follow.address, follow)
        db.session.add(FollowNotice(follow=follow, kind=step.kind, step_id=step.step_id, batch=batch, told_at=at))
    for address, follow in readers.items():
        outbox.enqueue(address, "proposals/news", language=follow.language, batch=batches[address])
    return len(readers)


def _due(untold: Sequence[tuple[Follow, News]], at: datetime) -> list[tuple[Follow, News]]:
    """What an address hears now, with all its follows that reach the step, so that none of them tells it again."""
    due = {
        (follow.address, step.kind, step.step_id)
        for follow, step in untold
        if step.at < told_until(follow.rhythm, at) or follow.rhythm is Rhythm.AT_ONCE
    }
    return [(follow, step) for follow, step in untold if (follow.address, step.kind, step.step_id) in due]


@transactional
def follow_seated() -> int:
    """Everyone seated at a table who ticked "Halten Sie mich auf dem Laufenden" follows what was said there.

    Their address was confirmed with the registration. Who ended it once is not signed up again.
    """
    added = 0
    for table in queries.tables_with_words():
        known = queries.addresses_following(table)
        for registration in seated_at(table):
            address = (registration.email or "").strip().lower()
            if address and registration.wants_updates and registration.confirmed_at and address not in known:
                follows.keep_confirmed(
                    email=address,
                    table=table,
                    language=registration.language,
                    consent=follows.REGISTRATION_CONSENT,
                    since=registration.confirmed_at,
                )
                known.add(address)
                added += 1
    return added


@transactional
def follow_represented() -> int:
    """Everyone who acts for an organisation follows what it contributed, from then on and as long as they do.

    Who ended it once is not signed up again. Returns how many follows began.
    """
    for follow in queries.follows_without_mandate(follows.MANDATE_CONSENT):
        follows.end_follow(follow)
    missing = queries.untold_representatives()
    for mandate, proposal in missing:
        since = max(mandate.granted_at, proposal.received_at)
        follow = Follow(
            account=mandate.account,
            text=proposal.text,
            language=mandate.account.language,
            consent=follows.MANDATE_CONSENT,
            created_at=since,
            confirmed_at=since,
        )
        db.session.add(follow)
    return len(missing)
