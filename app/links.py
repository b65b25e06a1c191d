"""Personal links: signed (purpose, row, generation), never stored; raising a row's generation revokes them all."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple, Protocol, TypeVar

from flask import current_app
from itsdangerous import BadData, BadSignature, URLSafeTimedSerializer
from itsdangerous.encoding import base64_decode, base64_encode
from sqlalchemy import String, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Model, Timestamp, db, now, transactional
from app.errors import LinkInvalid, LinkUsed


class UsedLink(Model):
    """A one-time link that did its work; kept until the link would have expired anyway."""

    __tablename__ = "used_link"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    used_at: Mapped[Timestamp] = mapped_column(default=now)


class Ticket(NamedTuple):
    """What a link says: which row, in which generation."""

    row_id: int
    generation: int


def sign(purpose: str, row_id: int, generation: int) -> str:
    return _serializer(purpose).dumps([row_id, generation])


def sign_once(purpose: str, row_id: int, generation: int) -> str:
    """For a link that works once: no two are the same, not even two of the same second."""
    return _serializer(purpose).dumps([row_id, generation, secrets.token_hex(8)])


def read(purpose: str, token: str, *, max_age: timedelta | None = None) -> Ticket:
    """Raise LinkInvalid for a forged, foreign or expired token; the caller compares the generation with its row."""
    try:
        _check_writing(token)
        said = _serializer(purpose).loads(token, max_age=int(max_age.total_seconds()) if max_age else None)
    except (BadData, ValueError, TypeError) as error:
        raise LinkInvalid from error
    match said:
        case [int(row_id), int(generation)] | [int(row_id), int(generation), str()]:
            return Ticket(row_id, generation)
    raise LinkInvalid


class Linked(Protocol):
    """A row that personal links lead to; raising its generation ends them all."""

    id: int
    link_generation: int


L = TypeVar("L", bound=Linked)


def link_to(row: Linked, purpose: str) -> str:
    return sign(purpose, row.id, row.link_generation)


def row_behind(token: str, purpose: str, model: type[L]) -> L:
    """Raises LinkInvalid, also where the row is gone or its links were ended."""
    ticket = read(purpose, token)
    found = db.session.get(model, ticket.row_id)
    if found is None or found.link_generation != ticket.generation:
        raise LinkInvalid
    return found


def use_once(token: str) -> None:
    """Raise LinkUsed when the token has worked before, also when two people use it at the same moment."""
    db.session.add(UsedLink(digest=sha256(token.encode()).hexdigest()))
    try:
        db.session.flush()
    except IntegrityError as error:
        raise LinkUsed from error


@transactional
def use_if_new(token: str) -> bool:
    """Use it up where a second time is no error: whether it was the first time, also when two come at once."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    row = insert(UsedLink).values(digest=sha256(token.encode()).hexdigest(), used_at=now())
    new = db.session.execute(row.on_conflict_do_nothing().returning(UsedLink.digest))
    return new.one_or_none() is not None


def is_used(token: str) -> bool:
    return db.session.get(UsedLink, sha256(token.encode()).hexdigest()) is not None


@transactional
def remove_used_before(at: datetime) -> int:
    """Forget one-time links used before then, which must have expired since; returns how many."""
    found = db.session.scalars(select(UsedLink).where(UsedLink.used_at <= at)).all()
    for used in found:
        db.session.delete(used)
    return len(found)


def absolute_url(endpoint: str, **values: object) -> str:
    """An address for a mail, a feed or a terminal; always below TEILHABE_BASE_URL, whatever host was asked."""
    path = current_app.url_map.bind("").build(endpoint, values)
    return f"{current_app.config['BASE_URL']}{path}"


def _check_writing(token: str) -> None:
    """One signature can be written in several ways in Base64; only ours counts, or a used link would work again."""
    signature = token.rpartition(".")[2]
    if base64_encode(base64_decode(signature)).decode() != signature:
        raise BadSignature("written in another way")


def _serializer(purpose: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=f"link/{purpose}")
