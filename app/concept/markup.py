"""The Markdown of chapters: headings, lists, tables, pictures, and references like [[Z-017]] or [[kapitel:wozu]].

What somebody typed becomes blocks and never HTML or Typst. A picture stands by itself: `![Was zu sehen ist](bild:7)`.
A line `Tabelle: ...` above a table is its title.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from app.concept.blocks import Block, BlockKind, Blocks, Inline, InlineKind, Words, all_blocks, inlines_of, plain, words

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
REFERENCE = re.compile(r"\[\[([^\[\]\n]{1,80})\]\]")
CHAPTER_BY_NUMBER = re.compile(r"\[\[kapitel:(\d{1,3})\]\]")
PICTURE = re.compile(r"bild:(\d{1,9})")
ADDRESS = re.compile(r"(?:https?://|mailto:|/(?!/))\S+")
TITLE = re.compile(r"Tabelle:\s+(.+)", re.DOTALL)
MOST_LEVELS = 3
SPANS = {"strong": InlineKind.STRONG, "em": InlineKind.EMPHASIS}
LISTS = {"bullet_list": BlockKind.BULLETS, "ordered_list": BlockKind.NUMBERS}


@dataclass(frozen=True)
class Known:
    """What a body may name: codes and the like it may refer to, numbers of pictures."""

    targets: Collection[str]
    pictures: Collection[str]


def parse(body: str) -> Blocks:
    """The blocks of a body; headings count from 1 and leave out no level."""
    root = SyntaxTreeNode(MARKDOWN.parse(body))
    return _levelled(_titled(list(_blocks(root.children))))


def settle(body: str, chapters: Mapping[int, str]) -> str:
    """Chapters that are referred to by number, by what stays when they move: `chapters` gives the slugs."""

    def named(match: re.Match[str]) -> str:
        slug = chapters.get(int(match[1]))
        return f"[[kapitel:{slug}]]" if slug else match[0]

    return CHAPTER_BY_NUMBER.sub(named, body)


def problems(body: str, known: Known) -> list[str]:
    """A sentence for each thing that cannot be printed; none when all is well."""
    blocks = parse(body)
    return list(dict.fromkeys([*_of_references(blocks, known.targets), *_of_pictures(body, blocks, known.pictures)]))


def targets_of(blocks: Blocks) -> list[str]:
    """What is referred to, each once."""
    found = (each.target for each in inlines_of(blocks) if each.kind is InlineKind.REFERENCE)
    return list(dict.fromkeys(found))


def pictures_of(blocks: Blocks) -> list[str]:
    """The numbers of the pictures shown."""
    return [block.key for block in all_blocks(blocks) if block.kind is BlockKind.PICTURE]


def _of_references(blocks: Blocks, targets: Collection[str]) -> Iterator[str]:
    for target in targets_of(blocks):
        if target not in targets:
            yield _("Worauf [[%(target)s]] verweist, steht nicht in der Arbeitsfassung.", target=target)


def _of_pictures(body: str, blocks: Blocks, numbers: Collection[str]) -> Iterator[str]:
    for block in all_blocks(blocks):
        if block.kind is not BlockKind.PICTURE:
            continue
        if not block.alt.strip():
            yield _(
                "Beschreiben Sie, was auf dem Bild %(number)s zu sehen ist: ![Beschreibung](bild:%(number)s).",
                number=block.key,
            )
        if block.key not in numbers:
            yield _("Ein Bild mit der Nummer %(number)s gibt es nicht.", number=block.key)
    shown = len(pictures_of(blocks))
    if len([node for node in SyntaxTreeNode(MARKDOWN.parse(body)).walk() if node.type == "image"]) > shown:
        yield _("Ein Bild steht in einem Absatz für sich und heißt ![Beschreibung](bild:Nummer).")


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> Iterator[Block]:
    for node in nodes:
        yield from _block(node)


def _block(node: SyntaxTreeNode) -> Iterator[Block]:
    if node.type == "heading":
        yield Block(BlockKind.HEADING, words=_words(node), level=int(node.tag[1]))
    elif node.type == "paragraph":
        yield _picture(node) or Block(BlockKind.PARAGRAPH, words=_words(node))
    elif node.type in LISTS:
        yield Block(LISTS[node.type], items=tuple(tuple(_blocks(item.children)) for item in node.children))
    elif node.type == "table":
        yield _table(node)
    elif node.type == "blockquote":
        yield Block(BlockKind.QUOTE, items=(tuple(_blocks(node.children)),))
    elif node.content.strip():  # code: nobody prints any, but no word is lost
        yield Block(BlockKind.PARAGRAPH, words=(Inline(text=node.content.strip()),))


def _picture(node: SyntaxTreeNode) -> Block | None:
    """The picture a paragraph consists of."""
    [inline] = node.children
    if [child.type for child in inline.children] != ["image"]:
        return None
    image = inline.children[0]
    match = PICTURE.fullmatch(str(image.attrs.get("src", "")))
    if match is None:
        return None
    caption = str(image.attrs.get("title", ""))
    return Block(BlockKind.PICTURE, key=match[1], alt=image.content, caption=words(caption))


def _table(node: SyntaxTreeNode) -> Block:
    rows = [tuple(_words(cell) for cell in row.children) for part in node.children for row in part.children]
    return Block(BlockKind.TABLE, heads=rows[0], rows=tuple(rows[1:]))


def _words(node: SyntaxTreeNode) -> Words:
    inlines = node.children[0].children if node.children else []
    return tuple(each for inline in inlines for each in _inlines(inline))


def _inlines(node: SyntaxTreeNode) -> Iterator[Inline]:
    if node.type == "text":
        yield from _text(node.content)
    elif node.type in SPANS:
        yield Inline(SPANS[node.type], children=_inside(node))
    elif node.type == "link":
        address = str(node.attrs.get("href", ""))
        is_safe = ADDRESS.fullmatch(address)
        yield Inline(InlineKind.LINK if is_safe else InlineKind.TEXT, target=address, children=_inside(node))
    elif node.type == "hardbreak":
        yield Inline(InlineKind.BREAK)
    elif node.type == "softbreak":
        yield Inline(text=" ")
    else:
        yield Inline(text=node.content)


def _inside(node: SyntaxTreeNode) -> Words:
    return tuple(each for child in node.children for each in _inlines(child))


def _text(text: str) -> Iterator[Inline]:
    """Text and the references in it."""
    place = 0
    for match in REFERENCE.finditer(text):
        if place < match.start():
            yield Inline(text=text[place : match.start()])
        yield Inline(InlineKind.REFERENCE, target=match[1].strip())
        place = match.end()
    if place < len(text):
        yield Inline(text=text[place:])


def _titled(blocks: Sequence[Block]) -> list[Block]:
    """Tables with the title that stands above them."""
    result: list[Block] = []
    for block in blocks:
        above = TITLE.fullmatch(plain(result[-1].words)) if result else None
        if block.kind is BlockKind.TABLE and above and result[-1].kind is BlockKind.PARAGRAPH:
            result[-1] = replace(block, caption=words(above[1]))
        else:
            result.append(block)
    return result


def _levelled(blocks: Sequence[Block]) -> Blocks:
    """Headings with levels from 1 that skip none, however they were typed."""
    used = sorted({block.level for block in blocks if block.kind is BlockKind.HEADING})
    result, before = [], 0
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            before = min(used.index(block.level) + 1, before + 1, MOST_LEVELS)
            result.append(replace(block, level=before))
        else:
            result.append(block)
    return tuple(result)
