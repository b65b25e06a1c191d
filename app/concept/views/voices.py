"""The contributions behind what a comparison names."""

from app.concept.comparison import Comparison, Kind
from app.proposals.voices import Way, references_behind


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
