"""What a row of a file says, and what every row has to keep."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from app.errors import DomainError
from app.events.errors import ClosesTooLate, EndsTooEarly
from app.events.services import EventFields

LONGEST_WORDS = 200  # of a title or a place
LONGEST_TEXT = 20_000
MOST_PLACES = 100_000
YEARS = range(1990, 2200)
NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class FileUnreadable(DomainError):
    """Neither CSV with the columns of the documentation nor iCalendar."""


class RowRefused(Exception):
    """Why a row cannot become an event."""


@dataclass(frozen=True)
class ImportRow:
    """`number`: the line in a CSV file, counted from 1 with its header; in a calendar the event, counted from 1."""

    number: int
    title: str
    fields: EventFields | None = None
    capacity: int | None = None
    refusal: str = ""
    uid: str = ""


def checked(fields: EventFields) -> EventFields:
    """The same, if it can become an event; raises RowRefused."""
    for name, limit in (("title", LONGEST_WORDS), ("place", LONGEST_WORDS), ("summary", LONGEST_TEXT)):
        words = str(fields.get(name, ""))
        if NO_TEXT.search(words):
            raise RowRefused(f"{name} enthält ein Zeichen, das kein Text ist")
        if len(words) > limit:
            raise RowRefused(f"{name} hat {len(words)} Zeichen, möglich sind {limit}")
    starts_at, ends_at = fields["starts_at"], fields["ends_at"]
    if starts_at.year not in YEARS or ends_at.year not in YEARS:
        raise RowRefused("das Jahr kann nicht stimmen")
    if starts_at >= ends_at:
        raise RowRefused(str(EndsTooEarly.message))
    if fields.get("registration_closes_at", starts_at) > ends_at:
        raise RowRefused(str(ClosesTooLate.message))
    return fields


def same_moment(one: datetime, other: datetime) -> bool:
    return one.astimezone(UTC) == other.astimezone(UTC)
