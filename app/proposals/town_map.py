"""A picture of the county: each municipality where it lies, its circle as large as what was said about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import cos, radians, sqrt
from typing import NamedTuple

from app.structures.models import Municipality

WIDTH = 640
MARGIN = 36  # for the largest circle at the edge
SMALLEST, LARGEST = 9, 26  # radius of one contribution, and of the most
DOT = 3  # nothing was said about it yet
LETTER, TOLD_LETTER, LINE = 8, 10.5, 18  # what a letter of a name takes; more where something was said


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True)
class Place:
    """Where a municipality is drawn. A name without room is left to the table beside the picture."""

    municipality: Municipality
    times: int
    x: float
    y: float
    radius: float
    label: Box | None
    anchor: str = "start"  # at which end of the name the circle lies

    @property
    def label_x(self) -> float:
        assert self.label is not None, "asked of those with a name only"
        ends = {"start": self.label.left, "end": self.label.right}
        return round(ends.get(self.anchor, (self.label.left + self.label.right) / 2), 1)

    @property
    def box(self) -> Box:
        return Box(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)


@dataclass(frozen=True)
class TownMap:
    width: int
    height: int
    places: Sequence[Place]  # the largest first, so that a small circle lies upon a large one

    @property
    def named(self) -> Sequence[Place]:
        return [place for place in self.places if place.label is not None]


def draw(municipalities: Sequence[Municipality], counts: Mapping[int | None, int]) -> TownMap:
    """Degrees become lengths as they are in the middle of the county: over 50 km nobody sees the difference."""
    if not municipalities:
        return TownMap(WIDTH, 0, ())
    stretch = cos(radians(sum(each.latitude for each in municipalities) / len(municipalities)))
    west = min(each.longitude for each in municipalities)
    north = max(each.latitude for each in municipalities)
    across = (max(each.longitude for each in municipalities) - west) * stretch or 1
    scale = (WIDTH - 2 * MARGIN) / across
    depth = (north - min(each.latitude for each in municipalities)) * scale
    most = max((counts.get(each.id, 0) for each in municipalities), default=0)
    places = [
        Place(
            each,
            counts.get(each.id, 0),
            round(MARGIN + (each.longitude - west) * stretch * scale, 1),
            round(MARGIN + (north - each.latitude) * scale, 1),
            _radius(counts.get(each.id, 0), most),
            None,
        )
        for each in municipalities
    ]
    places.sort(key=lambda place: (-place.times, -place.municipality.population))
    return TownMap(WIDTH, round(depth) + 2 * MARGIN, _with_names(places))


def _radius(times: int, most: int) -> float:
    """The area tells how many, not the width."""
    if not times:
        return DOT
    return round(SMALLEST + (LARGEST - SMALLEST) * sqrt(times / most), 1)


def _with_names(places: Sequence[Place]) -> list[Place]:
    """Each name beside its circle where it covers no other; the most said about comes first."""
    taken = [place.box for place in places]
    named = []
    for place in places:
        own = place.box
        free = (
            (box, anchor)
            for box, anchor in _around(place)
            if box.left >= 0 and box.right <= WIDTH and not any(box.overlaps(other) for other in taken if other != own)
        )
        label, anchor = next(free, (None, "start"))
        if label is not None:
            taken.append(label)
        named.append(replace(place, label=label, anchor=anchor))
    return named


def _around(place: Place) -> Sequence[tuple[Box, str]]:
    """Right, left, below, above."""
    letter = TOLD_LETTER if place.times else LETTER
    width, reach = len(place.municipality.name) * letter, place.radius + 4
    right = Box(place.x + reach, place.y - LINE / 2, place.x + reach + width, place.y + LINE / 2)
    left = Box(place.x - reach - width, right.top, place.x - reach, right.bottom)
    below = Box(place.x - width / 2, place.y + reach, place.x + width / 2, place.y + reach + LINE)
    above = Box(below.left, place.y - reach - LINE, below.right, place.y - reach)
    return (right, "start"), (left, "end"), (below, "middle"), (above, "middle")
