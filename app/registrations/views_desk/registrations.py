"""Who is registered, and how many places there are: the organisers' pages."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.events.models import Event
from app.events.queries import get_event
from app.registrations import queries, rules, services
from app.registrations.errors import CapacityTaken
from app.registrations.forms import CapacityForm
from app.registrations.models import STATUS_LABELS
from app.web.access import current_account, requires

bp = Blueprint("registrations_desk", __name__, url_prefix="/verwaltung/veranstaltungen/<int:event_id>")


@bp.get("/anmeldungen")
@requires(rules.can_manage_registrations)
def index(event_id: int) -> ResponseReturnValue:
    event = _get(event_id)
    return render_template(
        "registrations/desk/index.html",
        event=event,
        registrations=queries.registrations_of(event.id),
        persons=queries.persons_at([event.id])[event.id],
        by_table=queries.count_by_table(event.id),
        labels=STATUS_LABELS,
        form=FlaskForm(),
    )


@bp.post("/anmeldungen/<int:registration_id>/angebot")
@requires(rules.can_manage_registrations)
def offer(event_id: int, registration_id: int) -> ResponseReturnValue:
    registration = queries.get_registration(registration_id)
    if registration is None or registration.event_id != event_id:
        abort(404)
    services.offer(registration, by=current_account())
    flash(_("Der Platz ist angeboten. Die Mail an %(name)s ist unterwegs.", name=registration.name))
    return redirect(url_for("registrations_desk.index", event_id=event_id), 303)


@bp.route("/plaetze", methods=["GET", "POST"])
@requires(rules.can_manage_registrations)
def change_capacity(event_id: int) -> ResponseReturnValue:
    event = _get(event_id)
    form = CapacityForm(capacity=event.capacity)
    if form.validate_on_submit():
        try:
            services.change_capacity(event, form.capacity.data, by=current_account())
        except CapacityTaken as error:
            form.capacity.errors = [str(error)]
        else:
            flash(_("Die Zahl der Plätze ist gespeichert."))
            return redirect(url_for("registrations_desk.index", event_id=event_id), 303)
    persons = queries.persons_at([event.id])[event.id]
    page = render_template("registrations/desk/capacity.html", event=event, form=form, persons=persons)
    return page, 422 if form.errors else 200


def _get(event_id: int) -> Event:
    return get_event(event_id) or abort(404)
