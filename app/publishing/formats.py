"""One edition in each format it can be had in."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from app import spreadsheets
from app.publishing.annex import Annex
from app.publishing.document import Document
from app.publishing.tables import csv_of, xlsx_of

MIMETYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    **spreadsheets.MIMETYPES,
}


def annex_as(ending: str, annex: Annex, *, at: datetime | None) -> bytes:
    """Annex 2 as pdf, csv, xlsx or json; `at` is when the edition was cut."""
    writers: dict[str, Callable[[Annex], bytes]] = {"csv": csv_of, "xlsx": xlsx_of, "json": _annex_json}
    if ending == "pdf":
        from app.publishing.pdf import annex_pdf

        return annex_pdf(annex, at=at)
    return writers[ending](annex)


def document_as(ending: str, document: Document, *, look: str = "a4", at: datetime | None) -> bytes:
    """A document as pdf, docx or odt; `look` is a format of the PDF."""
    if ending == "pdf":
        from app.publishing.pdf import document_pdf

        return document_pdf(document, look=look, at=at)
    if ending == "docx":
        from app.publishing.docx import document_docx

        return document_docx(document, at=at)
    from app.publishing.odt import document_odt

    return document_odt(document, at=at)


def _annex_json(annex: Annex) -> bytes:
    return (json.dumps(asdict(annex), ensure_ascii=False, indent=2) + "\n").encode()
