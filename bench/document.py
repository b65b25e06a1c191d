"""How long a whole concept takes as PDF: 11 sections, 60 Unterziele, 240 measures, 9 chapters, in German and Arabic.

Beside it what is asked for (5 s), and the limit: Typst setting the same words as plain text, without tags, tables,
contents or references, the least any setting can take.
"""

import json
import tempfile
import time
from pathlib import Path

import typst
from flask_babel import force_locale
from flask_migrate import upgrade

import config
from app import create_app, typesetting
from app.concept.blocks import inlines_of
from app.db import db
from app.fonts import font_folder
from app.publishing.document import Document, whole
from app.publishing.pdf import document_pdf
from app.publishing.voice import Voice
from tests.conftest import settings
from tests.publishing.concepts import arabic, large_concept

ASKED = 5.0  # seconds
PLAIN = (
    '#set text(font: ("Fira Sans Latin", "Vazirmatn Arabic"))\n#for each in json(bytes(sys.inputs.data)) { par(each) }'
)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="teilhabe-bench-") as folder:
        app = create_app(config.load(settings(Path(folder))))
        with app.app_context():
            upgrade()
            font_folder()
            catalogue = large_concept()
            for language in ("de", "ar"):
                with force_locale(language):
                    _measure(catalogue, language)
            db.engine.dispose()


def _measure(catalogue: object, language: str) -> None:
    typesetting._compile.cache_clear()  # noqa: SLF001 -- what is measured is the setting
    started, used = time.perf_counter(), time.process_time()
    voice = Voice(language, *(arabic(catalogue) if language == "ar" else ({}, {})))
    document = whole(catalogue, None, voice, county="Landkreis Beispiel")
    built = time.perf_counter() - started
    pdf = document_pdf(document, look="a4", at=None)
    seconds, processor = time.perf_counter() - started, time.process_time() - used
    print(
        f"{seconds:6.2f} s (asked {ASKED:.0f}; {processor:.2f} s of one processor; same words as plain text "
        f"{_plain(document):.2f} s)  whole concept, {language}: {built:.2f} s to build, {len(pdf) // 1024} KiB",
        flush=True,
    )


def _plain(document: Document) -> float:
    words = [each.text for part in document.parts for each in inlines_of(part.blocks) if each.text]
    started = time.perf_counter()
    typst.compile(
        PLAIN.encode(),
        font_paths=[str(font_folder())],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(words)},
        format="pdf",
    )
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
