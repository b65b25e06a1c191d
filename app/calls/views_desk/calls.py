"""Calls at the desk: write, translate, publish, end."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.calls import queries, rules
from app.calls.errors import CallBegun, EndPast, EventTaken
from app.calls.forms import CallForm, EndForm, ReasonForm, WordsForm
from app.calls.models import CALL_STATE_LABELS, Call, CallState
from app.calls.services import calls as services
from app.calls.words import time_left
from app.db import now
from app.events.queries import all_events
from app.proposals.queries import sections
from app.web.access import current_account, requires
from app.web.language import PREFIXES, language_name

BEGUN = {CallState.OPEN, CallState.OVER}
bp = Blueprint("calls_desk", __name__, url_prefix="/verwaltung/aufrufe")


@bp.get("")
@requires(rules.can_edit_calls)
def index() -> ResponseReturnValue:
    at = now()
    return render_template(
        "calls/desk/index.html",
        calls=queries.all_calls(),
        states=lambda call: CALL_STATE_LABELS[call.state(at)],
        waiting=queries.open_sheets_by_call(),
    )


@bp.route("/neu", methods=["GET", "POST"])
@requires(rules.can_edit_calls)
def create() -> ResponseReturnValue:
    form = CallForm().choose_from(sections(), all_events())
    if form.validate_on_submit():
        try:
            call = services.create_call(form.words, by=current_account(), **form.fields)
        except EventTaken as error:
            form.event.errors = [str(error)]
        else:
            flash(_("Der Aufruf ist angelegt. Öffentlich wird er erst, wenn Sie ihn veröffentlichen."))
            return redirect(url_for("calls_desk.show", call_id=call.id), 303)
    page = render_template("calls/desk/edit.html", form=form, call=None)
    return page, 422 if form.errors else 200


@bp.get("/<int:call_id>")
@requires(rules.can_edit_calls)
def show(call_id: int) -> ResponseReturnValue:
    call, at = _get(call_id), now()
    state = call.state(at)
    return render_template(
        "calls/desk/show.html",
        call=call,
        state=CALL_STATE_LABELS[state],
        left=time_left(call, at),
        is_draft=state is CallState.DRAFT,
        is_coming=state is CallState.COMING,
        is_open=state is CallState.OPEN,
        has_begun=state in BEGUN,
        missing=[(code, language_name(code)) for code in PREFIXES if code not in call.languages],
        waiting=queries.open_sheets_by_call().get(call.id, 0),
        may_type_in=rules.can_type_in_sheets(current_account()),
        form=FlaskForm(),
    )


@bp.route("/<int:call_id>/bearbeitung", methods=["GET", "POST"])
@requires(rules.can_edit_calls)
def edit(call_id: int) -> ResponseReturnValue:
    call = _get(call_id)
    form = CallForm.of_call(call).choose_from(sections(), all_events())
    if form.validate_on_submit():
        try:
            services.change_call(call, form.words, by=current_account(), **form.fields_of(call))
        except CallBegun as error:
            form.last_day.errors = [str(error)]
        except EventTaken as error:
            form.event.errors = [str(error)]
        else:
            flash(_("Gespeichert."))
            return redirect(url_for("calls_desk.show", call_id=call_id), 303)
    has_begun = call.state(now()) in BEGUN
    page = render_template("calls/desk/edit.html", form=form, call=call, has_begun=has_begun)
    return page, 422 if form.errors else 200


@bp.route(f"/<int:call_id>/sprachen/<any({','.join(PREFIXES)}):language>", methods=["GET", "POST"])
@requires(rules.can_edit_calls)
def translate(call_id: int, language: str) -> ResponseReturnValue:
    call = _get(call_id)
    form = WordsForm.of(call.wording_in(language) if language in call.languages else None)
    if form.validate_on_submit():
        services.translate(call, language, form.words, by=current_account())
        flash(_("Gespeichert."))
        return redirect(url_for("calls_desk.show", call_id=call_id), 303)
    page = render_template(
        "calls/desk/translate.html", form=form, call=call, language=language, name=language_name(language)
    )
    return page, 422 if form.errors else 200


@bp.post("/<int:call_id>/veroeffentlichung")
@requires(rules.can_edit_calls)
def publish(call_id: int) -> ResponseReturnValue:
    services.publish(_get(call_id), by=current_account())
    flash(_("Der Aufruf ist veröffentlicht."))
    return redirect(url_for("calls_desk.show", call_id=call_id), 303)


@bp.post("/<int:call_id>/ruecknahme")
@requires(rules.can_edit_calls)
def retract(call_id: int) -> ResponseReturnValue:
    services.retract(_get(call_id), by=current_account())
    flash(_("Der Aufruf ist wieder ein Entwurf."))
    return redirect(url_for("calls_desk.show", call_id=call_id), 303)


@bp.route("/<int:call_id>/ende", methods=["GET", "POST"])
@requires(rules.can_edit_calls)
def move_end(call_id: int) -> ResponseReturnValue:
    """Until another day."""
    call = _get(call_id)
    form = EndForm(last_day=call.last_day)
    if form.validate_on_submit():
        try:
            services.move_end(call, form.closes_at, reason=form.reason.data.strip(), by=current_account())
        except EndPast as error:
            form.last_day.errors = [str(error)]
        else:
            flash(_("Das neue Ende und der Grund stehen auf der Seite des Aufrufs."))
            return redirect(url_for("calls_desk.show", call_id=call_id), 303)
    return _end_page(call, form), 422 if form.errors else 200


@bp.route("/<int:call_id>/schluss", methods=["GET", "POST"])
@requires(rules.can_edit_calls)
def end(call_id: int) -> ResponseReturnValue:
    """At once."""
    call, form = _get(call_id), ReasonForm()
    if form.validate_on_submit():
        services.end_now(call, reason=form.reason.data.strip(), by=current_account())
        flash(_("Der Aufruf ist beendet. Der Grund steht auf seiner Seite."))
        return redirect(url_for("calls_desk.show", call_id=call_id), 303)
    return render_template("calls/desk/end_now.html", call=call, form=form), 422 if form.errors else 200


def _end_page(call: Call, form: EndForm) -> str:
    return render_template("calls/desk/end.html", call=call, form=form, is_open=call.is_open(now()))


def _get(call_id: int) -> Call:
    return queries.get_call(call_id) or abort(404)
