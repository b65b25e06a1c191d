"""One's ticket, for paper or the phone."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from app.attendance import services
from app.attendance.documents import ticket_pdf
from app.registrations.services import find_by_link
from app.web.access import signed_link

bp = Blueprint("tickets", __name__, url_prefix="/anmeldungen")


@bp.get("/<string:token>/ticket.pdf")
@signed_link
def show(token: str) -> ResponseReturnValue:
    registration = find_by_link(token)
    services.check_ticket(registration)
    response = Response(ticket_pdf(registration), mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename="ticket.pdf")
    response.cache_control.no_store = True
    return response
