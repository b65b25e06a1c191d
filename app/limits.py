"""How often the same network may do something: counted in the database, so that all processes count together.

A network is an IPv4 address or the /64 of an IPv6 address. What is kept of it is a keyed digest, for a day.
Two requests at the same moment may both be the last one allowed: nothing hangs on one more.
"""

import hmac
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from ipaddress import ip_address, ip_network

from flask_babel import lazy_gettext as _
from sqlalchemy import Index, String, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Model, PrimaryKey, Timestamp, db, now, transactional
from app.encryption import derive_key
from app.errors import DomainError

WITHIN = timedelta(hours=1)


class Action(StrEnum):
    CONTRIBUTION = "contribution"
    DRAFT = "draft"
    COMMENT = "comment"
    SUGGESTION = "suggestion"
    REPORT = "report"
    APPEAL = "appeal"
    CONFIRMATION = "confirmation"  # of an address that follows or supports something
    RECEIPT = "receipt"  # a code that nobody has


# In an hour. A school or a shelter shares one address, so these are far above what a class writes.
MOST = {
    Action.CONTRIBUTION: 120,
    Action.DRAFT: 120,
    Action.COMMENT: 60,
    Action.SUGGESTION: 60,
    Action.REPORT: 20,
    Action.APPEAL: 20,
    Action.CONFIRMATION: 120,
    Action.RECEIPT: 20,
}


class LimitReached(DomainError):
    message = _(
        "Von Ihrem Anschluss kamen gerade sehr viele Anfragen. Bitte versuchen Sie es in einer Stunde noch einmal."
    )


class Attempt(Model):
    """That somebody in a network did something; deleted after a day."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_source", "kind", "source", "made_at"),)

    id: Mapped[PrimaryKey]
    kind: Mapped[Action]
    source: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[Timestamp] = mapped_column(default=now)


@transactional
def count(action: Action, source: str) -> int:
    """Note one more, and return how many there were within the hour before it; raises LimitReached, noting nothing."""
    before = count_before(action, source)
    if before >= MOST[action]:
        raise LimitReached
    if source:
        db.session.add(Attempt(kind=action, source=source))
    return before


def check(action: Action, source: str) -> None:
    """Raise LimitReached when there is room for no more."""
    if count_before(action, source) >= MOST[action]:
        raise LimitReached


def count_before(action: Action, source: str) -> int:
    """Within the hour before now; 0 where nobody knows the network."""
    made = select(func.count()).where(
        Attempt.kind == action, Attempt.source == source, Attempt.made_at > now() - WITHIN
    )
    return db.session.scalars(made).one() if source else 0


def source_of(address: str | None) -> str:
    """A keyed digest of the network an address belongs to; empty when it is none."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return ""
    network = ip_network(f"{found}/{32 if found.version == 4 else 64}", strict=False)
    return hmac.new(derive_key("limits"), str(network).encode(), sha256).hexdigest()


@transactional
def remove_before(at: datetime) -> int:
    """Forget what was done until then; returns how many."""
    ids = db.session.scalars(select(Attempt.id).where(Attempt.made_at <= at)).all()
    db.session.execute(delete(Attempt).where(Attempt.made_at <= at))
    return len(ids)
