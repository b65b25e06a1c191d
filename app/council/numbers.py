"""Numbers of papers: given outside, free text, usually after one pattern (2016 paper: „2016/114“ after YYYY/NNN)."""

import re

FREE = "frei"  # the setting of a county whose numbers follow no pattern
DIGITS = re.compile(r"([YN]+)")


def follows(number: str, pattern: str) -> bool:
    """As many digits as there are Y, at least as many as there are N; all else as it is written.

    An N takes all digits that follow, and gives none back: whatever the pattern, that is quick.
    """
    if pattern == FREE:
        return True
    parts = DIGITS.split(pattern)
    return bool(re.fullmatch("".join(map(_expression, parts)), number, re.ASCII))


def shown(pattern: str) -> str:
    """For people; nothing where there is none."""
    return "" if pattern == FREE else pattern.replace("Y", "J")


def _expression(part: str) -> str:
    if not DIGITS.fullmatch(part):
        return re.escape(part)
    return rf"\d{{{len(part)},}}+" if "N" in part else rf"\d{{{len(part)}}}"
