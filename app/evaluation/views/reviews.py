"""A table's sheet of goals, filled in by its scribe."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.evaluation import reviews
from app.evaluation.forms_review import ReviewForm
from app.evaluation.services.reviews import rate_goals, read_review_link
from app.web.access import signed_link

bp = Blueprint("reviews", __name__, url_prefix="/rueckschau")


@bp.route("/<string:token>", methods=["GET", "POST"])
@signed_link
def edit(token: str) -> ResponseReturnValue:
    sheet, table = read_review_link(token)
    goals = reviews.goals_for(sheet, table)
    form = ReviewForm.about(goals, reviews.ratings_of(table.id))
    if form.validate_on_submit():
        rate_goals(sheet, table, form.opinions)
        flash(_("Gespeichert. Sie können weiterschreiben, bis die Rückschau abgeschlossen ist."))
        return redirect(request.path.rpartition("/")[2], 303)
    page = render_template("evaluation/review.html", sheet=sheet, table=table, form=form)
    return page, 422 if form.errors else 200
