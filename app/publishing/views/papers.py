"""A council paper as a file to print."""

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from app.council import queries, rules
from app.publishing.papers import paper_pdf
from app.web.access import current_account, public

bp = Blueprint("printed_papers", __name__, url_prefix="/vorlagen")


@bp.get("/<int:paper_id>/vorlage.pdf")
@public
def download(paper_id: int) -> ResponseReturnValue:
    paper = queries.find_paper(paper_id)
    if paper is None or not rules.can_read_paper(current_account(), paper):
        abort(404)
    response = Response(paper_pdf(paper), content_type="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=f"{paper.slug}.pdf")
    return response
