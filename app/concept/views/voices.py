"""What stands behind the changes a comparison names: contributions, and suggestions to a draft."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from app.concept.catalogue import Worded
from app.concept.comparison import Comparison, Kind
from app.drafting.models import Suggestion
from app.drafting.queries import taken_in_between, taken_into
from app.proposals.voices import Way, references_behind
from app.texts.models import Text


class Behind(NamedTuple):
    """What a version of a text took in: contributions by reference, suggestions to a draft."""

    references: Sequence[str]
    suggestions: Sequence[Suggestion]


def behind_each_version(text: Text) -> dict[int, Behind]:
    """By version."""
    versions = [None, *text.versions]
    ways = {str(each.id): Way(before.id if before else None, each.id) for before, each in pairwise(versions) if each}
    references = references_behind(ways)
    taken: dict[int, list[Suggestion]] = {}
    for suggestion in taken_into([text.id]):
        if suggestion.disposition and suggestion.disposition.version_id:
            taken.setdefault(suggestion.disposition.version_id, []).append(suggestion)
    return {each.id: Behind(references[str(each.id)], taken.get(each.id, ())) for each in text.versions}


def voices_behind(found: Comparison) -> dict[str, list[str]]:
    """References by the code of each goal and measure that is new or reworded."""
    ways = {}
    for each in found.sections:
        for change in each.changes:
            if change.new and {Kind.ADDED, Kind.REWORDED}.intersection(change.kinds):
                before = change.old.item.version_id if change.old else None
                ways[change.code] = Way(before, change.new.item.version_id)
        for group in each.regrouped:
            ways |= {place.item.code: Way(None, place.item.version_id) for place in group.new}
    return references_behind(ways) if ways else {}


def suggestions_behind(found: Comparison) -> dict[int, list[Suggestion]]:
    """Those that were taken in on the way, by the version of the new wording."""
    ways = {new.version_id: old.version_id if old else None for old, new in _reworded(found) if new and new != old}
    return taken_in_between(ways) if ways else {}


def _reworded(found: Comparison) -> Iterator[tuple[Worded | None, Worded | None]]:
    """Each text that is named, before and after."""
    for each in found.sections:
        for change in each.changes:
            yield change.old.item if change.old else None, change.new.item if change.new else None
        yield from ((None, place.item) for group in each.regrouped for place in group.new)
        yield from ((text.old, text.new) for text in (*each.ideas, *each.good_practice))
    yield from ((text.old, text.new) for text in found.definitions)
    for chapter in found.chapters:
        yield chapter.old, chapter.new
        yield chapter.old.body if chapter.old else None, chapter.new.body if chapter.new else None
