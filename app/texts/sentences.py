"""The sentences of a statement, to be ticked: where each begins and ends."""

import re
from itertools import pairwise
from typing import NamedTuple

END = re.compile(r"(?<=[.!?؟…。])[\"“»”)]*\s+|\n+")


class Sentence(NamedTuple):
    start: int
    end: int
    text: str


def split(content: str) -> list[Sentence]:
    """In order, without the white space between them; a text without a full stop is one sentence."""
    cuts = [0, *(match.end() for match in END.finditer(content)), len(content)]
    found = []
    for start, end in pairwise(cuts):
        text = content[start:end].strip()
        if text:
            begin = content.index(text, start)
            found.append(Sentence(begin, begin + len(text), text))
    return found
