"""The second method: also what was split and merged, chapters, ideas, good practice, definitions, planned sections.

Goals and measures are told apart by code, sections and chapters by slug. Ideas and good practice have neither: first
those with the same words are the same, then those of one title and place, then the most alike.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from difflib import SequenceMatcher
from typing import TypeVar

from app.concept.catalogue import (
    Catalogue,
    CatalogueChapter,
    CataloguePractice,
    CatalogueSection,
    PlannedSection,
    Worded,
)
from app.concept.comparison.changes import (
    Change,
    ChapterChange,
    Comparison,
    Kind,
    Place,
    PlannedChange,
    Reasons,
    Regrouping,
    SectionChanges,
    Step,
    TextChange,
    places,
    served,
)
from app.concept.comparison.wording import TOKEN, words, words_by_paragraph
from app.slugs import free_slug

ALIKE = 0.5  # from which share of the same words on two ideas without a name are one that was reworded
# Told by other kinds, or no words of the edition
OF_WORDS = frozenset({"version_id", "digest", "wording", "is_example", "number", "code", "follows", "goals"})
OF_SECTIONS = frozenset({"slug", "title", "number", "goals", "measures", "ideas", "good_practice"})
OF_CHAPTERS = OF_WORDS | {"chapter", "title", "slug", "body", "signature"}
OF_TITLED = OF_WORDS | {"slug", "title"}

Row = CatalogueSection | PlannedSection | Worded
W = TypeVar("W", bound=Worded)


def compare(old: Catalogue, new: Catalogue, reasons: Reasons) -> Comparison:
    before, after = places(old), places(new)
    regrouped = _regrouped(before, after, reasons)
    told = set().union(*(each.codes for each in regrouped))
    codes = [*after, *(code for code in before if code not in after)]
    changes = [_change(code, before.get(code), after.get(code), reasons) for code in codes if code not in told]
    return Comparison(
        method=2,
        sections=tuple(_sections(old, new, [each for each in changes if each.kinds], regrouped)),
        chapters=tuple(_chapters(old.chapters, new.chapters)),
        planned=tuple(_planned(old, new)),
        definitions=tuple(_definitions(old, new)),
    )


def _regrouped(before: dict[str, Place], after: dict[str, Place], reasons: Reasons) -> list[Regrouping]:
    """What came together with what it followed from and is gone; those that hang together are one."""
    ways = {
        code: [each for each in place.item.follows if each in before and each not in after]
        for code, place in after.items()
        if code not in before
    }
    left = {code: olds for code, olds in ways.items() if olds}
    found = []
    while left:
        first = next(iter(left))
        news, olds = {first}, set(left[first])
        while more := {code for code in left if code not in news and not olds.isdisjoint(left[code])}:
            news |= more
            olds |= {each for code in more for each in left[code]}
        old, new = ([code for code in codes if code in those] for codes, those in ((before, olds), (after, news)))
        found.append(_regrouping([before[code] for code in old], [after[code] for code in new], reasons))
        left = {code: each for code, each in left.items() if code not in news}
    return found


def _regrouping(olds: Sequence[Place], news: Sequence[Place], reasons: Reasons) -> Regrouping:
    ways = [(old, new) for new in news for old in olds if old.item.code in new.item.follows]
    out_of, into = Counter(old.item.code for old, _ in ways), Counter(new.item.code for _, new in ways)
    kinds = _that_hold({Kind.SPLIT: max(out_of.values()) > 1, Kind.MERGED: max(into.values()) > 1})
    codes = [place.item.code for place in (*news, *olds)]
    return Regrouping(
        kinds=kinds or (Kind.CONTINUED,),
        old=tuple(olds),
        new=tuple(news),
        steps=tuple(Step(old, new, words(old.item.wording, new.item.wording)) for old, new in ways),
        reasons=tuple(dict.fromkeys(reason for code in codes for reason in reasons.get(code, ()))),
    )


def _change(code: str, old: Place | None, new: Place | None, reasons: Reasons) -> Change:
    amended = _amended(old.item if old else None, new.item if new else None, OF_WORDS)
    return Change(
        code=code,
        kinds=_kinds(old, new, amended),
        old=old,
        new=new,
        words=words(old.item.wording if old else "", new.item.wording if new else ""),
        amended=amended,
        reasons=tuple(reasons.get(code, ())),
    )


def _kinds(old: Place | None, new: Place | None, amended: Sequence[str]) -> tuple[Kind, ...]:
    if old is None or new is None:
        return _come_or_gone(old)
    has_moved = old.section.slug != new.section.slug or served(old) != served(new)
    return _that_hold(
        {
            Kind.REWORDED: old.item.wording != new.item.wording,
            Kind.MOVED: has_moved,
            Kind.RENUMBERED: old.item.number != new.item.number and not has_moved,
            Kind.AMENDED: bool(amended),
        }
    )


def _sections(
    old: Catalogue, new: Catalogue, changes: Sequence[Change], regrouped: Sequence[Regrouping]
) -> Iterator[SectionChanges]:
    moved = _moved([each.slug for each in old.sections], [each.slug for each in new.sections])
    gone = [section for section in old.sections if new.section(section.slug) is None]
    for section in [*new.sections, *gone]:
        before, after = old.section(section.slug), new.section(section.slug)
        amended = _amended(before, after, OF_SECTIONS)
        found = SectionChanges(
            section=section,
            old=before,
            new=after,
            kinds=_section_kinds(before, after, amended, has_moved=section.slug in moved),
            changes=tuple(each for each in changes if each.place.section.slug == section.slug),
            amended=amended,
            regrouped=tuple(each for each in regrouped if each.new[0].section.slug == section.slug),
            ideas=_texts(before.ideas if before else (), after.ideas if after else ()),
            good_practice=_texts(before.good_practice if before else (), after.good_practice if after else ()),
        )
        if found.is_changed:
            yield found


def _section_kinds(
    old: CatalogueSection | None, new: CatalogueSection | None, amended: Sequence[str], *, has_moved: bool
) -> tuple[Kind, ...]:
    if old is None or new is None:
        return _come_or_gone(old)
    return _that_hold(
        {
            Kind.RETITLED: old.title != new.title,
            Kind.MOVED: has_moved,
            Kind.RENUMBERED: old.number != new.number and not has_moved,
            Kind.AMENDED: bool(amended),
        }
    )


def _chapters(old: Sequence[CatalogueChapter], new: Sequence[CatalogueChapter]) -> Iterator[ChapterChange]:
    before, after = _by_slug(old), _by_slug(new)
    moved = _moved(list(before), list(after))
    for key in [*after, *(key for key in before if key not in after)]:
        found = _chapter(before.get(key), after.get(key), has_moved=key in moved)
        if found.kinds:
            yield found


def _by_slug(chapters: Sequence[CatalogueChapter]) -> dict[str, CatalogueChapter]:
    """Documents of format 1 have no slugs: there they are made of the titles."""
    found: dict[str, CatalogueChapter] = {}
    for chapter in chapters:
        found[chapter.slug or free_slug(chapter.title, found.__contains__)] = chapter
    return found


def _chapter(old: CatalogueChapter | None, new: CatalogueChapter | None, *, has_moved: bool) -> ChapterChange:
    before, after = _wordings(old), _wordings(new)
    amended = _amended(old, new, OF_CHAPTERS)
    kinds = _come_or_gone(old)
    if old and new:
        kinds = _that_hold(
            {
                Kind.REWORDED: before != after,
                Kind.RETITLED: old.title != new.title,
                Kind.MOVED: has_moved,
                Kind.RENUMBERED: old.chapter != new.chapter and not has_moved,
                Kind.AMENDED: bool(amended),
            }
        )
    summary, body, signature = (words_by_paragraph(*pair) for pair in zip(before, after, strict=True))
    return ChapterChange(kinds, old, new, summary, body, signature, amended)


def _wordings(chapter: CatalogueChapter | None) -> tuple[str, str, str]:
    if chapter is None:
        return "", "", ""
    body, signature = (each.wording if each else "" for each in (chapter.body, chapter.signature))
    return chapter.wording, body, signature


def _planned(old: Catalogue, new: Catalogue) -> Iterator[PlannedChange]:
    before, after = ({each.slug: each for each in catalogue.planned} for catalogue in (old, new))
    for slug in [*after, *(slug for slug in before if slug not in after)]:
        found = _planned_change(before.get(slug), after.get(slug), has_come=new.section(slug) is not None)
        if found.kinds:
            yield found


def _planned_change(old: PlannedSection | None, new: PlannedSection | None, *, has_come: bool) -> PlannedChange:
    amended = _amended(old, new, OF_TITLED)
    kinds = _come_or_gone(old)
    if old and new:
        kinds = _that_hold({Kind.RETITLED: old.title != new.title, Kind.AMENDED: bool(amended)})
    return PlannedChange(kinds, old, new, amended, has_come=has_come and new is None)


def _definitions(old: Catalogue, new: Catalogue) -> Iterator[TextChange]:
    before, after = ({each.slug: each for each in catalogue.definitions} for catalogue in (old, new))
    for slug in [*after, *(slug for slug in before if slug not in after)]:
        found = _text_change(before.get(slug), after.get(slug))
        if found.kinds:
            yield found


def _texts(old: Sequence[W], new: Sequence[W]) -> tuple[TextChange, ...]:
    found = [_text_change(before, after) for before, after in _paired(old, new)]
    return tuple(each for each in found if each.kinds)


def _text_change(old: Worded | None, new: Worded | None) -> TextChange:
    before, after = old.wording if old else "", new.wording if new else ""
    amended = _amended(old, new, OF_TITLED)
    kinds = _come_or_gone(old)
    if old and new:
        kinds = _that_hold(
            {
                Kind.REWORDED: before != after,
                Kind.RETITLED: _title(old) != _title(new),
                Kind.AMENDED: bool(amended),
            }
        )
    return TextChange(_title(new or old), kinds, old, new, words_by_paragraph(before, after), amended)


def _title(text: Worded | None) -> str:
    return str(getattr(text, "title", ""))


def _paired(old: Sequence[W], new: Sequence[W]) -> list[tuple[W | None, W | None]]:
    """Each text with the one it was, in the order of the new ones; those that are gone last."""
    found: dict[int, W] = {}
    left = dict(enumerate(old))
    for alike in (_are_equal, _have_the_same_words, _have_the_same_name, _are_alike):
        for place, text in enumerate(new):
            match = next((each for each in left if alike(left[each], text)), None)
            if place not in found and match is not None:
                found[place] = left.pop(match)
    return [*((found.get(place), text) for place, text in enumerate(new)), *((each, None) for each in left.values())]


def _are_equal(old: Worded, new: Worded) -> bool:
    return _have_the_same_words(old, new) and not _amended(old, new, OF_WORDS)


def _have_the_same_words(old: Worded, new: Worded) -> bool:
    return old.wording == new.wording


def _have_the_same_name(old: Worded, new: Worded) -> bool:
    if not (isinstance(old, CataloguePractice) and isinstance(new, CataloguePractice)):
        return False
    return (old.title, old.municipality) == (new.title, new.municipality)


def _are_alike(old: Worded, new: Worded) -> bool:
    before, after = TOKEN.findall(old.wording), TOKEN.findall(new.wording)
    return SequenceMatcher(None, before, after, autojunk=False).ratio() >= ALIKE


def _amended(old: Row | None, new: Row | None, told: Iterable[str]) -> tuple[str, ...]:
    """The fields that differ, but for those that are told by other kinds."""
    if old is None or new is None:
        return ()
    names = [each.name for each in fields(new) if each.name not in told]
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))


def _come_or_gone(old: object | None) -> tuple[Kind, ...]:
    return (Kind.ADDED,) if old is None else (Kind.DROPPED,)


def _that_hold(found: dict[Kind, bool]) -> tuple[Kind, ...]:
    return tuple(kind for kind, is_so in found.items() if is_so)


def _moved(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The fewest of those in both that have to be put elsewhere to get from the old order to the new one."""
    common = [key for key in new if key in set(old)]
    ends: list[int] = []  # of the longest rising rows of old places, by their length
    rows: list[list[str]] = []
    for key in common:
        place = old.index(key)
        length = bisect_left(ends, place)
        row = [*(rows[length - 1] if length else []), key]
        ends[length : length + 1], rows[length : length + 1] = [place], [row]
    return set(common) - set(rows[-1] if rows else [])
