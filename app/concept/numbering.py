"""Numbers of editions: 1.0, 1.1, 2.0, and 1.1.1 for a correction of 1.1."""

import re
from collections.abc import Iterable
from typing import NamedTuple

NUMBER = re.compile(r"\d+(\.\d+){0,2}", re.ASCII)


class Suggestions(NamedTuple):
    """What the next number may be."""

    minor: str
    major: str


def is_number(number: str) -> bool:
    return NUMBER.fullmatch(number) is not None


def place(number: str) -> tuple[int, ...]:
    """The order of numbers: 1.9 before 1.10, 1.1 before 1.1.1; what is no number comes first."""
    return tuple(map(int, number.split("."))) if is_number(number) else ()


def last_of(taken: Iterable[str]) -> str:
    """The highest one; empty where there is none."""
    return max(taken, key=place, default="")


def suggested(taken: Iterable[str]) -> Suggestions:
    """After the highest one; 1.0 is the first."""
    last = last_of(taken)
    if not last:
        return Suggestions("1.0", "1.0")
    major, minor, *_correction = (*place(last), 0, 0)
    return Suggestions(f"{major}.{minor + 1}", f"{major + 1}.0")


def corrected(number: str, taken: Iterable[str]) -> str:
    """The number of the next correction of an edition."""
    major, minor, last, *_rest = (*place(number), 0, 0, 0)
    known = set(taken)
    return next(each for n in range(last + 1, last + 1000) if (each := f"{major}.{minor}.{n}") not in known)
