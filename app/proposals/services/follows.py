"""Following: being told what becomes of a text or of everything said at a table, until one ends it."""

from datetime import datetime

from sqlalchemy import select

from app import limits, links
from app.accounts.models import Account
from app.audit import log
from app.db import db, lock, now, transactional
from app.errors import LinkInvalid
from app.events.models import ThemeTable
from app.mail import outbox
from app.proposals import queries
from app.proposals.models import Follow, Rhythm
from app.texts.models import Text

FOLLOW_LINK = "follow"
CONSENT = "folgen-2026-11"  # which wording was shown: templates/proposals/follow.html
CONTRIBUTION_CONSENT = "beitrag-2026-11"
MANDATE_CONSENT = "vertretung-2026-11"  # who acts for an organisation is told about its contributions
REGISTRATION_CONSENT = "anmeldung-2026-11"


@transactional
def follow(
    *,
    email: str = "",
    text: Text | None = None,
    table: ThemeTable | None = None,
    language: str = "de",
    by: Account | None = None,
    source: str = "",
) -> Follow | None:
    """Somebody wants to hear what becomes of `text`, or of all that was said at `table`.

    An account follows at once; an address only after it answered the mail. Nobody learns whether an address follows
    already: then it gets the mail again or, once it is confirmed, none. At most five mails an hour go to one address.
    Raises LimitReached where one network asks very many addresses.
    """
    email = email.strip().lower()
    limits.count(limits.Action.CONFIRMATION, source)
    _hold(text, table)
    known = _find(email=email, account=by, text=text, table=table)
    if known is not None and (known.confirmed_at is not None or outbox.is_enough(email, "proposals/confirm_follow")):
        return known
    if known is None:
        if by is None and outbox.is_enough(email, "proposals/confirm_follow"):
            return None
        known = Follow(
            email="" if by else email,
            account=by,
            text=text,
            table=table,
            language=language,
            consent=CONSENT,
            rhythm=queries.rhythm_of(email=email, account=by),
        )
        db.session.add(known)
        known.confirmed_at = now() if by else None
        log.record("proposals.follow", known, by=by)
    if by is None:
        outbox.enqueue(email, "proposals/confirm_follow", language=language, follow_id=known.id)
    return known


@transactional
def keep_confirmed(
    *,
    email: str,
    text: Text | None = None,
    table: ThemeTable | None = None,
    language: str,
    consent: str,
    since: datetime,
) -> Follow:
    """A follow of an address that was confirmed elsewhere: with a contribution, or with a registration."""
    email = email.strip().lower()
    _hold(text, table)
    known = _find(email=email, account=None, text=text, table=table)
    if known is None:
        known = Follow(
            email=email,
            text=text,
            table=table,
            language=language,
            consent=consent,
            created_at=since,
            rhythm=queries.rhythm_of(email=email),
        )
        db.session.add(known)
    if known.confirmed_at is None:
        known.confirmed_at = now()
        log.record("proposals.confirm_follow", known)
    return known


@transactional
def confirm_follow(follow: Follow, *, rhythm: Rhythm | None = None) -> None:
    """The address answered, and says how often it wants to hear; again changes nothing but that."""
    follow = lock(follow)
    if follow.ended_at is not None:
        raise LinkInvalid
    if follow.confirmed_at is None:
        follow.confirmed_at = now()
        log.record("proposals.confirm_follow", follow)
    if rhythm is not None:
        set_rhythm(follow, rhythm)


@transactional
def set_rhythm(follow: Follow, rhythm: Rhythm) -> None:
    """How often this address or account hears, whatever it follows; what it was not told yet it still hears."""
    follow = lock(follow)
    for each in {follow, *queries.followed_by(follow)}:
        if each.rhythm is not rhythm:
            each.rhythm = rhythm
            log.record("proposals.set_rhythm", each, fields=["rhythm"])


@transactional
def end_follow(follow: Follow) -> None:
    """No more mail about this one; again changes nothing."""
    follow = lock(follow)
    if follow.ended_at is None:
        follow.ended_at = now()
        log.record("proposals.end_follow", follow)


@transactional
def end_all(follow: Follow) -> None:
    """No more mail to this address or account, whatever it follows (RFC 8058: one click, without signing in)."""
    end_follow(follow)
    for each in queries.followed_by(follow):
        end_follow(each)


@transactional
def ask_again(*, at: datetime | None = None) -> int:
    """Ask whoever follows for 24 months whether they still want to; returns how many were asked."""
    at = at or now()
    active = select(Follow).where(Follow.confirmed_at.is_not(None), Follow.ended_at.is_(None)).order_by(Follow.id)
    due = [follow for follow in db.session.scalars(active) if follow.is_due_to_be_asked(at)]
    for each in due:
        asked = lock(each)
        asked.asked_again_at = at
        outbox.enqueue(asked.address, "proposals/ask_again", language=asked.language, follow_id=asked.id)
    return len(due)


@transactional
def forget_unconfirmed_before(at: datetime) -> int:
    """Remove addresses that were never confirmed and are older; returns how many."""
    unconfirmed = select(Follow).where(Follow.confirmed_at.is_(None), Follow.created_at <= at)
    found = db.session.scalars(unconfirmed).all()
    for each in found:
        db.session.delete(each)
    return len(found)


@transactional
def forget_ended_before(at: datetime) -> int:
    """Empty the addresses of those who ended following before then; returns how many."""
    found = db.session.scalars(select(Follow).where(Follow.ended_at <= at, Follow.email != "")).all()
    for each in found:
        each.email = ""
    return len(found)


def find_of(account: Account | None, text: Text) -> Follow | None:
    """With what an account follows a text, if it does."""
    return _find(email="", account=account, text=text, table=None) if account is not None else None


def follow_link(follow: Follow) -> str:
    """The token with which whoever follows confirms and ends it."""
    return links.link_to(follow, FOLLOW_LINK)


def read_follow_link(token: str) -> Follow:
    """Raises LinkInvalid."""
    return links.row_behind(token, FOLLOW_LINK, Follow)


def _hold(text: Text | None, table: ThemeTable | None) -> None:
    """Let only one at a time follow the same thing, so that one address has one row."""
    for subject in (text, table):
        if subject is not None:
            lock(subject)


def _find(*, email: str, account: Account | None, text: Text | None, table: ThemeTable | None) -> Follow | None:
    """The one not ended yet."""
    statement = select(Follow).where(Follow.ended_at.is_(None))
    statement = statement.where(Follow.account == account) if account else statement.where(Follow.email == email)
    statement = statement.where(Follow.text == text) if text else statement.where(Follow.table == table)
    return db.session.scalars(statement).one_or_none()
