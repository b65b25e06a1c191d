"""What stands around goals and measures in an edition: steps, structures, figures, tasks, words, pictures.

These are held by the document as they are, not by version: names of offices, numbers and dates, no person's words.
"""

from dataclasses import dataclass, field

from app.concept.columns import DAY, ELSEWHERE, decimal, kept_as
from app.concept.facts import plain
from app.concept.plain import SINCE_3
from app.process_date import ProcessDate
from app.structures.models import OrganizationKind


@dataclass(frozen=True, kw_only=True)
class HeldStep:
    """A step of the participation process."""

    number: int
    title: str
    held: ProcessDate
    organization: str = field(default="", metadata=ELSEWHERE)
    organization_slug: str = field(default="", metadata=SINCE_3 | ELSEWHERE)
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class HeldStructure:
    """A body or office that there was on the day of the chapter."""

    slug: str
    name: str
    kind: OrganizationKind
    founded: ProcessDate = ProcessDate()
    leads: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HeldIndicator:
    slug: str
    title: str
    value: str = field(metadata=decimal(plain))
    unit: str
    as_of: ProcessDate = field(metadata=DAY)
    source: str
    municipality: str = field(default="", metadata=ELSEWHERE)
    municipality_ags: str = field(default="", metadata=SINCE_3 | ELSEWHERE)


@dataclass(frozen=True, kw_only=True)
class HeldTask:
    """A next step."""

    title: str
    due: ProcessDate = ProcessDate()
    responsible: str = field(default="", metadata=ELSEWHERE)
    responsible_slug: str = field(default="", metadata=SINCE_3 | ELSEWHERE)
    kind: str = field(default="", metadata=SINCE_3 | kept_as(kept=lambda kind: kind or "other"))
    source: str = field(default="", metadata=SINCE_3)


@dataclass(frozen=True, kw_only=True)
class HeldTerm:
    """A word of the glossary, in plain language and in Leichte Sprache."""

    term: str
    plain: str
    easy: str = ""


@dataclass(frozen=True, kw_only=True)
class HeldPicture:
    """Which file stood under a number."""

    number: int
    key: str
    title: str
    width: int
    height: int
    source: str = field(default="", metadata=SINCE_3)


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    structures_of: ProcessDate = ProcessDate()  # the day
    steps: tuple[HeldStep, ...] = ()
    structures: tuple[HeldStructure, ...] = ()
    indicators: tuple[HeldIndicator, ...] = ()
    tasks: tuple[HeldTask, ...] = ()
    terms: tuple[HeldTerm, ...] = ()
    pictures: tuple[HeldPicture, ...] = ()
