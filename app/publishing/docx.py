"""A document for Word: real headings, tables with header rows, lists, alternative texts, the language of each word."""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from app import storage
from app.concept.blocks import Block, BlockKind, Inline, InlineKind, plain, words
from app.db import now
from app.languages import SOURCE
from app.publishing.document import Document, Entry

RIGHT_TO_LEFT = "rtl"
PICTURE_WIDTH = Cm(15)
LISTS = {BlockKind.BULLETS: "List Bullet", BlockKind.NUMBERS: "List Number"}
Place = Docx | _Cell


def document_docx(document: Document, *, at: datetime | None = None) -> bytes:
    """The same content as the PDF; page numbers and contents are Word's own. `at` is when the edition was cut."""
    file = io.BytesIO()
    docx = _Writer(document).docx
    _without_traces(docx, at)
    docx.save(file)
    return file.getvalue()


def _without_traces(docx: Docx, at: datetime | None) -> None:
    """Neither remark, day nor preview of the template it was begun from."""
    properties = docx.core_properties
    properties.comments = ""
    properties.created = properties.modified = (at or now()).astimezone(UTC).replace(tzinfo=None)
    for number, relation in list(docx.part.package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del docx.part.package.rels[number]


class _Writer:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.labels = dict(document.labels)
        self.anchors = 0
        self.docx = docx.Document()
        self._set_up()
        self._front()
        for part in document.parts:
            self._heading(1, (*words(f"{part.number} ".lstrip()), part.title), part.anchor)
            if part.summary:
                self._paragraph(self.docx, part.summary, style="Subtitle")
            self._blocks(self.docx, part.blocks)
        self._back()

    def _set_up(self) -> None:
        properties = self.docx.core_properties
        properties.title = self.document.full_title
        properties.language, properties.author = (
            self.document.language,
            plain(dict(self.document.facts).get(self.labels["publisher"], ())),
        )
        fonts = self.docx.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
        for old in fonts.findall(qn("w:lang")):
            fonts.remove(old)
        fonts.append(_element("w:lang", val=self.document.language, bidi=self.document.language))

    def _front(self) -> None:
        self._paragraph(self.docx, (self.document.title,), style="Title")
        if self.document.kind:
            self._paragraph(self.docx, self.document.kind)
        for line in (self.document.edition, *self.document.notes):
            self._paragraph(self.docx, (line,))
        if len(self.document.parts) > 1:
            self._paragraph(self.docx, (self.labels["contents"],), style="TOC Heading")
            self._field('TOC \\o "1-2" \\h')

    def _back(self) -> None:
        if self.document.glossary:
            self._heading(1, (self.labels["glossary"],))
            for entry in self.document.glossary:
                self._paragraph(self.docx, (*_entry(entry), *entry.plain), anchor=f"begriff-{entry.term}")
                if entry.easy:
                    self._paragraph(self.docx, self.document.easy_of(entry))
        self._heading(1, (self.labels["imprint"],))
        for name, value in self.document.facts:
            self._paragraph(self.docx, (*_strong(name, *words(": ")), *value))

    def _blocks(self, place: Place, blocks: Iterable[Block], style: str = "") -> None:
        for block in blocks:
            if block.kind is BlockKind.HEADING:
                self._heading(block.level + 1, block.words, block.anchor, block.language)
            elif block.kind is BlockKind.PARAGRAPH:
                self._paragraph(place, block.words, style=style, language=block.language)
            elif block.kind in LISTS:
                for item in block.items:
                    self._blocks(place, item, LISTS[block.kind])
            elif block.kind is BlockKind.QUOTE:
                self._blocks(place, block.items[0], "Intense Quote")
            elif block.kind is BlockKind.TABLE:
                self._table(block)
            elif block.kind is BlockKind.PICTURE:
                self._picture(block)
            elif block.kind is BlockKind.CHART:  # the table that follows holds the same values
                self._paragraph(place, words(block.alt), style="Caption")

    def _heading(self, level: int, inlines: Sequence[Inline], anchor: str = "", language: str = "") -> None:
        self._paragraph(self.docx, inlines, style=f"Heading {level}", anchor=anchor, language=language)

    def _paragraph(
        self, place: Place, inlines: Sequence[Inline], *, style: str = "", anchor: str = "", language: str = ""
    ) -> Paragraph:
        paragraph = place.add_paragraph(style=style or None)
        if anchor:
            self._bookmark(paragraph, anchor)
        if self.document.direction == RIGHT_TO_LEFT and not language:
            paragraph._p.get_or_add_pPr().append(_element("w:bidi"))  # noqa: SLF001 -- python-docx has no name for it
        self._write(paragraph, inlines, language=language)
        return paragraph

    def _write(
        self,
        paragraph: Paragraph,
        inlines: Iterable[Inline],
        *,
        language: str,
        bold: bool = False,
        italic: bool = False,
    ) -> None:
        for each in inlines:
            if each.kind is InlineKind.BREAK:
                paragraph.add_run().add_break()
                continue
            if each.kind is InlineKind.ANCHOR:
                self._bookmark(paragraph, each.target)
                continue
            if each.text:
                run = paragraph.add_run(each.text)
                run.bold, run.italic = bold or None, italic or None
                self._speak(run._r, each.language or language)  # noqa: SLF001 -- python-docx has no name for languages
            is_bold, is_italic = each.kind is InlineKind.STRONG, each.kind is InlineKind.EMPHASIS
            self._write(
                paragraph,
                each.children,
                language=each.language or language,
                bold=bold or is_bold,
                italic=italic or is_italic,
            )
            if each.kind is InlineKind.LINK:
                paragraph.add_run(f" ({each.target})")

    def _speak(self, run: Any, language: str) -> None:  # noqa: ANN401 -- lxml
        properties = run.get_or_add_rPr()
        if language:
            properties.append(_element("w:lang", val=language))
        elif self.document.direction == RIGHT_TO_LEFT:
            properties.append(_element("w:rtl"))

    def _table(self, block: Block) -> None:
        if block.caption:
            self._paragraph(self.docx, block.caption, style="Caption")
        table: Any = self.docx.add_table(rows=1, cols=len(block.heads), style="Light Grid Accent 1")
        properties = table._tbl.tblPr  # noqa: SLF001 -- python-docx has no name for what follows
        if self.document.direction == RIGHT_TO_LEFT:
            properties.insert(1, _element("w:bidiVisual"))  # after the style, as the schema has it
        table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))  # noqa: SLF001 -- repeated, and read as head
        self._cells(table.rows[0].cells, block.heads, bold=True)
        for row in block.rows:
            self._cells(table.add_row().cells, row)

    def _cells(self, cells: Sequence[_Cell], row: Sequence[Sequence[Inline]], *, bold: bool = False) -> None:
        for cell, inlines in zip(cells, row, strict=True):
            self._write(cell.paragraphs[0], inlines, language="", bold=bold)

    def _picture(self, block: Block) -> None:
        try:
            content = storage.read(block.key)
        except storage.FileMissing:
            self._paragraph(self.docx, words(block.alt))
            return
        self.docx.add_picture(io.BytesIO(content), width=PICTURE_WIDTH)
        self.docx.inline_shapes[-1]._inline.docPr.set("descr", block.alt)  # noqa: SLF001 -- no name for it
        self._paragraph(self.docx, block.caption, style="Caption")

    def _bookmark(self, paragraph: Paragraph, name: str) -> None:
        self.anchors += 1
        number = str(self.anchors)
        start = _element("w:bookmarkStart", id=number, name=name.replace(":", "_").replace("-", "_")[:40])
        paragraph._p.append(start)  # noqa: SLF001 -- python-docx has no name for it
        paragraph._p.append(_element("w:bookmarkEnd", id=number))  # noqa: SLF001 -- as above

    def _field(self, code: str) -> None:
        """A field that Word fills when it opens the file."""
        field = _element("w:fldSimple", instr=code, dirty="true")
        self.docx.add_paragraph()._p.append(field)  # noqa: SLF001 -- python-docx has no name for it


def _entry(entry: Entry) -> tuple[Inline, ...]:
    """The word, with the German one behind it where it is another."""
    german = (Inline(text=f" ({entry.term})", language=SOURCE),) if entry.name.text != entry.term else ()
    return (Inline(InlineKind.STRONG, children=(entry.name, *german, Inline(text=": "))),)


def _strong(*children: Inline) -> tuple[Inline, ...]:
    return (Inline(InlineKind.STRONG, children=children),)


def _element(tag: str, **attributes: str) -> Any:  # noqa: ANN401 -- lxml
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element
