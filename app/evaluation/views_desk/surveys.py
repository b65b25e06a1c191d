"""Make the survey of an event, and read what was answered."""

import segno
from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app import links
from app.db import now
from app.evaluation import queries, services
from app.evaluation.errors import NotAChoice
from app.evaluation.export import csv_of
from app.evaluation.forms import QuestionForm, SurveyForm
from app.evaluation.models import FEWEST_SHOWN, QUESTION_KIND_LABELS, WAY_LABELS, Survey, SurveyAnswer, SurveyQuestion
from app.events import queries as events
from app.events import rules
from app.events.models import Event
from app.web.access import current_account, requires

bp = Blueprint("surveys_desk", __name__, url_prefix="/verwaltung/veranstaltungen/<int:event_id>/umfrage")


@bp.get("")
@requires(rules.can_edit_events)
def index(event_id: int) -> ResponseReturnValue:
    event = _event(event_id)
    survey = queries.survey_of(event_id)
    if survey is None:
        return render_template("evaluation/desk/start.html", event=event, form=FlaskForm())
    by_way = queries.count_by_way(survey.id)
    return render_template(
        "evaluation/desk/survey.html",
        event=event,
        survey=survey,
        at=now(),
        responses=sum(by_way.values()),
        ways=[(WAY_LABELS[way], count) for way, count in by_way.items() if count],
        results=queries.results_of(survey),
        unread=len(queries.texts_to_read(survey)),
        fewest=FEWEST_SHOWN,
        kinds=QUESTION_KIND_LABELS,
        form=FlaskForm(),
        **_open_link(survey),
    )


@bp.post("/anlage")
@requires(rules.can_edit_events)
def create(event_id: int) -> ResponseReturnValue:
    services.create_survey(_event(event_id), by=current_account())
    flash(_("Die Umfrage ist da, mit Fragen zum Anfangen. Der Link dazu geht mit der Dank-Mail hinaus."))
    return _to_survey(event_id)


@bp.route("/einstellungen", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def edit(event_id: int) -> ResponseReturnValue:
    survey = _survey(event_id)
    form = SurveyForm.of(survey)
    if form.validate_on_submit():
        services.change_survey(survey, by=current_account(), **form.fields)
        flash(_("Gespeichert."))
        return _to_survey(event_id)
    page = render_template("evaluation/desk/settings.html", event=survey.event, form=form)
    return page, 422 if form.errors else 200


@bp.post("/links")
@requires(rules.can_edit_events)
def renew_links(event_id: int) -> ResponseReturnValue:
    services.renew_links(_survey(event_id), by=current_account())
    flash(_("Alle bisherigen Links zu dieser Umfrage gelten nicht mehr."))
    return _to_survey(event_id)


@bp.route("/fragen/neu", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def add_question(event_id: int) -> ResponseReturnValue:
    survey = _survey(event_id)
    form = QuestionForm()
    if form.validate_on_submit():
        try:
            services.add_question(survey, by=current_account(), **form.fields)
        except NotAChoice as error:
            form.options.errors = [str(error)]
        else:
            return _to_survey(event_id)
    page = render_template("evaluation/desk/question.html", event=survey.event, form=form, question=None)
    return page, 422 if form.errors else 200


@bp.route("/fragen/<int:question_id>", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def edit_question(event_id: int, question_id: int) -> ResponseReturnValue:
    question = _question(event_id, question_id)
    form = QuestionForm.of(question)
    if form.validate_on_submit():
        try:
            services.change_question(question, by=current_account(), **form.fields)
        except NotAChoice as error:
            form.options.errors = [str(error)]
        else:
            return _to_survey(event_id)
    page = render_template(
        "evaluation/desk/question.html",
        event=_event(event_id),
        form=form,
        question=question,
        remove_form=FlaskForm(),
    )
    return page, 422 if form.errors else 200


@bp.post("/fragen/<int:question_id>/entfernung")
@requires(rules.can_edit_events)
def remove_question(event_id: int, question_id: int) -> ResponseReturnValue:
    services.remove_question(_question(event_id, question_id), by=current_account())
    flash(_("Die Frage ist entfernt."))
    return _to_survey(event_id)


@bp.get("/texte")
@requires(rules.can_edit_events)
def moderate(event_id: int) -> ResponseReturnValue:
    survey = _survey(event_id)
    return render_template(
        "evaluation/desk/texts.html", event=survey.event, answers=queries.texts_to_read(survey), form=FlaskForm()
    )


@bp.post("/texte/<string:key>/freigabe")
@requires(rules.can_edit_events)
def show_text(event_id: int, key: str) -> ResponseReturnValue:
    services.moderate(_answer(event_id, key), is_shown=True, by=current_account())
    return redirect(url_for("surveys_desk.moderate", event_id=event_id), 303)


@bp.post("/texte/<string:key>/zurueckhaltung")
@requires(rules.can_edit_events)
def hide_text(event_id: int, key: str) -> ResponseReturnValue:
    services.moderate(_answer(event_id, key), is_shown=False, by=current_account())
    return redirect(url_for("surveys_desk.moderate", event_id=event_id), 303)


@bp.get("/ergebnisse.csv")
@requires(rules.can_edit_events)
def download(event_id: int) -> ResponseReturnValue:
    content = csv_of(queries.results_of(_survey(event_id)))
    headers = {"Content-Disposition": f"attachment; filename=umfrage-{event_id}.csv"}
    return Response(content, mimetype="text/csv", headers=headers)


def _open_link(survey: Survey) -> dict[str, str]:
    """The address and its QR code as a data: address; empty where organisers want none."""
    if not survey.has_open_link:
        return {"open_address": "", "open_code": ""}
    address = links.absolute_url("surveys.answer", token=services.open_link(survey))
    return {"open_address": address, "open_code": str(segno.make(address, error="m").svg_data_uri(scale=4, border=4))}


def _to_survey(event_id: int) -> ResponseReturnValue:
    return redirect(url_for("surveys_desk.index", event_id=event_id), 303)


def _event(event_id: int) -> Event:
    return events.get_event(event_id) or abort(404)


def _survey(event_id: int) -> Survey:
    return queries.survey_of(event_id) or abort(404)


def _question(event_id: int, question_id: int) -> SurveyQuestion:
    question = queries.get_question(question_id)
    if question is None or question.survey.event_id != event_id:
        abort(404)
    return question


def _answer(event_id: int, key: str) -> SurveyAnswer:
    answer = queries.get_answer(key)
    if answer is None or answer.question.survey.event_id != event_id:
        abort(404)
    return answer
