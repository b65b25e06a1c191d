"""What a file with a concept holds besides the document, and which columns that is kept in (app/concept/columns.py)."""

from dataclasses import dataclass, field

from app.concept.columns import DAY, ELSEWHERE, kept_as, moment
from app.concept.models import ChangeKind, ConceptKind
from app.process_date import ProcessDate
from app.structures.models import OrganizationKind


def _hexadecimal(salt: bytes | None) -> str:
    return salt.hex() if salt else ""


def _bytes(written: str) -> bytes | None:
    return bytes.fromhex(written) if written else None


@dataclass(frozen=True, kw_only=True)
class HeldRedaction:
    start: int
    stop: int
    role: str
    reason: str
    at: str = field(metadata=moment("created_at"))


@dataclass(frozen=True, kw_only=True)
class HeldText:
    """A wording. `origin` is the digest of the first version of the same text: by it a text is known everywhere."""

    digest: str
    origin: str = field(metadata=ELSEWHERE)
    number: int
    language: str
    wording: str = field(metadata=kept_as("content"))
    salt: str = field(metadata=kept_as(held=_hexadecimal, kept=_bytes))  # none where it is blackened
    redactions: tuple[HeldRedaction, ...] = field(default=(), metadata=ELSEWHERE)


@dataclass(frozen=True, kw_only=True)
class HeldConcept:
    slug: str
    title: str
    kind: ConceptKind
    predecessor: str = field(default="", metadata=ELSEWHERE)
    reason: str = ""
    is_example: bool = False


@dataclass(frozen=True, kw_only=True)
class HeldLeadership:
    lead: str = field(metadata=ELSEWHERE)
    valid: ProcessDate


@dataclass(frozen=True, kw_only=True)
class HeldOrganization:
    slug: str
    name: str
    short_name: str
    kind: OrganizationKind
    founded: ProcessDate
    dissolved: ProcessDate
    is_planned: bool
    is_example: bool
    led_by: tuple[HeldLeadership, ...] = field(default=(), metadata=ELSEWHERE)


@dataclass(frozen=True, kw_only=True)
class HeldMunicipality:
    ags: str
    name: str
    status: str
    post_code: str
    population: int
    population_on: ProcessDate = field(metadata=DAY)
    association: str
    latitude: float
    longitude: float


@dataclass(frozen=True, kw_only=True)
class HeldChoice:
    """A Lebenslage or target group."""

    slug: str
    title: str
    valid: ProcessDate
    merged_into: str = field(metadata=ELSEWHERE)
    source: str


@dataclass(frozen=True, kw_only=True)
class HeldDescent:
    """That a goal or measure followed directly from another."""

    code: str
    follows: str
    kind: ChangeKind


@dataclass(frozen=True, kw_only=True)
class HeldAgreement:
    """The partners of a measure who agree to be named today; an edition is asked this each time it is shown."""

    measure: str
    partners: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class HeldFile:
    key: str
    content: str  # Base64; empty where the file is gone


@dataclass(frozen=True, kw_only=True)
class Surrounding:
    """Everything but the document."""

    cut_at: str  # empty for the working edition
    concepts: tuple[HeldConcept, ...]  # the first one follows nobody, the last is that of the document
    organizations: tuple[HeldOrganization, ...]
    municipalities: tuple[HeldMunicipality, ...]
    life_situations: tuple[HeldChoice, ...]
    target_groups: tuple[HeldChoice, ...]
    agreements: tuple[HeldAgreement, ...]
    descents: tuple[HeldDescent, ...]
    pictures: tuple[HeldFile, ...]
    texts: tuple[HeldText, ...]
