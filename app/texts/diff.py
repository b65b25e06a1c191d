"""What changed between two wordings, word by word."""

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

METHOD = 1  # raised when the same two wordings would be compared differently
WORDS = re.compile(r"\s+|[^\s]+")


class Part(NamedTuple):
    kind: Literal["same", "added", "removed"]
    text: str


def compare(before: str, after: str) -> list[Part]:
    """Runs of words: the same, removed, added. Those that are not removed give `after`, those not added `before`."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    parts: list[Part] = []
    for tag, old_start, old_end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(Part("same", "".join(old[old_start:old_end])))
            continue
        if old_end > old_start:
            parts.append(Part("removed", "".join(old[old_start:old_end])))
        if new_end > new_start:
            parts.append(Part("added", "".join(new[new_start:new_end])))
    return parts
