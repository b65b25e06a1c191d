"""The files that came with a contribution, for whoever may read it."""

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from app import storage
from app.proposals import queries, rules
from app.web.access import current_account, public

bp = Blueprint("attachments", __name__, url_prefix="/vorschlaege")
SHOWN_AS_NOTHING = "default-src 'none'; sandbox"  # even a browser that opens it runs nothing


@bp.get("/<string:reference>/anhang/<int:attachment_id>")
@public
def show(reference: str, attachment_id: int) -> ResponseReturnValue:
    attachment = queries.find_attachment(reference, attachment_id) or abort(404)
    if not rules.can_see_attachment(current_account(), attachment):
        abort(404)
    try:
        content = storage.read(attachment.key)
    except storage.FileMissing:
        abort(404)
    suffix = attachment.key.rpartition(".")[2]
    headers = {
        "Content-Disposition": f"attachment; filename={reference}-{attachment.id}.{suffix}",
        "Content-Security-Policy": SHOWN_AS_NOTHING,
        "Cache-Control": "private, no-cache",  # asked for anew each time: it may be taken back
    }
    response = Response(content, content_type=attachment.media_type, headers=headers)
    response.set_etag(attachment.key)
    return response.make_conditional(request)
