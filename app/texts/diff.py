"""What changed between two wordings, word by word."""

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

METHOD = 1  # raised when the same two wordings would be compared differently
WORDS = re.compile(r"\s+|[^\s]+")


class Part(NamedTuple):
    kind: Literal["same", "added", "removed"]
    text: str


KEPT_WORDS = 2  # fewer unchanged words between two changes are shown as changed: single words left standing confuse


def compare(before: str, after: str) -> list[Part]:
    """Runs of words: the same, removed, added. Those that are not removed give `after`, those not added `before`."""
    parts: list[Part] = []
    for removed, added, same in _runs(WORDS.findall(before), WORDS.findall(after)):
        parts += [Part("removed", removed)] if removed else []
        parts += [Part("added", added)] if added else []
        parts += [Part("same", same)] if same else []
    return parts


def _runs(old: list[str], new: list[str]) -> list[tuple[str, str, str]]:
    """What was removed, what was added in its place, and the same words that follow."""
    runs: list[tuple[str, str, str]] = []
    removed = added = ""
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (tag, old_start, old_end, new_start, new_end) in enumerate(opcodes):
        taken, given = "".join(old[old_start:old_end]), "".join(new[new_start:new_end])
        is_between = 0 < number < len(opcodes) - 1
        if tag == "equal" and not (is_between and len(taken.split()) < KEPT_WORDS):
            runs.append((removed, added, taken))
            removed = added = ""
        else:
            removed, added = removed + taken, added + given
    return [*runs, (removed, added, "")]
