"""Whether words seem to name a person: how people are addressed in several languages, addresses, telephone numbers.

A hint for those who read, never more: it misses names without a form of address, and takes some words for names.
"""

import re

BEFORE_A_NAME = (
    *("Herr", "Herrn", "Frau", "Familie", "Doktor", "Dr.", "Prof."),
    *("Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Monsieur", "Madame", "Mme", "Signor", "Signora", "Señor", "Señora"),
    *("Domnul", "Doamna", "Zoti", "Zonja", "Gospodin", "Gospođa", "Pan", "Pani", "Bay", "Bayan"),
    *("пан", "пані", "господин", "госпожа", "السيد", "السيدة", "آقای", "خانم", "ኣቶ", "አቶ", "ወይዘሮ"),
)
AFTER_A_NAME = ("Bey", "Hanım", "Efendi")
WORD = r"[^\W\d_][\w’'-]+"
ADDRESSED = re.compile(
    rf"(?<!\w)(?:(?:{'|'.join(map(re.escape, BEFORE_A_NAME))})\s+(?P<first>{WORD}(?:\s+{WORD})?)"
    rf"|(?P<last>{WORD})\s+(?:{'|'.join(AFTER_A_NAME)})(?!\w))",
    re.IGNORECASE,
)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w/.-])(?:\+|00|0)\d(?:[ /()-]{0,3}\d){5,13}(?!\w)")


def hints_in(content: str) -> list[str]:
    """The words that may say who somebody is, in their order, each once."""
    found = [(match.start(), match.group()) for each in (EMAIL, PHONE) for match in each.finditer(content)]
    found += [(match.start(), _name(match)) for match in ADDRESSED.finditer(content) if _is_name(match)]
    return list(dict.fromkeys(" ".join(words.split()) for _place, words in sorted(found)))


def _is_name(match: re.Match[str]) -> bool:
    """A capital letter, or a script that has none; and a form of address as one writes it."""
    word = match["first"] or match["last"]
    return not word[0].islower()


def _name(match: re.Match[str]) -> str:
    """Without a second word that is none: Frau Beispiel sagt."""
    words = match.group().split()
    return " ".join(words[:-1] if len(words) > 2 and words[-1][0].islower() else words)
