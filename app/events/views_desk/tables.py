"""The tables of an event."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.events import queries, rules, services
from app.events.errors import TableNumberTaken
from app.events.forms import TableForm
from app.events.models import ThemeTable
from app.events.views_desk.events import bp, get_or_404
from app.registrations import services as registrations
from app.registrations.errors import CapacityTaken
from app.web.access import current_account, requires


@bp.route("/<int:event_id>/tische/neu", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def add_table(event_id: int) -> ResponseReturnValue:
    event = get_or_404(event_id)
    number = max((table.number for table in event.tables), default=0) + 1
    form = TableForm(number=number).choose_from(queries.all_sections())
    if form.validate_on_submit():
        try:
            services.add_table(event, by=current_account(), **form.fields)
        except TableNumberTaken as error:
            form.number.errors = [str(error)]
        else:
            return _back(event_id)
    return render_template("events/desk/table.html", event=event, form=form, table=None), 422 if form.errors else 200


@bp.route("/<int:event_id>/tische/<int:table_id>", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def edit_table(event_id: int, table_id: int) -> ResponseReturnValue:
    table = _get_table(event_id, table_id)
    form = TableForm.of(table).choose_from(queries.all_sections())
    if form.validate_on_submit():
        try:
            registrations.change_table(table, by=current_account(), **form.fields)
        except TableNumberTaken as error:
            form.number.errors = [str(error)]
        except CapacityTaken as error:
            form.capacity.errors = [str(error)]
        else:
            return _back(event_id)
    page = render_template("events/desk/table.html", event=table.event, form=form, table=table, remove_form=FlaskForm())
    return page, 422 if form.errors else 200


@bp.post("/<int:event_id>/tische/<int:table_id>/entfernung")
@requires(rules.can_edit_events)
def remove_table(event_id: int, table_id: int) -> ResponseReturnValue:
    services.remove_table(_get_table(event_id, table_id), by=current_account())
    flash(_("Der Tisch ist entfernt."))
    return _back(event_id)


def _get_table(event_id: int, table_id: int) -> ThemeTable:
    table = queries.get_table(table_id)
    if table is None or table.event_id != event_id:
        abort(404)
    return table


def _back(event_id: int) -> ResponseReturnValue:
    return redirect(url_for("programme_desk.index", event_id=event_id), 303)
