"""Slugs: names as they stand in addresses and data files."""

import re
import unicodedata
from collections.abc import Callable

GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
LENGTH = 80


def slugify(name: str) -> str:
    """Lowercase kebab-case in ASCII: „Große Kreisstädte“ becomes `grosse-kreisstaedte`; never empty."""
    german = unicodedata.normalize("NFC", name).lower().translate(GERMAN)
    plain = unicodedata.normalize("NFKD", german).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LENGTH].strip("-") or "ohne-namen"


def in_order(name: str) -> str:
    """By what names are put in the order of a German list: „Öhningen“ before „Orsingen-Nenzingen“ (DIN 5007-2)."""
    return slugify(name)


def free_slug(name: str, is_taken: Callable[[str], bool]) -> str:
    """The slug of the name, with a number behind it where another row has it already."""
    return first_free(slugify(name), is_taken)


def first_free(slug: str, is_taken: Callable[[str], bool]) -> str:
    """The slug itself, or with the first number behind it that nobody has."""
    candidate, number = slug[:LENGTH], 2
    while is_taken(candidate):
        ending = f"-{number}"
        candidate, number = slug[: LENGTH - len(ending)] + ending, number + 1
    return candidate
