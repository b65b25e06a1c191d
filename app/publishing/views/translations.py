"""The concept to read in another language: its themes and chapters as they are translated; German binds."""

from collections.abc import Mapping

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from app.concept.catalogue import Catalogue
from app.concept.translated import languages_of
from app.publishing import sections
from app.publishing.document import Part, finished, glossary_of, named_partners, part_of
from app.publishing.views.documents import anchor_of, find_document
from app.publishing.voice import Voice, speaking
from app.web.access import public
from app.web.language import PREFIXES

bp = Blueprint(
    "translations", __name__, url_prefix=f"/konzept/<string:slug>/uebersetzung/<any({', '.join(PREFIXES)}):language>"
)


@bp.get("")
@public
def index(slug: str, language: str) -> ResponseReturnValue:
    catalogue = _find(slug, language)
    with speaking(language, catalogue) as voice:
        rows = [
            (each, voice.phrase(each.title), each.overall and voice.worded(each.overall)) for each in catalogue.sections
        ]
        chapters = [(each, voice.phrase(each.title), voice.worded(each)) for each in catalogue.chapters]
        title = voice.phrase(catalogue.title)
    return _page("index", catalogue, voice, title=title, rows=rows, chapters=chapters)


@bp.get("/thema/<string:section_slug>")
@public
def show_section(slug: str, language: str, section_slug: str) -> ResponseReturnValue:
    catalogue = _find(slug, language)
    section = catalogue.section(section_slug) or abort(404)
    with speaking(language, catalogue) as voice:
        _heading, *blocks = sections.of_section(catalogue, section, voice, named_partners(catalogue))
        shown = finished(blocks, catalogue, voice)
        title = voice.phrase(section.title)
    german = url_for("editions.show_section", slug=slug, section_slug=section_slug)
    return _page("blocks", catalogue, voice, title=title, number=section.number, blocks=shown, level=0, german=german)


@bp.get("/kapitel/<int:number>")
@public
def show_chapter(slug: str, language: str, number: int) -> ResponseReturnValue:
    catalogue = _find(slug, language)
    chapter = catalogue.chapter(number) or abort(404)
    with speaking(language, catalogue) as voice:
        part: Part = part_of(catalogue, chapter, voice, named_partners(catalogue))
    german = url_for("documents.show_chapter", slug=slug, number=number)
    return _page(
        "blocks",
        catalogue,
        voice,
        title=part.title,
        number=part.number,
        lead=part.summary,
        blocks=part.blocks,
        level=1,
        german=german,
    )


@bp.get("/glossar")
@public
def show_glossary(slug: str, language: str) -> ResponseReturnValue:
    catalogue = _find(slug, language)
    with speaking(language, catalogue) as voice:
        entries = glossary_of(catalogue, voice)
    anchors = {entry.term: anchor_of(entry.term) for entry in entries}
    return _page("glossary", catalogue, voice, entries=entries, anchors=anchors)


def _find(slug: str, language: str) -> Catalogue:
    catalogue, _edition = find_document(slug)
    return catalogue if language in languages_of(catalogue) else abort(404)


def _page(name: str, catalogue: Catalogue, voice: Voice, **shown: object) -> str:
    return render_template(
        f"publishing/translation_{name}.html",
        catalogue=catalogue,
        voice=voice,
        content_language=voice.language,
        content_direction=voice.direction,
        translations=languages_of(catalogue),
        addresses=_addresses(catalogue, voice.language),
        **shown,
    )


def _addresses(catalogue: Catalogue, language: str) -> Mapping[str, str]:
    """Where references lead: to the same language."""

    def at(page: str, **values: object) -> str:
        return url_for(f"translations.{page}", slug=catalogue.slug, language=language, **values)  # type: ignore[arg-type]  # it has options of its own

    themes = {each.slug: at("show_section", section_slug=each.slug) for each in catalogue.sections}
    glossary = at("show_glossary")
    return {
        **{f"kapitel:{each.slug}": at("show_chapter", number=each.chapter) for each in catalogue.chapters},
        **{f"thema:{slug}": address for slug, address in themes.items()},
        **{code: f"{themes[each.slug]}#{code}" for each in catalogue.sections for code in each.codes},
        **{f"begriff-{each.term}": f"{glossary}#{anchor_of(each.term)}" for each in catalogue.surroundings.terms},
    }
