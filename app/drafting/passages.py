"""A suggestion in the text it is about, also when that moved on: pure, so that every case can be read and tested."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from app.drafting.models import SuggestionKind

BLANKS = re.compile(r"[ \t]{2,}")
EMPTY_LINES = re.compile(r"\n{3,}")


class Applied(NamedTuple):
    """The present text with the suggestion in it; without it where the passage does not stand there any more."""

    content: str
    is_placed: bool


def apply(
    kind: SuggestionKind, words: str, *, version: str, start: int, stop: int, present: str | None = None
) -> Applied:
    """Put the words in the place of characters of `version`, or behind them; in `present` where that place is now."""
    present = version if present is None else present
    found = place_in(version, start, stop, present)
    if found is None:
        return Applied(present, is_placed=False)
    before, passage, behind = present[: found[0]], present[found[0] : found[1]], present[found[1] :]
    if kind is SuggestionKind.REWORD:
        content = before + words + behind
    elif kind is SuggestionKind.ADD:
        gap = "\n\n" if "\n\n" in present and (not behind or behind.startswith("\n")) else " "
        content = before + passage + gap + words + behind
    else:
        content = _closed(before, behind)
    return Applied(content.strip(), is_placed=True)


def place_in(version: str, start: int, stop: int, present: str) -> tuple[int, int] | None:
    """Where these characters of a version stand in the present text, if all of them stayed as they were."""
    if version == present:
        return start, stop
    for first, second, size in SequenceMatcher(None, version, present, autojunk=False).get_matching_blocks():
        if first <= start and stop <= first + size:
            return start - first + second, stop - first + second
    return None


def _closed(before: str, behind: str) -> str:
    """Without the passage, and without the gap it leaves."""
    joined = f"{before.rstrip(' ')} {behind.lstrip(' ')}" if before.endswith(" ") else before + behind.lstrip(" ")
    return EMPTY_LINES.sub("\n\n", BLANKS.sub(" ", joined.replace(" \n", "\n")))
