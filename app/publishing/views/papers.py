"""A council paper and its annexes as files to print: as they went out, or a preview of a draft."""

from hashlib import sha256

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from app.council import queries, rules
from app.council.models import Paper
from app.publishing import outgoing, shelf
from app.publishing.outgoing import Outgoing
from app.storage import FileMissing
from app.web.access import current_account, public

bp = Blueprint("printed_papers", __name__, url_prefix="/vorlagen")


@bp.get("/<int:paper_id>/vorlage.pdf")
@public
def download(paper_id: int) -> ResponseReturnValue:
    paper = _find(paper_id)
    return _file(Outgoing(paper), paper.slug)


@bp.get("/<int:paper_id>/anlagen/<int:number>.pdf")
@public
def download_annex(paper_id: int, number: int) -> ResponseReturnValue:
    """`?fassung=` asks for an edition that was cut later, because the wording was changed on the way."""
    paper, slug = _find(paper_id), request.args.get("fassung", "")
    found = [each for each in outgoing.all_of(paper) if each.annex and each.annex.number == number]
    asked = (each for each in found if not slug or (each.edition and each.edition.slug == slug))
    return _file(next(asked, None) or abort(404), f"{paper.slug}-anlage-{number}")


def _find(paper_id: int) -> Paper:
    paper = queries.find_paper(paper_id)
    if paper is None or not rules.can_read_paper(current_account(), paper):
        abort(404)
    return paper


def _file(out: Outgoing, name: str) -> Response:
    try:
        content = shelf.shown(out)
    except FileMissing:
        abort(404)
    response = Response(content, content_type="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=f"{name}.pdf")
    response.set_etag(sha256(content).hexdigest())
    response.make_conditional(request)
    return response
