"""Two wrote at once: what somebody typed, what stands there now, and what both began with, side by side."""

from collections.abc import Sequence
from typing import NamedTuple

from app.concept.comparison import Run, words
from app.texts.models import Text


class ThreeTexts(NamedTuple):
    """`base` is what the writer had before them; `theirs` and `mine` are what became of it, word by word."""

    base: str
    theirs: Sequence[Run]
    mine: Sequence[Run]
    title: str = ""


def three_texts(text: Text | None, seen: int, typed: str, title: str = "") -> ThreeTexts:
    """`seen` is the version somebody began with; where it is none of this text, the present one takes its place."""
    versions = text.versions if text else []
    current = versions[-1].content if versions else ""
    base = next((each.content for each in versions if each.id == seen), current)
    return ThreeTexts(base, words(base, current), words(base, typed), title)
