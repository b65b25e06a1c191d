"""What scribes do, each as an entry with a key of its own, and what they are told."""

from dataclasses import dataclass
from datetime import datetime

from app.capture.models import EntryResult
from app.proposals.models import ProposalKind


@dataclass(frozen=True)
class Line:
    """A statement, word for word. Its key is from then on the key of the line."""

    key: str
    at: datetime
    text: str
    kind: ProposalKind
    language: str
    round: int = 1


@dataclass(frozen=True)
class Change:
    """The line was written down wrong."""

    key: str
    at: datetime
    line: str
    text: str
    kind: ProposalKind
    language: str


@dataclass(frozen=True)
class Undo:
    key: str
    at: datetime
    line: str


@dataclass(frozen=True)
class Points:
    """So many points for a line in one round; or so many more or fewer, so that two scribes may count together."""

    key: str
    at: datetime
    line: str
    round: int = 1
    to: int | None = None
    by: int = 0


@dataclass(frozen=True)
class Show:
    """On the wall, or not."""

    key: str
    at: datetime
    line: str
    on_wall: bool


Entry = Line | Change | Undo | Points | Show


@dataclass(frozen=True)
class Receipt:
    """What became of an entry. `words`: a sentence for the scribe; empty where all is well.

    `is_known`: it had been sent before, and nothing happened now.
    """

    key: str
    result: EntryResult
    words: str = ""
    is_known: bool = False
