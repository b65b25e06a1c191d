"""The organisers' pages: a plan before it is published, and what they change by hand."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm

from app.events.models import Event
from app.registrations.models import COMES_AS_LABELS, Registration
from app.seating import queries, rules, services
from app.seating.errors import TableFull, TableTwice
from app.seating.forms import MoveForm, PlanForm
from app.seating.models import PLAN_STATUS_LABELS, PlanStatus, SeatingPlan
from app.web.access import current_account, requires

bp = Blueprint("seating_desk", __name__, url_prefix="/verwaltung/veranstaltungen/<int:event_id>/sitzordnung")


@bp.get("")
@requires(rules.can_plan_tables)
def show(event_id: int) -> ResponseReturnValue:
    event = _event(event_id)
    published = queries.plan_of(event_id, PlanStatus.PUBLISHED)
    plan = queries.plan_of(event_id, PlanStatus.DRAFT) or published
    if plan is None:
        parties = queries.parties_of(event_id)
        return render_template(
            "seating/desk/start.html", event=event, form=PlanForm(), persons=sum(party.persons for party in parties)
        )
    return render_template(
        "seating/desk/show.html",
        event=event,
        plan=plan,
        published=published,
        before=queries.plan_before(plan),
        overview=queries.overview(plan),
        form=PlanForm(includes_held=plan.includes_held),
        kinds=COMES_AS_LABELS,
        labels=PLAN_STATUS_LABELS,
    )


@bp.post("/entwurf")
@requires(rules.can_plan_tables)
def make(event_id: int) -> ResponseReturnValue:
    services.make(_event(event_id), includes_held=bool(PlanForm().includes_held.data), by=current_account())
    flash(_("Der Entwurf ist da. Noch sieht ihn außer der Verwaltung niemand."))
    return _back(event_id)


@bp.post("/ergaenzung")
@requires(rules.can_plan_tables)
def supplement(event_id: int) -> ResponseReturnValue:
    services.supplement(_event(event_id), by=current_account())
    flash(_("Alle veröffentlichten Plätze sind geblieben, die anderen sind dazugesetzt."))
    return _back(event_id)


@bp.route("/<int:plan_id>/anmeldungen/<int:registration_id>", methods=["GET", "POST"])
@requires(rules.can_plan_tables)
def move(event_id: int, plan_id: int, registration_id: int) -> ResponseReturnValue:
    plan, registration = _plan(event_id, plan_id), _party(event_id, registration_id)
    form = MoveForm.of(plan, registration)
    if form.validate_on_submit():
        [table] = [table for table in plan.event.tables if table.id == form.table.data]
        try:
            services.move(plan, form.members, form.round_number, table, by=current_account())
        except (TableFull, TableTwice) as error:
            form.table.errors = [str(error)]
        else:
            flash(_("%(name)s sitzt jetzt dort und bleibt, wenn Sie neu verteilen.", name=registration.name))
            return _back(event_id)
    return _party_page(plan, registration, form)


@bp.post("/<int:plan_id>/anmeldungen/<int:registration_id>/festsetzung")
@requires(rules.can_plan_tables)
def pin(event_id: int, plan_id: int, registration_id: int) -> ResponseReturnValue:
    plan, registration = _plan(event_id, plan_id), _party(event_id, registration_id)
    form = MoveForm.of(plan, registration)
    if not form.validate_on_submit():
        return _party_page(plan, registration, form)
    [table] = [table for table in plan.event.tables if table.id == form.table.data]
    services.pin(plan, form.members, form.round_number, table, by=current_account())
    flash(_("%(name)s sitzt jetzt dort, alle anderen sind neu verteilt.", name=registration.name))
    return _back(event_id)


@bp.post("/<int:plan_id>/anmeldungen/<int:registration_id>/loesung")
@requires(rules.can_plan_tables)
def unpin(event_id: int, plan_id: int, registration_id: int) -> ResponseReturnValue:
    registration = _party(event_id, registration_id)
    services.unpin(_plan(event_id, plan_id), registration.attendees, by=current_account())
    flash(_("%(name)s ist nicht mehr festgesetzt.", name=registration.name))
    return _back(event_id)


@bp.route("/<int:plan_id>/veroeffentlichung", methods=["GET", "POST"])
@requires(rules.can_plan_tables)
def publish(event_id: int, plan_id: int) -> ResponseReturnValue:
    plan = _plan(event_id, plan_id)
    form = FlaskForm()
    if form.validate_on_submit():
        told = services.publish(plan, by=current_account())
        flash(
            ngettext(
                "Veröffentlicht. %(num)s Anmeldung erfährt es.",
                "Veröffentlicht. %(num)s Anmeldungen erfahren es.",
                told,
            )
        )
        return _back(event_id)
    return render_template(
        "seating/desk/publish.html", event=plan.event, plan=plan, changed=queries.changed_parties(plan), form=form
    )


@bp.post("/<int:plan_id>/verwerfung")
@requires(rules.can_plan_tables)
def discard(event_id: int, plan_id: int) -> ResponseReturnValue:
    services.discard(_plan(event_id, plan_id), by=current_account())
    flash(_("Der Entwurf ist verworfen."))
    return _back(event_id)


def _event(event_id: int) -> Event:
    return queries.get_event(event_id) or abort(404)


def _plan(event_id: int, plan_id: int) -> SeatingPlan:
    plan = queries.get_plan(plan_id)
    if plan is None or plan.event_id != event_id:
        abort(404)
    return plan


def _party(event_id: int, registration_id: int) -> Registration:
    return queries.get_party(event_id, registration_id) or abort(404)


def _party_page(plan: SeatingPlan, registration: Registration, form: MoveForm) -> ResponseReturnValue:
    page = render_template(
        "seating/desk/party.html",
        event=plan.event,
        plan=plan,
        registration=registration,
        seats=queries.seats_of_party_in(plan, registration),
        form=form,
        unpin_form=FlaskForm(),
    )
    return page, 422 if form.errors else 200


def _back(event_id: int) -> ResponseReturnValue:
    return redirect(url_for("seating_desk.show", event_id=event_id), 303)
