"""Drafts at the desk: lay the working edition out for comment, give more time."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.concept.queries import find_working_edition
from app.concept.rules import can_edit_concept
from app.drafting import queries
from app.drafting.forms import HearingForm
from app.drafting.services import hearings as services
from app.structures import queries as structures
from app.structures.forms import offer
from app.web.access import current_account, requires

bp = Blueprint("hearings_desk", __name__, url_prefix="/verwaltung/anregungen/entwurf")


@bp.route("/neu", methods=["GET", "POST"])
@requires(can_edit_concept)
def lay_out() -> ResponseReturnValue:
    if find_working_edition() is None:
        abort(404)
    known = {each.slug: each for each in structures.names_of_organizations()}
    form = HearingForm()
    offer(form.bodies, known.values())
    if form.validate_on_submit():
        hearing = services.lay_out(
            title=form.title.data,
            opens_on=form.opens_on.data,
            closes_on=form.closes_on.data,
            bodies=[known[slug] for slug in form.bodies.data or ()],
            by=current_account(),
        )
        flash(_("Der Entwurf %(number)s liegt aus.", number=hearing.number))
        return redirect(url_for("suggestions.show_hearing", number=hearing.number), 303)
    page = render_template("drafting/desk/hearing.html", form=form, hearing=None)
    return page, 422 if form.errors else 200


@bp.route("/<int:number>", methods=["GET", "POST"])
@requires(can_edit_concept)
def change(number: int) -> ResponseReturnValue:
    hearing = queries.find_hearing(number) or abort(404)
    form = HearingForm(title=hearing.title, closes_on=hearing.closes_on)
    del form.opens_on, form.bodies
    if form.validate_on_submit():
        services.change_hearing(hearing, title=form.title.data, closes_on=form.closes_on.data, by=current_account())
        flash(_("Der Entwurf ist geändert."))
        return redirect(url_for("suggestions.show_hearing", number=number), 303)
    page = render_template("drafting/desk/hearing.html", form=form, hearing=hearing)
    return page, 422 if form.errors else 200
