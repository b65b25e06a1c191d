"""Drafts behind a link: what somebody began to write, kept encrypted until it is sent, deleted or 30 days old."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from app import encryption, limits, links
from app.db import db, lock, now, transactional
from app.errors import LinkInvalid
from app.limits import Action
from app.mail import outbox
from app.proposals.errors import DraftGone, DraftTooLong
from app.proposals.models import Draft

DRAFT_LINK = "draft"
MOST_CHARACTERS = 20_000
Fields = Mapping[str, Sequence[str]]  # each field of the form with its values


@transactional
def save(
    fields: Fields, *, draft: Draft | None = None, source: str = "", email: str = "", language: str = "de"
) -> Draft:
    """Keep what was typed, anew or in place of what the draft held; an address gets the link.

    At most five mails an hour go to an address. Raises DraftTooLong, and LimitReached where one network saves very
    many.
    """
    content = json.dumps({name: list(values) for name, values in fields.items()})
    if len(content) > MOST_CHARACTERS * 6:  # JSON writes a sign outside ASCII with six
        raise DraftTooLong
    limits.count(Action.DRAFT, source)
    ciphertext = encryption.encrypt(content.encode())
    if draft is None:
        draft = Draft(ciphertext=ciphertext)
        db.session.add(draft)
    else:
        draft = lock(draft)
        draft.ciphertext, draft.saved_at = ciphertext, now()
    db.session.flush()
    if email and not outbox.is_enough(email, "proposals/draft"):
        outbox.enqueue(email, "proposals/draft", language=language, draft_id=draft.id, generation=draft.generation)
    return draft


@transactional
def delete(draft: Draft) -> None:
    db.session.delete(draft)


def find(token: str) -> Draft | None:
    """None when it was sent, deleted or became too old, or the link is none of ours."""
    try:
        return read_link(token)
    except (LinkInvalid, DraftGone):
        return None


def read_link(token: str) -> Draft:
    """Raises LinkInvalid and DraftGone."""
    ticket = links.read(DRAFT_LINK, token)
    return get(ticket.row_id, ticket.generation)


def get(draft_id: int, generation: int) -> Draft:
    """Raises DraftGone."""
    draft = db.session.get(Draft, draft_id)
    if draft is None or draft.generation != generation or draft.is_expired(now()):
        raise DraftGone
    return draft


def fields_of(draft: Draft) -> Fields:
    """What was typed, as the form sent it; raises Unreadable when the key is gone."""
    fields: dict[str, list[str]] = json.loads(encryption.decrypt(draft.ciphertext))
    return fields


def link_of(draft: Draft) -> str:
    return links.sign(DRAFT_LINK, draft.id, draft.generation)


@transactional
def remove_before(at: datetime) -> int:
    """Delete drafts last saved until then; returns how many."""
    found = db.session.scalars(select(Draft).where(Draft.saved_at <= at)).all()
    for draft in found:
        db.session.delete(draft)
    return len(found)
