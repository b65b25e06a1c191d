"""What devices send, and what they are told."""

from dataclasses import dataclass
from datetime import datetime

from app.attendance.models import EntryKind, EntryResult


@dataclass(frozen=True)
class Entry:
    """Somebody on the list has arrived, or an arrival is taken back (`undoes`: its uuid)."""

    uuid: str
    at: datetime
    attendee_id: int
    kind: EntryKind = EntryKind.ARRIVED
    undoes: str = ""


@dataclass(frozen=True)
class Scan:
    """A genuine ticket of somebody the device's list does not know, because they registered after it was loaded."""

    uuid: str
    at: datetime
    code: str


@dataclass(frozen=True)
class Guest:
    """Somebody who came without having registered, with those they bring along."""

    uuid: str
    at: datetime
    name: str
    persons: int


@dataclass(frozen=True)
class Receipt:
    """What became of an entry. `words`: a sentence for whoever is to know; empty where all is well.

    `is_known`: it had been sent before, and nothing happened now.
    """

    uuid: str
    result: EntryResult
    words: str = ""
    is_known: bool = False
