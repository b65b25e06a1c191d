"""What a comparison names: changes of goals, measures, sections, chapters and what else an edition says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.concept.catalogue import (
    Catalogue,
    CatalogueChapter,
    CatalogueGoal,
    CatalogueMeasure,
    CatalogueSection,
    PlannedSection,
    Worded,
)
from app.concept.comparison.wording import Run

Reasons = Mapping[str, Sequence[str]]  # by code


class Kind(StrEnum):
    ADDED = "added"
    REWORDED = "reworded"
    RETITLED = "retitled"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    AMENDED = "amended"
    DROPPED = "dropped"
    SPLIT = "split"
    MERGED = "merged"
    CONTINUED = "continued"  # goes on under another code alone


@dataclass(frozen=True)
class Place:
    """A goal or measure, and the section it stands in."""

    item: CatalogueGoal | CatalogueMeasure
    section: CatalogueSection


@dataclass(frozen=True)
class Change:
    """What happened to a goal or measure; `old` is missing for a new one, `new` for one that was dropped."""

    code: str
    kinds: tuple[Kind, ...]
    old: Place | None
    new: Place | None
    words: tuple[Run, ...]
    amended: tuple[str, ...] = ()  # names of fields
    reasons: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        place = self.new or self.old
        assert place is not None
        return place

    @property
    def is_measure(self) -> bool:
        return isinstance(self.place.item, CatalogueMeasure)


@dataclass(frozen=True)
class Step:
    """From an old wording to one that followed from it."""

    old: Place
    new: Place
    words: tuple[Run, ...]


@dataclass(frozen=True)
class Regrouping:
    """Goals or measures that were split, merged, or both: told once, with each way from an old wording to a new one."""

    kinds: tuple[Kind, ...]
    old: tuple[Place, ...]
    new: tuple[Place, ...]
    steps: tuple[Step, ...]
    reasons: tuple[str, ...] = ()

    @property
    def is_measure(self) -> bool:
        return isinstance(self.new[0].item, CatalogueMeasure)

    @property
    def codes(self) -> set[str]:
        return {place.item.code for place in (*self.old, *self.new)}


@dataclass(frozen=True)
class TextChange:
    """What happened to an idea, a good practice or a definition."""

    title: str
    kinds: tuple[Kind, ...]
    old: Worded | None
    new: Worded | None
    words: tuple[Run, ...]
    amended: tuple[str, ...] = ()


@dataclass(frozen=True)
class SectionChanges:
    """A section of either catalogue and what changed in it."""

    section: CatalogueSection
    old: CatalogueSection | None
    new: CatalogueSection | None
    kinds: tuple[Kind, ...]
    changes: tuple[Change, ...]
    amended: tuple[str, ...] = ()
    regrouped: tuple[Regrouping, ...] = ()
    ideas: tuple[TextChange, ...] = ()
    good_practice: tuple[TextChange, ...] = ()

    @property
    def is_changed(self) -> bool:
        return bool(self.kinds or self.changes or self.regrouped or self.ideas or self.good_practice)


@dataclass(frozen=True)
class ChapterChange:
    """What happened to a chapter, with the words of all its texts."""

    kinds: tuple[Kind, ...]
    old: CatalogueChapter | None
    new: CatalogueChapter | None
    summary: tuple[Run, ...]
    body: tuple[Run, ...]
    signature: tuple[Run, ...]
    amended: tuple[str, ...] = ()

    @property
    def chapter(self) -> CatalogueChapter:
        chapter = self.new or self.old
        assert chapter is not None
        return chapter


@dataclass(frozen=True)
class PlannedChange:
    """A section that was announced for later, or is no more; `has_come`: because it is there now."""

    kinds: tuple[Kind, ...]
    old: PlannedSection | None
    new: PlannedSection | None
    amended: tuple[str, ...] = ()
    has_come: bool = False

    @property
    def section(self) -> PlannedSection:
        section = self.new or self.old
        assert section is not None
        return section


@dataclass(frozen=True)
class Comparison:
    """Section by section in the order of the new catalogue, those that are gone last; what is alike is left out."""

    method: int
    sections: tuple[SectionChanges, ...]
    chapters: tuple[ChapterChange, ...] = ()
    planned: tuple[PlannedChange, ...] = ()
    definitions: tuple[TextChange, ...] = ()

    @property
    def count(self) -> int:
        """How many goals and measures changed; those that were split or merged together count once."""
        return sum(len(each.changes) + len(each.regrouped) for each in self.sections)


def places(catalogue: Catalogue) -> dict[str, Place]:
    """Goals and measures by code, in printed order."""
    return {item.code: Place(item, section) for section in catalogue.sections for item in section.items}


def served(place: Place) -> frozenset[str]:
    return frozenset(place.item.goals) if isinstance(place.item, CatalogueMeasure) else frozenset()
