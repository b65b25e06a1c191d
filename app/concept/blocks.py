"""What a document is made of: blocks and the words in them, the same for web, PDF and word processors."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class InlineKind(StrEnum):
    TEXT = "text"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    LINK = "link"
    REFERENCE = "reference"  # to a chapter, section, goal or measure; its words are computed
    TERM = "term"  # a word of the glossary
    MARK = "mark"  # what the index leads to, without words
    ANCHOR = "anchor"  # a place that references lead to
    BREAK = "break"


@dataclass(frozen=True)
class Inline:
    """Words. `target` is an address, a code, or the key of a term; `language` stands where it is not the document's."""

    kind: InlineKind = InlineKind.TEXT
    text: str = ""
    target: str = ""
    children: tuple["Inline", ...] = ()
    language: str = ""


Words = tuple[Inline, ...]


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLETS = "bullets"
    NUMBERS = "numbers"
    TABLE = "table"
    PICTURE = "picture"
    CHART = "chart"
    QUOTE = "quote"


@dataclass(frozen=True)
class Bar:
    """One value of a chart."""

    name: str
    value: float
    shown: str


@dataclass(frozen=True)
class Block:
    """A paragraph or more. Which fields count depends on the kind; `anchor` is where references lead."""

    kind: BlockKind
    words: Words = ()
    level: int = 0  # of a heading, within its chapter, from 1
    items: tuple[tuple["Block", ...], ...] = ()  # of lists; a quote has one
    heads: tuple[Words, ...] = ()
    rows: tuple[tuple[Words, ...], ...] = ()
    widths: tuple[float, ...] = ()  # of columns, in parts
    bars: tuple[Bar, ...] = ()
    caption: Words = ()
    key: str = ""  # of a picture in the storage; its number while that is not looked up
    alt: str = ""
    ratio: float = 0.75  # height by width of a picture
    note: Words = ()
    anchor: str = ""
    language: str = ""
    icon: str = ""  # the drawing before a heading, as SVG; it decorates, so word processors leave it out


Blocks = tuple[Block, ...]


def words(text: str, language: str = "") -> Words:
    return (Inline(text=text, language=language),) if text else ()


def paragraph(*inlines: Inline, language: str = "") -> Block:
    return Block(BlockKind.PARAGRAPH, words=inlines, language=language)


def plain(inlines: Iterable[Inline]) -> str:
    """The words without what they mean."""
    return "".join(" " if each.kind is InlineKind.BREAK else each.text + plain(each.children) for each in inlines)


def changed(blocks: Iterable[Block], change: Callable[[Words, Block], Words]) -> Blocks:
    """The blocks with all their words changed, those of lists and tables, too."""
    return tuple(
        replace(
            block,
            words=change(block.words, block),
            items=tuple(changed(item, change) for item in block.items),
            heads=tuple(change(cell, block) for cell in block.heads),
            rows=tuple(tuple(change(cell, block) for cell in row) for row in block.rows),
        )
        for block in blocks
    )


def inlines_of(blocks: Iterable[Block]) -> Iterable[Inline]:
    """All words in reading order, the outer ones before what stands in them."""
    for block in blocks:
        for group in (block.words, *block.heads, *(cell for row in block.rows for cell in row)):
            yield from _nested(group)
        for item in block.items:
            yield from inlines_of(item)


def all_blocks(blocks: Iterable[Block]) -> Iterable[Block]:
    for block in blocks:
        yield block
        for item in block.items:
            yield from all_blocks(item)


def _nested(inlines: Sequence[Inline]) -> Iterable[Inline]:
    for each in inlines:
        yield each
        yield from _nested(each.children)
