"""Annex 2 of an edition on a page and as files; the edition as JSON."""

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from app.concept.catalogue import draft_number
from app.concept.exporting import export
from app.concept.views.editions import find
from app.publishing import formats
from app.publishing.annex import annex_of
from app.publishing.annex_document import annex_file
from app.publishing.views.documents import find_document
from app.web.access import public

ENDINGS = ("pdf", "docx", "odt", "xlsx", "csv", "json")

bp = Blueprint("annexes", __name__, url_prefix="/konzept/<string:slug>")


@bp.get("/anlage-2")
@public
def show(slug: str) -> ResponseReturnValue:
    _refuse_drafts(slug)
    catalogue, _edition = find(slug)
    return render_template("publishing/annex.html", annex=annex_of(catalogue), endings=ENDINGS)


@bp.get("/anlage-2.<any(pdf, docx, odt, csv, xlsx, json):ending>")
@public
def download(slug: str, ending: str) -> ResponseReturnValue:
    _refuse_drafts(slug)
    catalogue, edition = find(slug)
    annex = annex_of(catalogue)
    content = annex_file(ending, annex, at=edition.cut_at if edition else None)
    return _file(content, ending, f"{annex.name}.{ending}")


@bp.get("/konzept.<any(csv, xlsx):ending>")
@public
def download_table(slug: str, ending: str) -> ResponseReturnValue:
    """What of the concept is a table is annex 2, whichever name somebody asks by."""
    return download(slug, ending)


@bp.get("/konzept.json")
@public
def download_edition(slug: str) -> ResponseReturnValue:
    _refuse_drafts(slug)
    return _file(export(*find_document(slug)), "json", f"{slug}.json")


def _refuse_drafts(slug: str) -> None:
    """An annex belongs to what is sent to a body, and a file to what can be taken in elsewhere."""
    if draft_number(slug):
        abort(404)


def _file(content: bytes, ending: str, name: str) -> Response:
    response = Response(content, content_type=formats.MIMETYPES[ending])
    response.headers.set("Content-Disposition", "inline" if ending in {"pdf", "json"} else "attachment", filename=name)
    return response
