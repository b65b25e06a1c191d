"""Finding words in a text as people write them down: however they are spaced and broken into lines."""

import re
from collections.abc import Collection

from app.texts import services as texts
from app.texts.services import BLACKENED


def pattern_of(passage: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    words = texts.normalize(passage).split()
    return re.compile(r"\s+".join(re.escape(word) for word in words) or r"(?!)", flags)


def whole_hits(pattern: re.Pattern[str], content: str) -> list[tuple[int, int]]:
    """Where the words stand by themselves, not inside others."""
    return [
        (start, stop)
        for start, stop in (match.span() for match in pattern.finditer(content))
        if not (content[max(start - 1, 0) : start].isalnum() and content[start].isalnum())
        and not (content[stop : stop + 1].isalnum() and content[stop - 1].isalnum())
    ]


def hits(pattern: re.Pattern[str], content: str) -> list[tuple[int, int]]:
    """Where the words stand by themselves; where they never do, also inside others."""
    return whole_hits(pattern, content) or [match.span() for match in pattern.finditer(content)]


def ranges(patterns: Collection[re.Pattern[str]], content: str) -> list[tuple[int, int]]:
    """What is to be blackened, each character once."""
    joined: list[tuple[int, int]] = []
    for start, stop in sorted(hit for pattern in patterns for hit in hits(pattern, content)):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined


def blackened(patterns: Collection[re.Pattern[str]], content: str) -> str:
    for start, stop in ranges(patterns, content):
        content = content[:start] + BLACKENED * (stop - start) + content[stop:]
    return content
