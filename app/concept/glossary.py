"""Words of the glossary where they stand in texts: they lead to what they mean, and the index finds them."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from app.concept.blocks import Block, BlockKind, Blocks, Inline, InlineKind, Words, changed

ENDINGS = "(?:n|en|e|s|es|er|ern)?"  # of German words: "Maßnahmen", "des Handlungsfelds"
UNTOUCHED = frozenset({InlineKind.LINK, InlineKind.REFERENCE, InlineKind.TERM})


def linked(blocks: Blocks, terms: Collection[str]) -> Blocks:
    """Each word of the glossary marked where it stands first below a heading; headings stay as they are."""
    if not terms:
        return blocks
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, sorted(terms, key=len, reverse=True)))}){ENDINGS}\b")
    met: set[str] = set()

    def mark(each: Inline) -> Iterator[Inline]:
        if each.children and each.kind not in UNTOUCHED:
            yield replace(each, children=tuple(found for child in each.children for found in mark(child)))
        elif each.kind is InlineKind.TEXT and not each.language:
            yield from _split(each.text, pattern, met)
        else:
            yield each

    def change(words: Words, block: Block) -> Words:
        if block.kind is BlockKind.HEADING:
            met.clear()
            return words
        return tuple(found for each in words for found in mark(each))

    return changed(blocks, change)


def _split(text: str, pattern: re.Pattern[str], met: set[str]) -> Iterator[Inline]:
    place = 0
    for match in pattern.finditer(text):
        if match[1] in met:
            continue
        met.add(match[1])
        if place < match.start():
            yield Inline(text=text[place : match.start()])
        yield Inline(InlineKind.TERM, text=match[0], target=match[1])
        place = match.end()
    if place < len(text):
        yield Inline(text=text[place:])
