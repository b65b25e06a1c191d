"""Answering the survey of an event, without anybody knowing who did."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.evaluation.errors import NothingAnswered
from app.evaluation.forms import AnswerForm
from app.evaluation.models import FEWEST_SHOWN
from app.evaluation.services import read_token, respond
from app.web.access import public, signed_link

bp = Blueprint("surveys", __name__, url_prefix="/umfrage")


@bp.route("/<string:token>", methods=["GET", "POST"])
@signed_link
def answer(token: str) -> ResponseReturnValue:
    survey, way = read_token(token)
    form = AnswerForm.about(survey)
    if form.is_trapped:
        return redirect(url_for("surveys.thank"), 303)
    if form.validate_on_submit():
        try:
            respond(token, form.answers)
        except NothingAnswered as error:
            form.form_errors.append(str(error))
        else:
            return redirect(url_for("surveys.thank"), 303)
    page = render_template(
        "evaluation/answer.html", survey=survey, event=survey.event, way=way, form=form, fewest=FEWEST_SHOWN
    )
    return page, 422 if form.errors or form.form_errors else 200


@bp.get("/danke")
@public
def thank() -> ResponseReturnValue:
    return render_template("evaluation/thanks.html")
