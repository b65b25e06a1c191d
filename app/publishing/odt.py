"""A document for LibreOffice: real headings, tables with header rows, lists, pictures with words, languages."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from tempfile import NamedTemporaryFile

import odfdo
from odfdo import TOC, Element, Frame, Header, Paragraph, Style

from app import storage
from app.concept.blocks import Block, BlockKind, Inline, InlineKind, Words, words
from app.db import now
from app.languages import SOURCE
from app.publishing.document import Document, Entry

BOLD, ITALIC, GERMAN = "Fett", "Nebensache", "Deutsch"
SPANS = {InlineKind.STRONG: BOLD, InlineKind.EMPHASIS: ITALIC}
LISTS = {BlockKind.BULLETS: "List_20_1", BlockKind.NUMBERS: "Numbering_20_1"}
PICTURE_WIDTH = 15.0  # centimetres
RIGHT_TO_LEFT = "rtl"


def document_odt(document: Document, *, at: datetime | None = None) -> bytes:
    """The same content as the PDF; contents and page numbers are LibreOffice's own. `at`: when the edition was cut."""
    file = io.BytesIO()
    odt = _Writer(document).odt
    odt.meta.creation_date = odt.meta.date = at or now()  # not that of the template it was begun from
    odt.save(file)
    return file.getvalue()


class _Writer:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.labels = dict(document.labels)
        self.tables = 0
        self.odt = odfdo.Document("text")
        self.body = self.odt.body
        self.body.clear()
        self._set_up()
        self._front()
        for part in document.parts:
            self._heading(1, (*words(f"{part.number} ".lstrip()), part.title))
            self._paragraph(self.body, part.summary, "Subtitle")
            self._blocks(self.body, part.blocks)
        self._back()

    def _set_up(self) -> None:
        meta = self.odt.meta
        meta.title = self.document.full_title
        meta.language = self.document.language
        for style in self.odt.styles.get_elements("//style:default-style/style:text-properties"):
            style.set_attribute("fo:language", self.document.language)
            style.set_attribute("fo:country", "none")
            style.set_attribute("style:language-complex", self.document.language)
            style.set_attribute("style:country-complex", "none")
        self.odt.insert_style(Style("text", name=BOLD, bold=True), automatic=True)
        self.odt.insert_style(Style("text", name=ITALIC, italic=True), automatic=True)
        german = Style("text", name=GERMAN)
        german.set_properties({"fo:language": SOURCE, "fo:country": "DE"}, area="text")
        self.odt.insert_style(german, automatic=True)
        if self.document.direction == RIGHT_TO_LEFT:
            for style in self.odt.styles.get_elements("//style:default-style/style:paragraph-properties"):
                style.set_attribute("style:writing-mode", "rl-tb")

    def _front(self) -> None:
        self._paragraph(self.body, (self.document.title,), "Title")
        if self.document.kind:
            self._paragraph(self.body, self.document.kind)
        for line in (self.document.edition, *self.document.notes):
            self._paragraph(self.body, (line,))
        if len(self.document.parts) > 1:
            self.body.append(TOC(title=self.labels["contents"].text, outline_level=2))

    def _back(self) -> None:
        if self.document.glossary:
            self._heading(1, (self.labels["glossary"],))
            for entry in self.document.glossary:
                self._paragraph(self.body, (*_entry(entry), *entry.plain))
                if entry.easy:
                    self._paragraph(self.body, self.document.easy_of(entry))
        self._heading(1, (self.labels["imprint"],))
        for name, value in self.document.facts:
            self._paragraph(self.body, (*_strong(name, *words(": ")), *value))

    def _blocks(self, place: Element, blocks: Iterable[Block], style: str = "") -> None:
        for block in blocks:
            if block.kind is BlockKind.HEADING:
                self._heading(block.level + 1, block.words, block.anchor, block.language)
            elif block.kind is BlockKind.PARAGRAPH:
                self._paragraph(place, block.words, style, language=block.language)
            elif block.kind in LISTS:
                self._list(place, block)
            elif block.kind is BlockKind.QUOTE:
                self._blocks(place, block.items[0], "Quotations")
            elif block.kind is BlockKind.TABLE:
                self._table(place, block)
            elif block.kind is BlockKind.PICTURE:
                self._picture(place, block)
            elif block.kind is BlockKind.CHART:  # the table that follows holds the same values
                self._paragraph(place, words(block.alt), "Caption")

    def _heading(self, level: int, inlines: Words, anchor: str = "", language: str = "") -> None:
        header = Header(level, style=f"Heading_20_{level}")
        if anchor:
            header.append(_element("text:bookmark", {"text:name": anchor}))
        _write(header, inlines, language)
        self.body.append(header)

    def _paragraph(self, place: Element, inlines: Words, style: str = "", *, language: str = "") -> None:
        paragraph = Paragraph(style=style or "Text_20_body")
        _write(paragraph, inlines, language)
        place.append(paragraph)

    def _list(self, place: Element, block: Block) -> None:
        listed = _element("text:list", {"text:style-name": LISTS[block.kind]})
        for item in block.items:
            entry = _element("text:list-item", {})
            self._blocks(entry, item)
            listed.append(entry)
        place.append(listed)

    def _table(self, place: Element, block: Block) -> None:
        if block.caption:
            self._paragraph(place, block.caption, "Caption")
        self.tables += 1
        table = _element("table:table", {"table:name": f"Tabelle {self.tables}"})
        table.append(_element("table:table-column", {"table:number-columns-repeated": str(len(block.heads))}))
        head = _element("table:table-header-rows", {})
        head.append(self._row([_strong(*cell) for cell in block.heads]))
        table.append(head)
        for row in block.rows:
            table.append(self._row(row))
        place.append(table)

    def _row(self, cells: Sequence[Words]) -> Element:
        row = _element("table:table-row", {})
        for inlines in cells:
            cell = _element("table:table-cell", {"office:value-type": "string"})
            self._paragraph(cell, inlines)
            row.append(cell)
        return row

    def _picture(self, place: Element, block: Block) -> None:
        try:
            content = storage.read(block.key)
        except storage.FileMissing:
            self._paragraph(place, words(block.alt))
            return
        with NamedTemporaryFile(suffix=".jpg") as file:
            file.write(content)
            file.flush()
            address = self.odt.add_file(file.name)
        size = (f"{PICTURE_WIDTH}cm", f"{PICTURE_WIDTH * block.ratio:.2f}cm")
        frame = Frame.image_frame(address, size=size, anchor_type="as-char")
        description = Element.from_tag("svg:desc")
        description.text = block.alt
        frame.append(description)
        paragraph = Paragraph(style="Text_20_body")
        paragraph.append(frame)
        place.append(paragraph)
        self._paragraph(place, block.caption, "Caption")


def _write(element: Element, inlines: Iterable[Inline], language: str = "") -> None:
    for each in inlines:
        if each.kind is InlineKind.BREAK:
            element.append(_element("text:line-break", {}))
        elif each.kind is InlineKind.ANCHOR:
            element.append(_element("text:bookmark", {"text:name": each.target}))
        else:
            spoken = each.language or language
            span = _element("text:span", {"text:style-name": GERMAN if spoken == SOURCE else SPANS.get(each.kind, "")})
            span.append(each.text)
            _write(span, each.children, language)
            if each.kind is InlineKind.LINK:
                span.append(f" ({each.target})")
            element.append(span)


def _entry(entry: Entry) -> tuple[Inline, ...]:
    """The word, with the German one behind it where it is another."""
    german = (Inline(text=f" ({entry.term})", language=SOURCE),) if entry.name.text != entry.term else ()
    return (Inline(InlineKind.STRONG, children=(entry.name, *german, Inline(text=": "))),)


def _strong(*children: Inline) -> Words:
    return (Inline(InlineKind.STRONG, children=children),)


def _element(tag: str, attributes: dict[str, str]) -> Element:
    element = Element.from_tag(tag)
    for name, value in attributes.items():
        if value:
            element.set_attribute(name, value)
    return element
