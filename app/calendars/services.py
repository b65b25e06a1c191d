"""Give out, renew and end personal feeds."""

import secrets
from datetime import datetime
from hashlib import sha256

from sqlalchemy import ColumnElement, func, select

from app.accounts.models import Account
from app.audit import log
from app.calendars import queries
from app.calendars.errors import TooManyFeeds
from app.calendars.models import PersonalFeed
from app.db import db, now, transactional
from app.registrations.models import Registration

MOST_FEEDS = 10


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


@transactional
def create_feed(email: str) -> str:
    """The token of a new feed for whoever has shown that this address is theirs. Raises TooManyFeeds."""
    if len(queries.personal_feeds_of(email)) >= MOST_FEEDS:
        raise TooManyFeeds
    token = secrets.token_urlsafe(24)
    feed = PersonalFeed(email=email.lower(), token_digest=digest_of(token), created_at=now())
    db.session.add(feed)
    log.record("calendars.create_feed", feed)
    return token


@transactional
def renew_feed(feed: PersonalFeed) -> str:
    """Another token for the same feed; the one before leads nowhere. The other feeds of the address stay."""
    token = secrets.token_urlsafe(24)
    feed.renew(digest_of(token), now())
    log.record("calendars.renew_feed", feed)
    return token


@transactional
def end_feed(feed: PersonalFeed) -> None:
    feed.end(now())
    log.record("calendars.end_feed", feed)


@transactional
def remove_feeds_of(email: str) -> int:
    """For a person who is erased; how many."""
    return _remove(PersonalFeed.email == email.strip().lower())


@transactional
def remove_feeds_before(at: datetime) -> int:
    """Delete feeds that were ended before then, and older ones whose address nobody here has any more: how many."""
    registered = select(func.lower(Registration.email)).where(Registration.email.is_not(None))
    is_gone = PersonalFeed.email.not_in(registered) & PersonalFeed.email.not_in(select(Account.email))
    return _remove((PersonalFeed.ended_at <= at) | (is_gone & (PersonalFeed.created_at <= at)))


def _remove(condition: ColumnElement[bool]) -> int:
    feeds = db.session.scalars(select(PersonalFeed).where(condition)).all()
    for feed in feeds:
        log.record("calendars.remove_feed", feed)
        db.session.delete(feed)
    return len(feeds)
