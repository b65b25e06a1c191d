"""What the guests of an event need, and what is planned: for the event's team only."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.exceptions import Forbidden

from app.db import now
from app.events.models import Event
from app.events.queries import get_event
from app.events.rules import is_in_team
from app.registrations import needs, rules
from app.registrations.forms.needs import AskedNeedsForm, ResourceForm
from app.registrations.models import NEED_KIND_LABELS, NeedKind, Resource
from app.registrations.services import needs as services
from app.spreadsheets import MIMETYPES, csv_of
from app.web.access import current_account, requires
from app.web.filters import language

bp = Blueprint("needs_desk", __name__, url_prefix="/verwaltung/veranstaltungen/<int:event_id>/bedarf")


class TeamOnly(Forbidden):
    """An organiser of another event asks."""

    def __init__(self, event: Event) -> None:
        super().__init__()
        self.event = event


@bp.get("")
@requires(rules.can_manage_registrations)
def index(event_id: int) -> ResponseReturnValue:
    event = _team_event(event_id)
    demands = needs.demands_at(event.id)
    return render_template(
        "registrations/desk/needs.html",
        event=event,
        demands=demands,
        covers=needs.covers_at(event.id, demands),
        resources=needs.resources_of(event.id),
        asked=[NEED_KIND_LABELS[NeedKind(kind)] for kind in event.asked_needs],
        labels=NEED_KIND_LABELS,
    )


@bp.route("/fragen", methods=["GET", "POST"])
@requires(rules.can_manage_registrations)
def ask(event_id: int) -> ResponseReturnValue:
    event = _team_event(event_id)
    form = AskedNeedsForm(kinds=[NeedKind(kind) for kind in event.asked_needs])
    if form.validate_on_submit():
        services.ask(event, form.kinds.data, by=current_account())
        flash(_("Gespeichert. So steht es jetzt im Formular der Anmeldung."))
        return redirect(url_for("needs_desk.index", event_id=event_id), 303)
    return render_template("registrations/desk/ask_needs.html", event=event, form=form), 422 if form.errors else 200


@bp.route("/namen", methods=["GET", "POST"])
@requires(rules.can_manage_registrations)
def view_names(event_id: int) -> ResponseReturnValue:
    event = _team_event(event_id)
    form = FlaskForm()
    # The answer to the POST shows the names: an address that showed them could be opened without being recorded
    guests = services.view_names(event, by=current_account()) if form.validate_on_submit() else None
    return render_template(
        "registrations/desk/needs_names.html", event=event, form=form, guests=guests, labels=NEED_KIND_LABELS
    )


@bp.get("/zahlen")
@requires(rules.can_manage_registrations)
def show_numbers(event_id: int) -> ResponseReturnValue:
    event = _team_event(event_id)
    demands = needs.demands_at(event.id)
    return render_template(
        "registrations/desk/needs_numbers.html", event=event, demands=demands, labels=NEED_KIND_LABELS, at=now()
    )


@bp.get("/zahlen.csv")
@requires(rules.can_manage_registrations)
def export(event_id: int) -> ResponseReturnValue:
    event = _team_event(event_id)
    rows = [
        [
            str(NEED_KIND_LABELS[demand.kind]),
            language(demand.language) if demand.language else "",
            str(demand.persons),
            ", ".join(map(str, demand.ages)),
        ]
        for demand in needs.demands_at(event.id).found
    ]
    heads = [_("Bedarf"), _("Sprache"), _("Personen"), _("Alter der Kinder")]
    headers = {"Content-Disposition": f"attachment; filename=bedarf-{event.id}.csv", "Cache-Control": "no-store"}
    return Response(csv_of(heads, rows), content_type=MIMETYPES["csv"], headers=headers)


@bp.route("/geplant/neu", methods=["GET", "POST"])
@requires(rules.can_manage_registrations)
def plan(event_id: int) -> ResponseReturnValue:
    event = _team_event(event_id)
    form = ResourceForm()
    if form.validate_on_submit():
        services.plan(event, by=current_account(), **form.fields)
        return redirect(url_for("needs_desk.index", event_id=event_id), 303)
    page = render_template("registrations/desk/resource.html", event=event, form=form, resource=None)
    return page, 422 if form.errors else 200


@bp.route("/geplant/<int:resource_id>", methods=["GET", "POST"])
@requires(rules.can_manage_registrations)
def edit_resource(event_id: int, resource_id: int) -> ResponseReturnValue:
    event = _team_event(event_id)
    resource = _get_resource(event, resource_id)
    form = ResourceForm.of(resource)
    if form.validate_on_submit():
        services.change_resource(resource, by=current_account(), **form.fields)
        return redirect(url_for("needs_desk.index", event_id=event_id), 303)
    page = render_template(
        "registrations/desk/resource.html", event=event, form=form, resource=resource, remove_form=FlaskForm()
    )
    return page, 422 if form.errors else 200


@bp.post("/geplant/<int:resource_id>/entfernung")
@requires(rules.can_manage_registrations)
def remove_resource(event_id: int, resource_id: int) -> ResponseReturnValue:
    services.remove_resource(_get_resource(_team_event(event_id), resource_id), by=current_account())
    flash(_("Das ist nicht mehr geplant."))
    return redirect(url_for("needs_desk.index", event_id=event_id), 303)


@bp.app_template_test("of_my_team")
def is_of_my_team(event: Event) -> bool:
    """Whether a link to the needs leads anywhere for whoever reads the page."""
    return is_in_team(current_account(), event)


@bp.errorhandler(TeamOnly)
def explain(error: TeamOnly) -> ResponseReturnValue:
    return render_template("registrations/desk/team_only.html", event=error.event), 403


def _team_event(event_id: int) -> Event:
    event = get_event(event_id) or abort(404)
    if not is_in_team(current_account(), event):
        raise TeamOnly(event)
    return event


def _get_resource(event: Event, resource_id: int) -> Resource:
    resource = needs.get_resource(resource_id)
    if resource is None or resource.event_id != event.id:
        abort(404)
    return resource
