"""The desk's pages about events."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.db import now
from app.events import queries, rules, services
from app.events.errors import TableNumberTaken
from app.events.forms import EventForm, NewEventForm, TableForm
from app.events.models import Event, ThemeTable
from app.registrations import services as registrations
from app.registrations.queries import persons_at
from app.web.access import current_account, requires

bp = Blueprint("events_desk", __name__, url_prefix="/verwaltung/veranstaltungen")


@bp.get("")
@requires(rules.can_edit_events)
def index() -> ResponseReturnValue:
    events = queries.all_events()
    return render_template(
        "events/desk/index.html", events=events, persons=persons_at([event.id for event in events]), at=now()
    )


@bp.route("/neu", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def create() -> ResponseReturnValue:
    form = NewEventForm().choose_from(queries.choices())
    if form.validate_on_submit():
        event = services.create_event(capacity=form.capacity.data, by=current_account(), **form.fields)
        flash(_("Die Veranstaltung ist angelegt. Öffentlich wird sie erst, wenn Sie sie veröffentlichen."))
        return redirect(url_for("events_desk.edit", event_id=event.id), 303)
    return render_template("events/desk/create.html", form=form), 422 if form.errors else 200


@bp.route("/<int:event_id>", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def edit(event_id: int) -> ResponseReturnValue:
    event = _get(event_id)
    form = EventForm.of(event).choose_from(queries.choices())
    if form.validate_on_submit():
        changed = registrations.change_event(event, by=current_account(), **form.fields)
        flash(_saved(event, changed))
        return redirect(url_for("events_desk.edit", event_id=event_id), 303)
    page = render_template("events/desk/edit.html", event=event, form=form, publish_form=FlaskForm())
    return page, 422 if form.errors else 200


@bp.post("/<int:event_id>/veroeffentlichung")
@requires(rules.can_edit_events)
def publish(event_id: int) -> ResponseReturnValue:
    services.publish(_get(event_id), by=current_account())
    flash(_("Die Veranstaltung ist veröffentlicht."))
    return redirect(url_for("events_desk.edit", event_id=event_id), 303)


@bp.route("/<int:event_id>/absage", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def cancel(event_id: int) -> ResponseReturnValue:
    event = _get(event_id)
    form = FlaskForm()
    if form.validate_on_submit():
        registrations.cancel_event(event, by=current_account())
        flash(_("Die Veranstaltung ist abgesagt. Wer angemeldet ist, bekommt eine Mail."))
        return redirect(url_for("events_desk.edit", event_id=event_id), 303)
    persons = persons_at([event.id])[event.id]
    return render_template("events/desk/cancel.html", event=event, form=form, persons=persons)


@bp.route("/<int:event_id>/tische/neu", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def add_table(event_id: int) -> ResponseReturnValue:
    event = _get(event_id)
    number = max((table.number for table in event.tables), default=0) + 1
    form = TableForm(number=number).choose_from(queries.all_sections())
    if form.validate_on_submit():
        try:
            services.add_table(event, by=current_account(), **form.fields)
        except TableNumberTaken as error:
            form.number.errors = [str(error)]
        else:
            return redirect(url_for("events_desk.edit", event_id=event_id), 303)
    return render_template("events/desk/table.html", event=event, form=form, table=None), 422 if form.errors else 200


@bp.route("/<int:event_id>/tische/<int:table_id>", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def edit_table(event_id: int, table_id: int) -> ResponseReturnValue:
    table = _get_table(event_id, table_id)
    form = TableForm.of(table).choose_from(queries.all_sections())
    if form.validate_on_submit():
        try:
            services.change_table(table, by=current_account(), **form.fields)
        except TableNumberTaken as error:
            form.number.errors = [str(error)]
        else:
            return redirect(url_for("events_desk.edit", event_id=event_id), 303)
    page = render_template("events/desk/table.html", event=table.event, form=form, table=table, remove_form=FlaskForm())
    return page, 422 if form.errors else 200


@bp.post("/<int:event_id>/tische/<int:table_id>/entfernung")
@requires(rules.can_edit_events)
def remove_table(event_id: int, table_id: int) -> ResponseReturnValue:
    services.remove_table(_get_table(event_id, table_id), by=current_account())
    flash(_("Der Tisch ist entfernt."))
    return redirect(url_for("events_desk.edit", event_id=event_id), 303)


def _saved(event: Event, changed: frozenset[str]) -> str:
    if event.is_public and changed & services.MOVING:
        return str(_("Gespeichert. Wer angemeldet ist, bekommt eine Mail mit Zeit und Ort."))
    return str(_("Gespeichert.") if changed else _("Es war nichts zu ändern."))


def _get(event_id: int) -> Event:
    return queries.get_event(event_id) or abort(404)


def _get_table(event_id: int, table_id: int) -> ThemeTable:
    table = queries.get_table(table_id)
    if table is None or table.event_id != event_id:
        abort(404)
    return table
