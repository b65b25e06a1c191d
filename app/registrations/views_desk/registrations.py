"""Who is registered, and how many places there are: the organisers' pages."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.db import now
from app.events.models import Event, TableChoice
from app.events.queries import get_event
from app.events.rules import is_in_team
from app.registrations import desk_queries, queries, rules, services
from app.registrations.counting import titles
from app.registrations.desk_queries import PAGE_SIZE, Wanted
from app.registrations.errors import CapacityTaken
from app.registrations.forms import CapacityForm
from app.registrations.models import (
    BOOKING_STATUS_LABELS,
    CHANNEL_LABELS,
    CONSENT_PURPOSE_LABELS,
    STATUS_LABELS,
    Registration,
    RegistrationStatus,
    Thing,
    ThingKind,
)
from app.registrations.places_report import describe
from app.registrations.services.choices import get_choice
from app.web.access import current_account, requires
from app.web.parameters import whole

bp = Blueprint("registrations_desk", __name__, url_prefix="/verwaltung/veranstaltungen/<int:event_id>")
WAYS = {"tisch": ThingKind.TABLE, "programmpunkt": ThingKind.ITEM, "antwort": ThingKind.OPTION}


@bp.get("/anmeldungen")
@requires(rules.can_manage_registrations)
def index(event_id: int) -> ResponseReturnValue:
    event = get_of(event_id)
    page = request.args.get("seite", 1, type=whole)
    if page == 0:
        abort(404)
    registrations, count = desk_queries.find_registrations(event.id, _wanted(), page=page)
    return render_template(
        "registrations/desk/index.html",
        event=event,
        registrations=registrations,
        count=count,
        numbers=describe([event])[0],
        by_table=queries.count_by_table(event.id) if event.table_choice is TableChoice.RANK else {},
        things=[each for each in titles([event.id])[event.id] if each.thing.kind is ThingKind.ITEM],
        labels=STATUS_LABELS,
        booking_labels=BOOKING_STATUS_LABELS,
        page=page,
        last_page=-(-count // PAGE_SIZE),
        address=lambda number: url_for(
            "registrations_desk.index", event_id=event_id, **{**request.args.to_dict(), "seite": number}
        ),
    )


@bp.get("/anmeldungen/<int:registration_id>")
@requires(rules.can_manage_registrations)
def show(event_id: int, registration_id: int) -> ResponseReturnValue:
    event, registration = get_of(event_id), get_party(event_id, registration_id)
    return render_template(
        "registrations/desk/show.html",
        event=event,
        registration=registration,
        position=queries.position_of(registration) if queries.is_in_line(registration) else None,
        history=desk_queries.history_of(registration, is_in_team=is_in_team(current_account(), registration.event)),
        labels=STATUS_LABELS,
        booking_labels=BOOKING_STATUS_LABELS,
        channels=CHANNEL_LABELS,
        purposes=CONSENT_PURPOSE_LABELS,
        at=now(),
        form=FlaskForm(),
    )


@bp.route("/plaetze", methods=["GET", "POST"])
@requires(rules.can_manage_registrations)
def change_capacity(event_id: int) -> ResponseReturnValue:
    return _capacity_page(get_of(event_id), is_online=False)


@bp.route("/plaetze/online", methods=["GET", "POST"])
@requires(rules.can_manage_registrations)
def change_online_capacity(event_id: int) -> ResponseReturnValue:
    return _capacity_page(get_of(event_id), is_online=True)


@bp.route("/plaetze/<any(tisch, programmpunkt, antwort):kind>/<int:thing_id>", methods=["GET", "POST"])
@requires(rules.can_manage_registrations)
def change_capacity_of(event_id: int, kind: str, thing_id: int) -> ResponseReturnValue:
    event = get_of(event_id)
    choice = get_choice(event, Thing(WAYS[kind], thing_id)) or abort(404)
    form = CapacityForm(capacity=choice.capacity)
    if form.validate_on_submit():
        try:
            services.change_capacity_of(choice, form.capacity.data, by=current_account())
        except CapacityTaken as error:
            form.capacity.errors = [str(error)]
        else:
            return _saved(event_id)
    page = render_template("registrations/desk/capacity_of.html", event=event, choice=choice, form=form)
    return page, 422 if form.errors else 200


def get_of(event_id: int) -> Event:
    return get_event(event_id) or abort(404)


def get_party(event_id: int, registration_id: int) -> Registration:
    return desk_queries.find_party(event_id, registration_id) or abort(404)


def _capacity_page(event: Event, *, is_online: bool) -> ResponseReturnValue:
    form = CapacityForm(capacity=event.online_capacity if is_online else event.capacity)
    if form.validate_on_submit():
        try:
            services.change_capacity(event, form.capacity.data, online=is_online, by=current_account())
        except CapacityTaken as error:
            form.capacity.errors = [str(error)]
        else:
            return _saved(event.id)
    [numbers] = describe([event])
    page = render_template(
        "registrations/desk/capacity.html", event=event, form=form, numbers=numbers, is_online=is_online
    )
    return page, 422 if form.errors else 200


def _saved(event_id: int) -> ResponseReturnValue:
    flash(_("Die Zahl der Plätze ist gespeichert."))
    return redirect(url_for("registrations_desk.index", event_id=event_id), 303)


def _wanted() -> Wanted:
    """Whatever no list offers narrows nothing."""
    status = request.args.get("stand", "")
    return Wanted(
        status=RegistrationStatus(status) if status in set(RegistrationStatus) else None,
        table_id=_id_of("tisch"),
        item_id=_id_of("punkt"),
        name=request.args.get("suche", "").strip()[:200],
    )


def _id_of(name: str) -> int | None:
    return request.args.get(name, type=whole) or None
