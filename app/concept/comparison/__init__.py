"""What changed between two catalogues: computed, never typed, with the reasons that were given.

Each frozen edition holds the method that was in use when it was cut. Two are compared by the method of the younger one,
so that a comparison stays as it was; whatever would show otherwise gets the next number (app/concept/catalogue.METHOD).
"""

from collections.abc import Callable

from app.concept.catalogue import Catalogue
from app.concept.comparison import first, second
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
)
from app.concept.comparison.wording import Run, RunKind, words, words_by_paragraph

__all__ = [
    "METHODS",
    "Change",
    "ChapterChange",
    "Comparison",
    "Kind",
    "Place",
    "PlannedChange",
    "Regrouping",
    "Run",
    "RunKind",
    "SectionChanges",
    "Step",
    "TextChange",
    "compare",
    "words",
    "words_by_paragraph",
]

METHODS: dict[int, Callable[[Catalogue, Catalogue, Reasons], Comparison]] = {1: first.compare, 2: second.compare}


def compare(old: Catalogue, new: Catalogue, reasons: Reasons | None = None, *, method: int | None = None) -> Comparison:
    """By the method of the new one, unless another of METHODS is asked for."""
    return METHODS[method or new.comparison](old, new, reasons or {})
