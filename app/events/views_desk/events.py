"""The list of events, and one event's own fields."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.db import now
from app.events import queries, rules, services
from app.events.errors import OutsideTheEvent
from app.events.forms import EventForm, NewEventForm
from app.events.models import Event
from app.registrations import services as registrations
from app.registrations.queries import occupied_online, persons_at
from app.web.access import current_account, requires

bp = Blueprint("events_desk", __name__, url_prefix="/verwaltung/veranstaltungen")


@bp.get("")
@requires(rules.can_edit_events)
def index() -> ResponseReturnValue:
    events = queries.all_events()
    return render_template(
        "events/desk/index.html",
        events=events,
        persons=persons_at([event.id for event in events]),
        online=occupied_online(events),
        at=now(),
    )


@bp.route("/neu", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def create() -> ResponseReturnValue:
    form = NewEventForm().choose_from(queries.choices())
    if form.validate_on_submit():
        event = services.create_event(
            capacity=form.capacity.data,
            online_capacity=form.online_capacity.data,
            by=current_account(),
            **form.fields,
        )
        flash(_("Die Veranstaltung ist angelegt. Öffentlich wird sie erst, wenn Sie sie veröffentlichen."))
        return redirect(url_for("events_desk.edit", event_id=event.id), 303)
    return render_template("events/desk/create.html", form=form), 422 if form.errors else 200


@bp.route("/<int:event_id>", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def edit(event_id: int) -> ResponseReturnValue:
    event = get_or_404(event_id)
    form = EventForm.of(event).choose_from(queries.choices())
    if form.validate_on_submit():
        try:
            changed = registrations.change_event(event, by=current_account(), **form.fields)
        except OutsideTheEvent as error:
            form.ends_at.errors = [str(error)]
        else:
            flash(_saved(event, changed))
            return redirect(url_for("events_desk.edit", event_id=event_id), 303)
    page = render_template("events/desk/edit.html", event=event, form=form, step_form=FlaskForm(formdata=None))
    return page, 422 if form.errors else 200


def get_or_404(event_id: int) -> Event:
    return queries.get_whole_event(event_id) or abort(404)


def _saved(event: Event, changed: frozenset[str]) -> str:
    if event.takes_place and changed & services.TOLD:
        return str(_("Gespeichert. Wer angemeldet ist, bekommt eine Mail mit Zeit und Ort."))
    return str(_("Gespeichert.") if changed else _("Es war nichts zu ändern."))
