"""The links of an event's tables: for the scribe, and as a QR code for those who sit there."""

import segno
from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app import links
from app.capture.services import tables
from app.events import queries as events
from app.events import rules
from app.events.models import ThemeTable
from app.web.access import current_account, requires

bp = Blueprint("tables_desk", __name__, url_prefix="/verwaltung/veranstaltungen/<int:event_id>/tische")


@bp.get("")
@requires(rules.can_edit_events)
def index(event_id: int) -> ResponseReturnValue:
    event = events.get_event(event_id) or abort(404)
    return render_template(
        "capture/desk/tables.html",
        event=event,
        tables=[(table, _scribe(table), _code(table)) for table in event.tables],
        form=FlaskForm(),
    )


@bp.post("/<int:table_id>/erneuerung")
@requires(rules.can_edit_events)
def renew(event_id: int, table_id: int) -> ResponseReturnValue:
    table = events.get_table(table_id)
    if table is None or table.event_id != event_id:
        abort(404)
    tables.renew_links(table, by=current_account())
    flash(_("Tisch %(number)s hat neue Links. Die alten gelten nicht mehr.", number=table.number))
    return redirect(url_for("tables_desk.index", event_id=event_id), 303)


def _scribe(table: ThemeTable) -> str:
    return links.absolute_url("captures.create", token=tables.link_of(table, tables.SCRIBE))


def _code(table: ThemeTable) -> str:
    """The QR code as a data: address, an image without a script or a file."""
    address = links.absolute_url("follows.create_for_table", token=tables.link_of(table, tables.FOLLOW_TABLE))
    return str(segno.make(address, error="m").svg_data_uri(scale=4, border=4))
