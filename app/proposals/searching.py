"""Looking for words in contributions, and showing where they stand."""

import re
import unicodedata
from collections.abc import Sequence

from markupsafe import Markup, escape
from sqlalchemy import ColumnElement, exists, or_

from app.proposals.models import Proposal
from app.texts.models import TextVersion

MOST_WORDS = 8
AROUND = " \t\n.,;:!?()[]„“”‚‘’«»‹›\"'`"  # what people type around a word and do not look for
LONG = 420  # characters; a longer text is shown as what stands around the first word found
BEFORE, AFTER = 120, 280


def words_of(search: str) -> list[str]:
    """What is looked for: each word by itself, quotation marks left out, eight at most."""
    words = [word.strip(AROUND) for word in unicodedata.normalize("NFC", search).split()]
    return [word for word in words if word][:MOST_WORDS]


def holds(word: str) -> ColumnElement[bool]:
    """It stands in the text, its German translation, the title or the reference, in capitals or not."""
    in_text = exists().where(
        TextVersion.text_id.in_((Proposal.text_id, Proposal.translation_id)),
        TextVersion.content.icontains(word, autoescape=True),
    )
    in_name = (each.icontains(word, autoescape=True) for each in (Proposal.title, Proposal.reference))
    return or_(in_text, *in_name)


def marked(content: str, words: Sequence[str]) -> Markup:
    """The text with the words found marked; of a long one what stands around the first."""
    if not words:
        return escape(content)
    found = re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)), re.IGNORECASE)
    shown = _around(content, found)
    pieces, last = [], 0
    for hit in found.finditer(shown):
        pieces += [escape(shown[last : hit.start()]), Markup("<mark>%s</mark>") % hit.group()]
        last = hit.end()
    return Markup("").join([*pieces, escape(shown[last:])])


def _around(content: str, found: re.Pattern[str]) -> str:
    hit = found.search(content)
    if len(content) <= LONG or hit is None:
        return content
    start = content.find(" ", hit.start() - BEFORE, hit.start()) + 1 if hit.start() > BEFORE else 0
    stop = content.rfind(" ", hit.end(), hit.end() + AFTER) if hit.end() + AFTER < len(content) else len(content)
    before = "… " if start else ""
    after = " …" if stop < len(content) else ""
    return f"{before}{content[start:stop].strip()}{after}"
