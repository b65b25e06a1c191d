"""The live wall for the projector: what is being written down in the room, not yet checked."""

from flask import Blueprint, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from app.capture import wall
from app.capture.services import walls
from app.db import now
from app.proposals import languages
from app.web.access import signed_link
from app.web.parameters import whole

bp = Blueprint("walls", __name__, url_prefix="/wand")


@bp.get("/<string:token>")
@signed_link
def show(token: str) -> ResponseReturnValue:
    event, settings = walls.read_link(token, now())
    number = request.args.get("seite", 1, type=whole) or 1
    etag = wall.fingerprint(event, settings, number, str(get_locale()))
    if etag in request.if_none_match:
        response = make_response("", 304)
    else:
        shown = wall.wall_of(event, number)
        response = make_response(
            render_template(
                "capture/wall.html",
                event=event,
                wall=shown,
                is_paused=settings.is_wall_paused,
                following=url_for("walls.show", token=token, seite=shown.following),
                direction_of=languages.direction_of,
            )
        )
    response.set_etag(etag)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
