"""PDFs that people send, made anew without what nobody meant to send; how many pages a PDF has."""

import io
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from flask_babel import lazy_gettext as _

from app.errors import DomainError

START = b"%PDF-"
STARTS_WITHIN = 1024  # bytes (ISO 32000, annex H)
MEMORY = 1024 * 1024 * 1024  # bytes that taking a PDF apart may need
SECONDS = 10  # and how long it may count
CLEANING = Path(__file__).with_name("pdf_cleaning.py")


class PdfRefused(DomainError):
    message = _("Dieses PDF lässt sich nicht öffnen, oder es verlangt ein Passwort. Bitte wählen Sie ein anderes.")


@dataclass(frozen=True)
class Pdf:
    content: bytes
    pages: int


def is_pdf(content: bytes) -> bool:
    """Told by what it begins with, not by its name."""
    return START in content[:STARTS_WITHIN]


def made_anew(content: bytes) -> Pdf:
    """Without author, scripts and hidden files; raises PdfRefused.

    In a process of its own: what unfolds to more than a server holds ends that one only.
    """
    try:
        done = subprocess.run(  # noqa: S603 -- our own program, nothing from outside in the command
            [sys.executable, "-I", str(CLEANING), str(MEMORY), str(SECONDS)],
            input=content,
            capture_output=True,
            timeout=2 * SECONDS,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise PdfRefused from error
    pages, _line_end, cleaned = done.stdout.partition(b"\n")
    return Pdf(cleaned, int(pages))


def pages_of(content: bytes) -> int:
    """Of a PDF that we made ourselves."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)
