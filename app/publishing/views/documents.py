"""A concept to read and to print: its chapters as pages, the whole of it as files, in brief, in extracts."""

from collections.abc import Mapping

from flask import Blueprint, Response, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from app import storage
from app.concept import queries, translated
from app.concept.blocks import words
from app.concept.catalogue import Catalogue, version_ids
from app.concept.models import Edition
from app.concept.views.editions import find
from app.db import now
from app.languages import SOURCE
from app.local_time import day_of
from app.publishing import extracts, formats
from app.publishing.document import Document, document, glossary_of, named_partners, part_of, whole
from app.publishing.extracts import EXTRACTS, Extract
from app.publishing.looks import LOOKS
from app.publishing.voice import LANGUAGES, speaking
from app.slugs import slugify
from app.web.access import public

bp = Blueprint("documents", __name__, url_prefix="/konzept")


@bp.get("/<string:slug>/kapitel/<int:number>")
@public
def show_chapter(slug: str, number: int) -> ResponseReturnValue:
    catalogue, edition = find_document(slug)
    chapter = catalogue.chapter(number) or abort(404)
    with speaking(_page_language(), catalogue) as voice:
        part = part_of(catalogue, chapter, voice, named_partners(catalogue))
    return render_template(
        "publishing/chapter.html",
        catalogue=catalogue,
        edition=edition,
        part=part,
        addresses=addresses_of(catalogue),
        translations=translated.languages_of(catalogue),
        before=catalogue.chapter(number - 1),
        after=catalogue.chapter(number + 1),
        voice=voice,
    )


@bp.get("/<string:slug>/glossar")
@public
def show_glossary(slug: str) -> ResponseReturnValue:
    catalogue, edition = find_document(slug)
    with speaking(_page_language(), catalogue) as voice:
        entries = glossary_of(catalogue, voice)
    anchors = {entry.term: anchor_of(entry.term) for entry in entries}
    return render_template(
        "publishing/glossary.html", catalogue=catalogue, edition=edition, entries=entries, anchors=anchors
    )


@bp.get("/<string:slug>/auf-einen-blick")
@public
def show_short(slug: str) -> ResponseReturnValue:
    catalogue, edition = find_document(slug)
    with speaking(_page_language(), catalogue) as voice:
        parts = extracts.short(catalogue, voice)
    return render_template(
        "publishing/short.html",
        catalogue=catalogue,
        edition=edition,
        parts=parts,
        addresses=addresses_of(catalogue),
        voice=voice,
    )


@bp.get("/<string:slug>/ausgaben")
@public
def index(slug: str) -> ResponseReturnValue:
    """All the forms in which an edition can be had."""
    catalogue, edition = find_document(slug)
    return render_template(
        "publishing/documents.html",
        catalogue=catalogue,
        edition=edition,
        looks=LOOKS,
        translations=_languages(catalogue),
        extracts={kind: extract.choices(catalogue) for kind, extract in EXTRACTS.items()},
        labels={kind: extract.label for kind, extract in EXTRACTS.items()},
    )


@bp.get("/<string:slug>/konzept.<any(pdf, docx, odt):ending>")
@public
def download(slug: str, ending: str) -> ResponseReturnValue:
    catalogue, edition = find_document(slug)
    look = request.args.get("format", "a4")
    if look not in LOOKS:
        abort(404)
    with speaking(_asked_language(), catalogue) as voice:
        made = whole(catalogue, edition, voice, county=current_app.config["COUNTY"])
        return _file(made, edition, ending, look=look, name=slug)


@bp.get("/<string:slug>/auf-einen-blick.pdf")
@public
def download_short(slug: str) -> ResponseReturnValue:
    catalogue, edition = find_document(slug)
    with speaking(_asked_language(), catalogue) as voice:
        made = document(
            catalogue,
            edition,
            voice,
            extracts.short(catalogue, voice),
            county=current_app.config["COUNTY"],
            kind=(voice.label("short"),),
        )
        return _file(made, edition, "pdf", look="a4", name=f"{slug}-auf-einen-blick")


@bp.get("/<string:slug>/auszug/<any(gemeinde, partner, lebenslage):kind>/<string:key>.pdf")
@public
def download_extract(slug: str, kind: str, key: str) -> ResponseReturnValue:
    """What an edition says about one municipality, partner or Lebenslage."""
    catalogue, edition = find_document(slug)
    extract: Extract = EXTRACTS[kind]
    title = extract.choices(catalogue).get(key) or abort(404)
    with speaking(_asked_language(), catalogue) as voice:
        made = document(
            catalogue,
            edition,
            voice,
            extract.parts(catalogue, key, title, voice),
            county=current_app.config["COUNTY"],
            kind=(voice.label("extract"), *words(f": {title}")),
        )
        return _file(made, edition, "pdf", look="a4", name=f"{slug}-{kind}-{slugify(title)}")


@bp.get("/bilder/<string:key>")
@public
def picture(key: str) -> ResponseReturnValue:
    if not queries.is_concept_picture(key):
        abort(404)
    try:
        response = Response(storage.read(key), mimetype="image/jpeg")
    except storage.FileMissing:
        abort(404)
    response.set_etag(key)
    response.cache_control.max_age = 31_536_000  # another picture has another key
    return response.make_conditional(request)


def find_document(slug: str) -> tuple[Catalogue, Edition | None]:
    """Like the pages of an edition; the working edition with all that stands around it in print."""
    catalogue, edition = find(slug)
    return (queries.working_document(on=day_of(now())) if catalogue.is_working else catalogue), edition


def addresses_of(catalogue: Catalogue) -> Mapping[str, str]:
    """Where references and words of the glossary lead on the web."""
    slug = catalogue.slug
    glossary = url_for("documents.show_glossary", slug=slug)
    return {
        **{
            f"kapitel:{each.slug}": url_for("documents.show_chapter", slug=slug, number=each.chapter)
            for each in catalogue.chapters
        },
        **{
            f"thema:{each.slug}": url_for("editions.show_section", slug=slug, section_slug=each.slug)
            for each in catalogue.sections
        },
        **{each.code: url_for("goals.show_goal", code=each.code) for each in catalogue.goals},
        **{each.code: url_for("measures.show_measure", code=each.code) for each in catalogue.measures},
        **{f"begriff-{each.term}": f"{glossary}#{anchor_of(each.term)}" for each in catalogue.surroundings.terms},
    }


def anchor_of(term: str) -> str:
    return f"begriff-{slugify(term)}"


def _languages(catalogue: Catalogue) -> list[str]:
    """German, and what a text of the edition is translated into."""
    return [SOURCE, *sorted(translated.languages(version_ids(catalogue)))]


def _page_language() -> str:
    return str(get_locale() or SOURCE)


def _asked_language() -> str:
    """From the address, else that of the page; 404 for what is no language."""
    asked = request.args.get("sprache", _page_language())
    return asked if asked in LANGUAGES else abort(404)


def _file(made: Document, edition: Edition | None, ending: str, *, look: str, name: str) -> Response:
    content = formats.document_as(ending, made, look=look, at=edition.cut_at if edition else None)
    response = Response(content, content_type=formats.MIMETYPES[ending])
    suffix = "" if made.language == SOURCE else f"-{made.language}"
    disposition = "inline" if ending == "pdf" else "attachment"
    response.headers.set("Content-Disposition", disposition, filename=f"{name}{suffix}.{ending}")
    return response
