"""Annex 2 and the concept as PDF."""

import io
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pikepdf
from flask import current_app
from flask_babel import gettext as _

from app import storage
from app.concept.blocks import Block, BlockKind, Inline, InlineKind, all_blocks, inlines_of
from app.languages import SOURCE
from app.publishing.annex import Annex
from app.publishing.document import Document
from app.publishing.looks import BLEED, LOOKS, Look
from app.typesetting import compile_pdf

MARKED = frozenset({InlineKind.TERM, InlineKind.MARK})
POINTS = 72 / 25.4  # of a millimetre
UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})


def annex_pdf(annex: Annex, *, at: datetime | None, heading: str = "") -> bytes:
    """Annex 2; the same edition always gives the same bytes. `at` is when the edition was cut."""
    labels = {
        "heading": heading or _("Anlage 2: Tabellarische Übersicht der Integrationsziele und geplanten Maßnahmen"),
        "edition": _("Fassung %(number)s vom %(date)s", number=annex.edition, date=annex.dated),
        "working": _("Arbeitsfassung: Das ist in Arbeit und noch nicht beschlossen."),
        "example": _("Die Wortlaute der Ziele und Maßnahmen sind erfundene Beispiele."),
        "overall": _("Oberziel"),
        "columns": [_("Unterziel"), _("Maßnahme"), *(str(column.label) for column in annex.columns)],
        "totals": _("Kosten je Jahr"),
        "total_columns": [_("Jahr"), _("Alle Maßnahmen zusammen, jede einmal gezählt")],
        "no_measure": _("noch keine Maßnahme"),
        "author": current_app.config["COUNTY"],
        "page": _("Seite"),
        "checksum": _("Prüfsumme (SHA-256)"),
    }
    columns = [{"name": column.name, "width": column.width} for column in annex.columns]
    return compile_pdf("publishing/annex.typ", {"annex": asdict(annex), "columns": columns, "labels": labels}, at=at)


def document_pdf(document: Document, *, look: str, at: datetime | None) -> bytes:
    """The document in one of the formats of LOOKS; the same edition always gives the same bytes."""
    shown: dict[str, Any] = asdict(document)
    blocks = [block for part in document.parts for block in part.blocks]
    shown |= {
        "full_title": document.full_title,
        "terms": [entry.term for entry in document.glossary],
        "index": _index(document, blocks),
        "has_contents": len(document.parts) > 2,
    }
    for part in shown["parts"]:
        part["blocks"] = [_with_file(block) for block in part["blocks"]]
    mark = (Path(current_app.root_path) / "publishing" / "mark.svg").read_text()
    data = {
        "document": shown,
        "look": {**asdict(LOOKS[look]), "label": look, "bleed": BLEED},
        "labels": {**{name: asdict(label) for name, label in document.labels}, "author": current_app.config["COUNTY"]},
        "mark": mark,
    }
    content = compile_pdf("publishing/concept.typ", data, at=at)
    return _with_boxes(content, LOOKS[look]) if LOOKS[look].marks else content


def _with_boxes(content: bytes, look: Look) -> bytes:
    """What the marks say to the eye, each page says to the printer's programs: where it is cut, where colours end."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            left, bottom, right, top = (float(edge) for edge in page.mediabox)
            for box, margin in (("/TrimBox", look.marks), ("/BleedBox", look.marks - BLEED)):
                inset = margin * POINTS
                page.obj[box] = pikepdf.Array([left + inset, bottom + inset, right - inset, top - inset])
        boxed = io.BytesIO()
        pdf.save(boxed, deterministic_id=True)
        return boxed.getvalue()


def _index(document: Document, blocks: list[Block]) -> list[dict[str, Any]]:
    """What the index names, in the language of the document as far as that is known, as a dictionary sorts it."""
    found = {each.target for each in inlines_of(all_blocks(blocks)) if each.kind in MARKED}
    names = {entry.term: entry.name for entry in document.glossary}
    german = "" if document.language == SOURCE else SOURCE
    rows = [(names.get(target) or Inline(text=target, language=german), target) for target in found]
    rows.sort(key=lambda row: (row[0].language != "", row[0].text.casefold().translate(UMLAUTS), row[0].text))
    return [{"target": target, "name": asdict(name)} for name, target in rows]


def _with_file(block: dict[str, Any]) -> dict[str, Any]:
    """A picture with the file it lies in, a paragraph with its words where that is gone."""
    if block["kind"] != BlockKind.PICTURE:
        return block
    try:
        return {**block, "key": str(storage.file_of(block["key"]))}
    except storage.FileMissing:
        return {**block, "kind": BlockKind.PARAGRAPH, "words": [{**_NO_WORDS, "text": block["alt"]}]}


_NO_WORDS = {"kind": InlineKind.TEXT, "text": "", "target": "", "children": [], "language": ""}
