"""A call on paper: a form to fill in by hand, in each language the call is asked in.

The words of the form lie in templates/calls/form_words.json, one set for each language, as the site itself may not be
offered in that language.
"""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import segno
from babel import Locale
from flask import current_app
from flask_babel import force_locale, format_date, gettext

from app import links
from app.calls.models import Call
from app.concept.models import Section
from app.typesetting import compile_pdf
from app.web.language import localized

KINDS = ("goal", "measure", "idea", "good_practice")


def form_pdf(call: Call, language: str, sections: Sequence[Section]) -> bytes:
    """The form in this language; `sections` are its boxes. The same call gives the same bytes."""
    said = words_in(language)
    wording = call.wording_in(language)
    with force_locale(language):
        address = localized(links.absolute_url("calls.show", slug=call.slug))
        last_day = format_date(call.last_day, "long")
    data = {
        "language": language,
        "direction": Locale(language).text_direction,
        "author": current_app.config["COUNTY"],
        "title": wording.title,
        "question": wording.question,
        "number": f"{call.form_number} {language.upper()}",
        "sections": [section.title for section in sections],
        "kinds": [said[kind] for kind in KINDS],
        "example": gettext("Ein Beispiel: Dieser Aufruf ist erfunden.") if call.is_example else "",
        "return_address": call.return_address.splitlines(),
        "address": address,
        "qr": segno.make(address, error="m").svg_inline(border=0),
        "words": {name: words.format(day=last_day, address=address) for name, words in said.items()},
    }
    return compile_pdf("calls/form.typ", data, at=call.opens_at)


def words_in(language: str) -> dict[str, str]:
    return _words(str(Path(current_app.root_path) / str(current_app.template_folder)))[language]


@cache
def _words(folder: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads((Path(folder) / "calls/form_words.json").read_text(encoding="utf-8"))
    return found
