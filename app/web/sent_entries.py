"""What devices send later that had no network: a list of entries as JSON, each with a key made on the device."""

import unicodedata
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from flask import request

from app.db import now

MOST_ENTRIES = 200  # in one request; a device sends more of them one after the other
Said = Mapping[str, object]
E = TypeVar("E")


def sent_entries() -> Sequence[Said] | None:
    """What the device sent; None for what is no list of entries, or too long a one."""
    try:
        said = request.get_json(silent=True)
    except RecursionError:  # nested without end
        return None
    if not isinstance(said, list) or len(said) > MOST_ENTRIES or not all(isinstance(each, dict) for each in said):
        return None
    return said


def read_each(said: Sequence[Said], read: Callable[[Said], E]) -> tuple[list[E], list[Said]]:
    """What could be read, and what could not."""
    entries, unreadable = [], []
    for each in said:
        try:
            entries.append(read(each))
        except ValueError:
            unreadable.append(each)
    return entries, unreadable


def key_in(said: Said, name: str = "uuid") -> str:
    return str(uuid.UUID(text_in(said, name, 36)))


def text_in(said: Said, name: str, most: int) -> str:
    """On one line. Raises ValueError, as all of these do, for what is none."""
    value = said.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > most or has_no_writing(value):
        raise ValueError(f"{name} is no text")
    return " ".join(value.split())


def has_no_writing(value: str) -> bool:
    """Control signs and half signs: no keyboard makes them, no font and not every database has them."""
    return any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in value)


def count_in(said: Said, name: str, most: int = 2**31 - 1, least: int = 1) -> int:
    value = said.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"{name} is no number")
    return value


def moment_in(said: Said) -> datetime:
    """The device's clock; what lies in the future is now."""
    value = datetime.fromisoformat(text_in(said, "at", 40))
    if value.tzinfo is None:
        raise ValueError("a time without its zone")
    try:
        return min(value.astimezone(UTC), now())
    except OverflowError as error:
        raise ValueError("a time without a calendar") from error
