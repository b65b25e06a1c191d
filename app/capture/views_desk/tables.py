"""The tables of an event as the desk sees them: their links, what each wrote down, and whether it is closed."""

import segno
from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app import links
from app.capture import queries
from app.capture.entries import Show
from app.capture.forms import ReopenForm, SettingsForm
from app.capture.services import closing, lines, tables, walls
from app.db import now
from app.events import queries as events
from app.events import rules
from app.events.models import Event, ThemeTable
from app.proposals import languages
from app.proposals.models import PROPOSAL_KIND_LABELS
from app.proposals.rules import can_moderate
from app.web.access import current_account, requires

bp = Blueprint("tables_desk", __name__, url_prefix="/verwaltung/veranstaltungen/<int:event_id>/tische")


@bp.route("", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def index(event_id: int) -> ResponseReturnValue:
    """All tables; the form says how many points each person has."""
    event = _get(event_id)
    settings = queries.settings_of(event_id)
    form = SettingsForm(points_each=settings.points_each)
    if form.validate_on_submit():
        closing.set_points(event, points_each=form.points_each.data, by=current_account())
        flash(_("Gespeichert."))
        return redirect(url_for("tables_desk.index", event_id=event_id), 303)
    page = render_template(
        "capture/desk/tables.html",
        event=event,
        tables=[(state, _scribe(state.table)) for state in queries.overview(event.tables)],
        settings=settings,
        wall=links.absolute_url("walls.show", token=walls.link_of(settings)),
        wall_until=event.ends_at + walls.STAYS,
        is_wall_over=now() >= event.ends_at + walls.STAYS,
        form=form,
        plain_form=FlaskForm(formdata=None),
    )
    return page, 422 if form.errors else 200


@bp.get("/druck")
@requires(rules.can_edit_events)
def print_links(event_id: int) -> ResponseReturnValue:
    """For the tables: a code for the scribe's tablet, and one for those who want to hear what becomes of it."""
    event = _get(event_id)
    sheets = [(table, _scribe(table), _code(_scribe(table)), _code(_follow(table))) for table in event.tables]
    return render_template("capture/desk/print.html", event=event, sheets=sheets)


@bp.get("/<int:table_id>/zeilen")
@requires(can_moderate)
def show(event_id: int, table_id: int) -> ResponseReturnValue:
    return _page(_get_table(event_id, table_id), ReopenForm(formdata=None))


@bp.post("/<int:table_id>/erneuerung")
@requires(rules.can_edit_events)
def renew(event_id: int, table_id: int) -> ResponseReturnValue:
    table = _get_table(event_id, table_id)
    tables.renew_links(table, by=current_account())
    flash(_("Tisch %(number)s hat neue Links. Die alten gelten nicht mehr.", number=table.number))
    return redirect(url_for("tables_desk.index", event_id=event_id), 303)


@bp.post("/<int:table_id>/abschluss")
@requires(rules.can_edit_events)
def close(event_id: int, table_id: int) -> ResponseReturnValue:
    table = _get_table(event_id, table_id)
    closing.close(table, by=current_account())
    flash(_("Tisch %(number)s ist abgeschlossen.", number=table.number))
    return redirect(url_for("tables_desk.show", event_id=event_id, table_id=table_id), 303)


@bp.post("/<int:table_id>/oeffnung")
@requires(rules.can_edit_events)
def reopen(event_id: int, table_id: int) -> ResponseReturnValue:
    table, form = _get_table(event_id, table_id), ReopenForm()
    if not form.validate_on_submit():
        return _page(table, form), 422
    closing.reopen(table, reason=form.reason.data, by=current_account())
    flash(_("Tisch %(number)s ist wieder offen.", number=table.number))
    return redirect(url_for("tables_desk.show", event_id=event_id, table_id=table_id), 303)


@bp.post("/<int:table_id>/zeilen/<string:key>/<any(zeigen,verbergen):what>")
@requires(can_moderate)
def show_on_wall(event_id: int, table_id: int, key: str, what: str) -> ResponseReturnValue:
    table = _get_table(event_id, table_id)
    lines.record(table, [Show(lines.new_key(), now(), key[:36], on_wall=what == "zeigen")], by=current_account())
    return redirect(url_for("tables_desk.show", event_id=event_id, table_id=table_id), 303)


@bp.post("/wand/<any(pause,weiter):what>")
@requires(rules.can_edit_events)
def pause_wall(event_id: int, what: str) -> ResponseReturnValue:
    walls.pause(_get(event_id), is_paused=what == "pause", by=current_account())
    return redirect(url_for("tables_desk.index", event_id=event_id), 303)


@bp.post("/wand/erneuerung")
@requires(rules.can_edit_events)
def renew_wall(event_id: int) -> ResponseReturnValue:
    walls.renew(_get(event_id), by=current_account())
    flash(_("Die Wand hat einen neuen Link. Der alte gilt nicht mehr."))
    return redirect(url_for("tables_desk.index", event_id=event_id), 303)


def _page(table: ThemeTable, form: ReopenForm) -> str:
    return render_template(
        "capture/desk/table.html",
        event=table.event,
        table=table,
        lines=queries.lines_with_points(table),
        photos=queries.photos_of(table.id),
        closing=queries.standing_closing(table.id),
        earlier=[each for each in queries.closings_of(table.id) if each.reopened_at],
        form=form,
        plain_form=FlaskForm(formdata=None),
        may_edit=rules.can_edit_events(current_account()),
        kinds=PROPOSAL_KIND_LABELS,
        name_of=languages.name_of,
        direction_of=languages.direction_of,
    )


def _get(event_id: int) -> Event:
    return events.get_event(event_id) or abort(404)


def _get_table(event_id: int, table_id: int) -> ThemeTable:
    table = events.get_table(table_id)
    if table is None or table.event_id != event_id:
        abort(404)
    return table


def _scribe(table: ThemeTable) -> str:
    return links.absolute_url("captures.create", token=tables.link_of(table, tables.SCRIBE))


def _follow(table: ThemeTable) -> str:
    return links.absolute_url("follows.create_for_table", token=tables.link_of(table, tables.FOLLOW_TABLE))


def _code(address: str) -> str:
    """The QR code as a data: address, an image without a script or a file."""
    return str(segno.make(address, error="m").svg_data_uri(scale=4, border=4))
