"""Invitation codes: make some, call one back."""

import secrets
from datetime import datetime

from app.accounts.models import Account
from app.audit import log
from app.db import db, lock, now, transactional
from app.events.models import Event
from app.registrations.errors import CodeNotEnough
from app.registrations.models import InvitationCode

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without 0 and O, 1, I and L
LENGTH = 8  # 39 bits: nobody guesses one
MOST_AT_ONCE = 500


@transactional
def create_codes(
    event: Event,
    count: int = 1,
    *,
    by: Account | None,
    note: str = "",
    persons: int | None = None,
    valid_until: datetime | None = None,
) -> list[InvitationCode]:
    """New codes, each good for `persons` in all (None: any number). Raises CodeNotEnough beyond 500 at once."""
    if not 1 <= count <= MOST_AT_ONCE:
        raise CodeNotEnough
    event = lock(event)
    codes = [
        InvitationCode(event=event, code=make_code(), note=note, persons=persons, valid_until=valid_until)
        for _number in range(count)
    ]
    db.session.add_all(codes)
    log.record("registrations.create_codes", event, by=by, fields=["invitation_code"])
    return codes


@transactional
def revoke_code(code: InvitationCode, *, by: Account | None) -> None:
    """Nobody registers with it any more; who did stays. Twice is as good as once."""
    code = lock(code)
    if code.revoked_at is None:
        code.revoked_at = now()
        log.record("registrations.revoke_code", code, by=by, fields=["revoked_at"])


def make_code() -> str:
    """Such as K7QM34XW: nothing in it can be mistaken when it is read out or copied by hand."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
