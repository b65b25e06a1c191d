"""What is typed at the desk and not sent yet is kept, and gone once it was sent."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select

from app.accounts.models import Account
from app.db import db, now, transactional
from app.drafting.models import DeskDraft
from app.drafting.queries import draft_of

T = TypeVar("T")


@transactional
def keep(account: Account, page: str, fields: Mapping[str, Sequence[str]]) -> datetime:
    """Keep what stands in the form of a page, instead of what was kept before; returns when."""
    draft = draft_of(account, page) or DeskDraft(account_id=account.id, page=page, begun_at=now())
    draft.fields = {name: list(values) for name, values in fields.items()}
    draft.saved_at = now()
    db.session.add(draft)
    return draft.saved_at


@transactional
def drop(account: Account, page: str) -> None:
    """Forget it; nothing to forget is no error."""
    draft = draft_of(account, page)
    if draft is not None:
        db.session.delete(draft)


@transactional
def sending(account: Account, page: str, use_case: Callable[[], T]) -> T:
    """Do what the form asks for, and forget what was kept of it, both or neither."""
    result = use_case()
    drop(account, page)
    return result


@transactional
def remove_before(at: datetime) -> int:
    """Remove what was last saved before then; returns how many."""
    return _remove(db.session.scalars(select(DeskDraft).where(DeskDraft.saved_at <= at)).all())


@transactional
def remove_of(account: Account) -> int:
    """Remove all of an account; returns how many."""
    return _remove(db.session.scalars(select(DeskDraft).where(DeskDraft.account_id == account.id)).all())


def _remove(found: Sequence[DeskDraft]) -> int:
    for each in found:
        db.session.delete(each)
    return len(found)
