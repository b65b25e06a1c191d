"""The catalogue as it is read: sections with goals and measures, ideas, good practice, chapters, definitions.

It is built from the working rows (app/concept/working.py) or parsed from the document of a frozen edition, and is the
same in both cases. A document names every text by the digest of its version and holds no wording, so that a redaction
leaves its checksum as it is. The digest is salted, hence unique: a document means the same in every database.

Printed numbers are computed and never stored. Handlungsfelder count 1, 2, 3; Querschnittsthemen Q1, Q2, Q3. An
Oberziel bears the number of its section; the third Unterziel of field 2 is 2.3, of theme 1 it is Q1.3; measures count
through their section, because one may serve several goals: M2.3, MQ1.3.

Format 2 added the bodies of chapters and what is made into chapters. Format 3 names a text by its digest alone; before,
the number of its row stood beside it. A document of an earlier format is read as one and, written again, gives the same
bytes: fields say since when there are, and until when there were.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from app.concept.columns import ELSEWHERE, decimal
from app.concept.icons import SectionIcon
from app.concept.models import BudgetState, ChapterContent, Duration, GoalKind, Priority, SectionKind
from app.concept.plain import FORMAT, FORMATS, SINCE_2, SINCE_3, UNTIL_2, Held, built, computed, parts, plain
from app.concept.surroundings import Surroundings
from app.process_date import ProcessDate

WORKING = "arbeitsfassung"  # the slug of the working edition
DRAFT = re.compile(r"entwurf-([1-9][0-9]{0,5})")  # the slug of a draft that was laid out, by its number
METHOD = 2  # of comparing editions (app/concept/comparison): a frozen one holds which was in use when it was cut
NUMBER_PREFIX = {SectionKind.FIELD: "", SectionKind.CROSS_CUTTING: "Q"}


@dataclass(frozen=True, kw_only=True)
class Worded:
    version_id: int = field(default=0, metadata=UNTIL_2)
    digest: str
    wording: str = computed()
    is_example: bool = False


@dataclass(frozen=True, kw_only=True)
class CatalogueGoal(Worded):
    code: str
    kind: GoalKind
    follows: tuple[str, ...] = field(default=(), metadata=SINCE_3)  # codes of what it came from, near and far
    number: str = computed()


@dataclass(frozen=True, kw_only=True)
class CatalogueTargetGroup:
    """For whom a measure is, in the term of its time."""

    slug: str
    title: str


@dataclass(frozen=True, kw_only=True)
class CatalogueTarget:
    """Which figure a measure is to change; from what, to what, by when, as far as that is said."""

    indicator: str  # slug
    title: str
    unit: str
    start: str = ""  # a number as decimal text
    goal: str = ""
    by: ProcessDate = ProcessDate()


@dataclass(frozen=True, kw_only=True)
class CatalogueBudgetLine:
    """Money for a measure in a year, in euros; no amount where it cannot be put in figures."""

    year: int
    amount: str = field(default="", metadata=decimal(lambda amount: "" if amount is None else f"{amount:.2f}"))
    state: BudgetState
    cost_type: str = ""


@dataclass(frozen=True, kw_only=True)
class CatalogueMeasure(Worded):
    code: str
    goals: tuple[str, ...] = ()  # codes
    duration: Duration
    priority: Priority
    responsible: str  # slug
    responsible_name: str
    partners: tuple[str, ...] = ()  # slugs of those who agreed to be named; whether they still do is asked when shown
    life_situations: tuple[str, ...] = ()
    starts: ProcessDate = ProcessDate()
    ends: ProcessDate = ProcessDate()
    target_groups: tuple[CatalogueTargetGroup, ...] = field(default=(), metadata=SINCE_3)
    target: CatalogueTarget | None = field(default=None, metadata=SINCE_3)
    budget: tuple[CatalogueBudgetLine, ...] = field(default=(), metadata=SINCE_3)
    follows: tuple[str, ...] = field(default=(), metadata=SINCE_3)
    number: str = computed()


@dataclass(frozen=True, kw_only=True)
class CatalogueIdea(Worded):
    """An idea for municipalities."""


@dataclass(frozen=True, kw_only=True)
class CataloguePractice(Worded):
    title: str
    municipality: str  # AGS
    municipality_name: str
    organization_name: str = ""
    since: ProcessDate = ProcessDate()
    picture: int = field(default=0, metadata=SINCE_3)  # its number; 0: none
    picture_alt: str = field(default="", metadata=SINCE_3)


@dataclass(frozen=True, kw_only=True)
class CatalogueSection:
    slug: str
    kind: SectionKind
    title: str
    set_on: ProcessDate = field(default=ProcessDate(), metadata=SINCE_3)
    goals: tuple[CatalogueGoal, ...] = field(default=(), metadata=ELSEWHERE)
    measures: tuple[CatalogueMeasure, ...] = field(default=(), metadata=ELSEWHERE)
    ideas: tuple[CatalogueIdea, ...] = field(default=(), metadata=ELSEWHERE)
    good_practice: tuple[CataloguePractice, ...] = field(default=(), metadata=ELSEWHERE)
    icon: SectionIcon = field(default=SectionIcon.NONE, metadata=SINCE_3)
    number: str = computed()

    @property
    def overall(self) -> CatalogueGoal | None:
        """The Oberziel; a complete section has exactly one."""
        return next((goal for goal in self.goals if goal.kind is GoalKind.OVERALL), None)

    @property
    def items(self) -> "list[CatalogueGoal | CatalogueMeasure]":
        return [*self.goals, *self.measures]

    @property
    def codes(self) -> set[str]:
        return {item.code for item in self.items}

    @property
    def sub_goals(self) -> list[CatalogueGoal]:
        return [goal for goal in self.goals if goal.kind is GoalKind.SUB]


@dataclass(frozen=True, kw_only=True)
class PlannedSection:
    """A section that is announced for later."""

    slug: str
    kind: SectionKind
    title: str
    focus: str = ""
    planned_for: ProcessDate = field(default=ProcessDate(), metadata=SINCE_3)


@dataclass(frozen=True, kw_only=True)
class CatalogueChapter(Worded):
    """Its own wording is the summary."""

    chapter: int
    title: str
    content: ChapterContent
    slug: str = field(default="", metadata=SINCE_2)
    body: Worded | None = field(default=None, metadata=SINCE_2)
    signature: Worded | None = field(default=None, metadata=SINCE_2)
    as_of: ProcessDate = field(default=ProcessDate(), metadata=SINCE_3)  # the day that was chosen for its structures

    @property
    def texts(self) -> list[Worded]:
        return [self, *(each for each in (self.body, self.signature) if each)]


@dataclass(frozen=True, kw_only=True)
class CatalogueDefinition(Worded):
    slug: str
    title: str
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    format: int = FORMAT
    slug: str = WORKING
    concept: str
    edition: str = ""  # "1.0"
    title: str
    reason: str = ""
    dated: ProcessDate = ProcessDate()
    is_example: bool = False
    sections: tuple[CatalogueSection, ...] = ()
    planned: tuple[PlannedSection, ...] = ()
    chapters: tuple[CatalogueChapter, ...] = ()
    definitions: tuple[CatalogueDefinition, ...] = ()
    surroundings: Surroundings = field(default=Surroundings(), metadata=SINCE_2)
    sha256: str = field(default="", compare=False, metadata={"computed": True})  # of the document it was read from
    comparison: int = field(default=1, metadata=SINCE_3)  # the method by which it is compared with older ones

    @property
    def is_working(self) -> bool:
        return self.slug == WORKING

    @property
    def draft(self) -> int:
        """The number of the draft laid out that this is; 0 for editions and the working edition."""
        return draft_number(self.slug)

    @property
    def goals(self) -> list[CatalogueGoal]:
        return [goal for section in self.sections for goal in section.goals]

    @property
    def measures(self) -> list[CatalogueMeasure]:
        return [measure for section in self.sections for measure in section.measures]

    @property
    def holds_examples(self) -> bool:
        return any(item.is_example for section in self.sections for item in section.items)

    def of_kind(self, kind: SectionKind) -> list[CatalogueSection]:
        return [section for section in self.sections if section.kind is kind]

    def section(self, slug: str) -> CatalogueSection | None:
        return next((section for section in self.sections if section.slug == slug), None)

    def goal(self, code: str) -> CatalogueGoal | None:
        return next((goal for goal in self.goals if goal.code == code), None)

    def measure(self, code: str) -> CatalogueMeasure | None:
        return next((measure for measure in self.measures if measure.code == code), None)

    def section_of(self, code: str) -> CatalogueSection | None:
        """Where a goal or measure stands."""
        return next((section for section in self.sections if code in section.codes), None)

    def chapter(self, number: int) -> CatalogueChapter | None:
        return next((chapter for chapter in self.chapters if chapter.chapter == number), None)

    def measures_of(self, goal_code: str) -> list[CatalogueMeasure]:
        """The measures that serve a goal, also those of other sections."""
        return [measure for measure in self.measures if goal_code in measure.goals]


def draft_number(slug: str) -> int:
    """0 for whatever is no draft."""
    found = DRAFT.fullmatch(slug)
    return int(found[1]) if found else 0


def numbered(sections: Iterable[CatalogueSection]) -> tuple[CatalogueSection, ...]:
    """The sections with the printed numbers that follow from their order."""
    counts = dict.fromkeys(SectionKind, 0)
    result = []
    for section in sections:
        counts[section.kind] += 1
        result.append(_numbered_section(section, f"{NUMBER_PREFIX[section.kind]}{counts[section.kind]}"))
    return tuple(result)


def canonical(catalogue: Catalogue) -> str:
    """The document of an edition: keys sorted, UTF-8, no white space, lists in their order."""
    return json.dumps(plain(catalogue, catalogue.format), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def checksum(document: str) -> str:
    return sha256(document.encode()).hexdigest()


def date_of(document: str) -> ProcessDate:
    """The date an edition bears."""
    return ProcessDate(json.loads(document)["dated"])


def digests(document: str) -> set[str]:
    """The texts a document names."""
    return set(_digests(json.loads(document)))


def texts_of(catalogue: Catalogue) -> list[Worded]:
    """Everything in a catalogue that has a wording."""
    return list(parts(catalogue, Worded))


def version_ids(catalogue: Catalogue) -> set[int]:
    """The rows of the wordings of a catalogue."""
    return {each.version_id for each in texts_of(catalogue)}


def parse(document: str, texts: Mapping[str, Held] | None = None) -> Catalogue:
    """The catalogue of a document with its wordings, by digest; without `texts` only what the document itself says."""
    content = json.loads(document)
    if content["format"] not in FORMATS:
        raise ValueError(f"unknown format of an edition: {content['format']}")
    catalogue: Catalogue = built(Catalogue, content, texts)
    return replace(catalogue, sections=numbered(catalogue.sections), sha256=checksum(document))


def _numbered_section(section: CatalogueSection, number: str) -> CatalogueSection:
    counts = dict.fromkeys(GoalKind, 0)
    goals = []
    for goal in section.goals:
        counts[goal.kind] += 1
        goals.append(replace(goal, number=number if goal.kind is GoalKind.OVERALL else f"{number}.{counts[goal.kind]}"))
    measures = [replace(each, number=f"M{number}.{place}") for place, each in enumerate(section.measures, 1)]
    return replace(section, number=number, goals=tuple(goals), measures=tuple(measures))


def _digests(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _digests(each)
    elif isinstance(value, dict):
        if "digest" in value:
            yield value["digest"]
        for each in value.values():
            yield from _digests(each)
