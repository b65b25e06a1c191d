"""Scans become pictures, told by their content and made anew: each page of a PDF, each photo."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from app.calls.errors import (
    FileEmpty,
    FileEncrypted,
    FileTooLarge,
    FileUnusable,
    PageTooLarge,
    TooManyPages,
)
from app.calls.pdf_pages import ENCRYPTED, TOO_MANY_PAGES
from app.events import pictures
from app.events.errors import NotAPicture, PictureTooLarge
from app.events.pictures import Picture

MOST_BYTES = 10 * 1024 * 1024
PDF_START = b"%PDF-"
PDF_STARTS_WITHIN = 1024  # bytes (ISO 32000, annex H)
PDF_SECONDS = 90
RENDERING = Path(__file__).with_name("pdf_pages.py")
REFUSALS = {ENCRYPTED: FileEncrypted, TOO_MANY_PAGES: TooManyPages}


def pages_of(content: bytes) -> list[Picture]:
    """In their order; raises FileUnusable and what follows from it, each with its sentence."""
    if not content:
        raise FileEmpty
    if len(content) > MOST_BYTES:
        raise FileTooLarge
    return _pages_of_pdf(content) if PDF_START in content[:PDF_STARTS_WITHIN] else [_page(content)]


def _page(content: bytes) -> Picture:
    try:
        return pictures.made_anew(content)
    except PictureTooLarge as error:
        raise PageTooLarge from error
    except NotAPicture as error:
        raise FileUnusable from error


def _pages_of_pdf(content: bytes) -> list[Picture]:
    """In a process of its own: what unfolds to more than a server holds ends that one only."""
    with TemporaryDirectory() as folder:
        try:
            subprocess.run(  # noqa: S603 -- our own program, nothing from outside in the command
                [sys.executable, "-I", str(RENDERING), folder],
                input=content,
                capture_output=True,
                timeout=PDF_SECONDS,
                check=True,
            )
        except subprocess.CalledProcessError as error:
            raise REFUSALS.get(error.returncode, FileUnusable) from error
        except subprocess.TimeoutExpired as error:
            raise PageTooLarge from error
        return [_rendered(each) for each in sorted(Path(folder).iterdir())]


def _rendered(file: Path) -> Picture:
    """Its name tells its size."""
    width, height = file.stem.rpartition("-")[2].split("x")
    return Picture(file.read_bytes(), int(width), int(height))
