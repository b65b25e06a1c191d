"""What changed between two catalogues: computed for each goal and measure, with the reason that was given."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from app.concept.catalogue import Catalogue, CatalogueGoal, CatalogueMeasure, CatalogueSection

METHOD = (
    1  # of the comparison and its word diff: raised with every change that shows, so that old ones can be explained
)
TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
AMENDABLE = (
    *("duration", "priority", "responsible", "partners", "life_situations", "starts", "ends"),
    *("target_groups", "target", "budget"),
)


class Kind(StrEnum):
    ADDED = "added"
    REWORDED = "reworded"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    AMENDED = "amended"
    DROPPED = "dropped"


class RunKind(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Run:
    """Words that are the same, new or gone."""

    kind: RunKind
    text: str


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
class SectionChanges:
    """A section of either catalogue and what changed in it."""

    section: CatalogueSection
    old: CatalogueSection | None
    new: CatalogueSection | None
    kinds: tuple[Kind, ...]
    changes: tuple[Change, ...]


def compare(old: Catalogue, new: Catalogue, reasons: Mapping[str, Sequence[str]] | None = None) -> list[SectionChanges]:
    """Section by section in the order of the new catalogue, those that are gone last; what is alike is left out."""
    reasons = reasons or {}
    before, after = _places(old), _places(new)
    dropped = [code for code in before if code not in after]
    changes = [_change(code, before.get(code), after.get(code), reasons) for code in [*after, *dropped]]
    gone = [section for section in old.sections if new.section(section.slug) is None]
    found = [
        SectionChanges(
            section=section,
            old=old.section(section.slug),
            new=new.section(section.slug),
            kinds=_section_kinds(old.section(section.slug), new.section(section.slug)),
            changes=tuple(each for each in changes if each.kinds and each.place.section.slug == section.slug),
        )
        for section in [*new.sections, *gone]
    ]
    return [each for each in found if each.kinds or each.changes]


def words(old: str, new: str) -> tuple[Run, ...]:
    """The words that stayed, went and came, in reading order; without those that came it is the old text."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    runs: list[Run] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(Run(RunKind.SAME, "".join(before[i1:i2])))
        else:
            runs.append(Run(RunKind.REMOVED, "".join(before[i1:i2])))
            runs.append(Run(RunKind.ADDED, "".join(after[j1:j2])))
    return tuple(_joined([run for run in runs if run.text]))


def _joined(runs: list[Run]) -> list[Run]:
    """Changes with only a blank between them read as one."""
    result: list[Run] = []
    gone, come = "", ""
    for place, run in enumerate(runs):
        is_gap = run.kind is RunKind.SAME and run.text.isspace() and 0 < place < len(runs) - 1
        if run.kind is RunKind.SAME and not is_gap:
            result += [Run(RunKind.REMOVED, gone), Run(RunKind.ADDED, come), run]
            gone, come = "", ""
        else:
            gone += "" if run.kind is RunKind.ADDED else run.text
            come += "" if run.kind is RunKind.REMOVED else run.text
    result += [Run(RunKind.REMOVED, gone), Run(RunKind.ADDED, come)]
    return [run for run in result if run.text]


def _places(catalogue: Catalogue) -> dict[str, Place]:
    """Goals and measures by code, in printed order."""
    return {item.code: Place(item, section) for section in catalogue.sections for item in section.items}


def _change(code: str, old: Place | None, new: Place | None, reasons: Mapping[str, Sequence[str]]) -> Change:
    amended = _amended(old, new)
    return Change(
        code=code,
        kinds=_kinds(old, new, amended),
        old=old,
        new=new,
        words=words(old.item.wording if old else "", new.item.wording if new else ""),
        amended=amended,
        reasons=tuple(reasons.get(code, ())),
    )


def _kinds(old: Place | None, new: Place | None, amended: tuple[str, ...]) -> tuple[Kind, ...]:
    if old is None or new is None:
        return (Kind.ADDED,) if old is None else (Kind.DROPPED,)
    has_moved = old.section.slug != new.section.slug or _served(old) != _served(new)
    found = {
        Kind.REWORDED: old.item.wording != new.item.wording,
        Kind.MOVED: has_moved,
        Kind.RENUMBERED: old.item.number != new.item.number and not has_moved,
        Kind.AMENDED: bool(amended),
    }
    return tuple(kind for kind, is_so in found.items() if is_so)


def _served(place: Place) -> frozenset[str]:
    return frozenset(place.item.goals) if isinstance(place.item, CatalogueMeasure) else frozenset()


def _amended(old: Place | None, new: Place | None) -> tuple[str, ...]:
    if old is None or new is None or not isinstance(new.item, CatalogueMeasure):
        return ()
    return tuple(name for name in AMENDABLE if getattr(old.item, name) != getattr(new.item, name))


def _section_kinds(old: CatalogueSection | None, new: CatalogueSection | None) -> tuple[Kind, ...]:
    if old is None or new is None:
        return (Kind.ADDED,) if old is None else (Kind.DROPPED,)
    found = {Kind.REWORDED: old.title != new.title, Kind.RENUMBERED: old.number != new.number}
    return tuple(kind for kind, is_so in found.items() if is_so)
