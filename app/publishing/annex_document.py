"""Annex 2 as a document, for the office to go on writing in Word or LibreOffice."""

from collections.abc import Iterator
from datetime import datetime

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from app.concept.blocks import Block, BlockKind, Inline, InlineKind, Words, paragraph, words
from app.concept.models import ChapterContent
from app.languages import SOURCE
from app.publishing import formats
from app.publishing.annex import Annex, GoalLines, SectionTable
from app.publishing.document import Document, Part
from app.publishing.words import labels

OFFICE = frozenset({"docx", "odt"})
WIDTHS = (2.2, 3)  # of Unterziel and measure, beside those of the columns


def annex_file(ending: str, annex: Annex, *, at: datetime | None) -> bytes:
    """The annex in each of its formats; `at` is when the edition was cut."""
    if ending in OFFICE:
        return formats.document_as(ending, annex_document(annex), at=at)
    return formats.annex_as(ending, annex, at=at)


def annex_document(annex: Annex) -> Document:
    """In German, as annexes are; the same table as in the PDF."""
    with force_locale(SOURCE):
        said = labels()
        numbered = said["edition"].text % {"number": annex.edition, "date": annex.dated}
        edition = said["working"] if annex.is_working else Inline(text=numbered)
        return Document(
            slug=annex.slug,
            title=Inline(text=annex.title),
            kind=words(_("Anlage 2: Tabellarische Übersicht der Ziele und Maßnahmen")),
            edition=edition,
            language=SOURCE,
            direction="ltr",
            notes=(said["example"],) if annex.holds_examples else (),
            facts=(
                (said["publisher"], words(current_app.config["COUNTY"])),
                (said["concept"], (edition,)),
                (said["checksum"], words(annex.sha256)),
            ),
            parts=tuple(_part(annex, section) for section in annex.sections),
            labels=tuple(said.items()),
            sha256=annex.sha256,
            dated=annex.dated,
        )


def _part(annex: Annex, section: SectionTable) -> Part:
    return Part(
        number=section.number,
        title=Inline(text=section.title),
        anchor=f"thema:{section.number}",
        content=ChapterContent.FIELDS,
        summary=(),
        blocks=tuple(_blocks(annex, section)),
    )


def _blocks(annex: Annex, section: SectionTable) -> Iterator[Block]:
    if section.overall:
        label = Inline(InlineKind.STRONG, children=words(f"{_('Oberziel')}: "))
        yield paragraph(label, Inline(text=section.overall))
    if section.goals:
        heads = (_("Unterziel"), _("Maßnahme"), *(str(column.label) for column in annex.columns))
        yield Block(
            BlockKind.TABLE,
            heads=tuple(words(head) for head in heads),
            rows=tuple(row for goal in section.goals for row in _rows(annex, goal)),
            widths=(*WIDTHS, *(column.width for column in annex.columns)),
            caption=words(f"{section.kind} {section.number}: {section.title}"),
        )


def _rows(annex: Annex, goal: GoalLines) -> Iterator[tuple[Words, ...]]:
    """A row for each measure; the goal stands in each, so that a row says all by itself."""
    name = words(f"{goal.number} {goal.wording}".strip())
    if not goal.measures:
        yield (name, words(_("noch keine Maßnahme")), *((),) * len(annex.columns))
    for line in goal.measures:
        said = [str(getattr(line, column.name)) for column in annex.columns]
        yield (name, words(f"{line.number} {line.wording}"), *(words(each) for each in said))
