"""PDF for reading and for the archive: tagged (PDF/UA-1) and lasting (PDF/A-2a), set by Typst."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from unicodedata import category

import typst
from flask import current_app

from app.fonts import font_folder, letters

# U+2588 stands for a blackened sign in a text (app/texts/services.py).
BLACKENED = "\u2588"
UNKNOWN, BLACKENED_IN_PRINT, LINE_END, NO_BREAK_SPACE = "?", "×", "\n", "\N{NO-BREAK SPACE}"
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)


def compile_pdf(template: str, data: Mapping[str, object], *, at: datetime | None) -> bytes:
    """Set a template, named by its path below templates; the data travel as JSON, never as Typst.

    Signs that none of our fonts has are shown as "?": both standards forbid to leave them out.
    """
    folder = Path(current_app.root_path) / str(current_app.template_folder)
    shown = json.dumps(_showable(data, letters() | {LINE_END}), ensure_ascii=False, sort_keys=True)
    return _compile(str(folder / template), str(font_folder()), shown, (at or UNDATED).replace(microsecond=0))


@lru_cache(maxsize=16)  # the same data give the same bytes: what was just asked for need not be set again
def _compile(template: str, fonts: str, data: str, at: datetime) -> bytes:
    return typst.compile(
        template,
        root="/",  # pictures lie in the storage; templates are ours and open nothing else
        font_paths=[fonts],
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        format="pdf",
        pdf_standards=["a-2a", "ua-1"],
        timestamp=at,
    )


def _showable(data: object, known: frozenset[str]) -> object:
    """The data with every sign that no font has replaced: before they become JSON, which would spell it out."""
    if isinstance(data, Mapping):
        return {name: _showable(value, known) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [_showable(value, known) for value in data]
    if not isinstance(data, str) or known.issuperset(data):
        return data
    signs = data.replace(BLACKENED, BLACKENED_IN_PRINT)
    return "".join(sign if sign in known else _instead_of(sign) for sign in signs)


def _instead_of(sign: str) -> str:
    """A narrow space, as French and Ukrainian numbers and dates have it, is still a space."""
    return NO_BREAK_SPACE if category(sign) == "Zs" else UNKNOWN
