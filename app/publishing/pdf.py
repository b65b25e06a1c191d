"""PDF for reading and for the archive: tagged (PDF/UA-1) and lasting (PDF/A-2a), set by Typst."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import typst
from flask import current_app
from flask_babel import gettext as _

from app.publishing.annex import Annex
from app.publishing.fonts import font_folder, letters
from app.texts.services import BLACKENED

UNKNOWN, BLACKENED_IN_PRINT = "?", "×"
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)


def annex_pdf(annex: Annex, *, at: datetime | None) -> bytes:
    """Annex 2; the same edition always gives the same bytes. `at` is when the edition was cut."""
    labels = {
        "heading": _("Anlage 2: Tabellarische Übersicht der Integrationsziele und geplanten Maßnahmen"),
        "edition": _("Fassung %(number)s vom %(date)s", number=annex.edition, date=annex.dated),
        "working": _("Arbeitsfassung: Das ist in Arbeit und noch nicht beschlossen."),
        "example": _("Die Wortlaute der Ziele und Maßnahmen sind erfundene Beispiele."),
        "overall": _("Oberziel"),
        "columns": [_("Unterziel"), _("Maßnahme"), _("Verantwortlich"), _("Mit dabei"), _("Zeitraum")],
        "no_measure": _("noch keine Maßnahme"),
        "author": current_app.config["COUNTY"],
        "page": _("Seite"),
        "checksum": _("Prüfsumme (SHA-256)"),
    }
    return compile_pdf("annex.typ", {"annex": asdict(annex), "labels": labels}, at=at)


def compile_pdf(template: str, data: Mapping[str, object], *, at: datetime | None) -> bytes:
    """Set a template of templates/publishing; the data travel as JSON, never as Typst.

    Signs that none of our fonts has are shown as "?": both standards forbid to leave them out.
    """
    folder = Path(current_app.root_path) / str(current_app.template_folder) / "publishing"
    shown = _showable(json.dumps(data, ensure_ascii=False, sort_keys=True))
    return _compile(str(folder / template), str(font_folder()), shown, at or UNDATED)


@lru_cache(maxsize=16)  # the same data give the same bytes: what was just asked for need not be set again
def _compile(template: str, fonts: str, data: str, at: datetime) -> bytes:
    return typst.compile(
        template,
        font_paths=[fonts],
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        format="pdf",
        pdf_standards=["a-2a", "ua-1"],
        timestamp=at,
    )


def _showable(text: str) -> str:
    known = letters()
    return "".join(sign if sign in known else UNKNOWN for sign in text.replace(BLACKENED, BLACKENED_IN_PRINT))
