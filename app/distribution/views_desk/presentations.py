"""At the desk: an edition was presented to a body in its meeting."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectChoice

from app.concept import queries as concept
from app.council import queries as council
from app.distribution import queries, rules, services
from app.distribution.errors import AlreadyPresented
from app.distribution.forms import BodyPresentationForm
from app.web.access import current_account, requires

bp = Blueprint("presentations_desk", __name__, url_prefix="/verwaltung/sitzungen/<string:slug>/vorstellung")


@bp.route("", methods=["GET", "POST"])
@requires(rules.can_distribute)
def create(slug: str) -> ResponseReturnValue:
    meeting = council.find_meeting(slug) or abort(404)
    editions = {edition.slug: edition for edition in reversed(concept.all_editions())}
    form = BodyPresentationForm()
    form.edition.choices = [SelectChoice(each.slug, f"{each.title}, {each.number}") for each in editions.values()]
    if form.validate_on_submit():
        try:
            services.present_to_body(editions[form.edition.data], meeting, by=current_account())
        except AlreadyPresented as error:
            form.edition.errors = [str(error)]
        else:
            flash(_("Die Vorstellung ist eingetragen."))
            return redirect(url_for("meetings.show", slug=slug), 303)
    page = render_template(
        "distribution/desk/present_to_body.html",
        meeting=meeting,
        form=form,
        plain_form=FlaskForm(),
        presented=queries.presented_in(meeting),
    )
    return page, 422 if form.errors else 200


@bp.post("/<int:presentation_id>/ruecknahme")
@requires(rules.can_distribute)
def withdraw(slug: str, presentation_id: int) -> ResponseReturnValue:
    meeting, presentation = council.find_meeting(slug), queries.find_presentation(presentation_id)
    if meeting is None or presentation is None or presentation.meeting_id != meeting.id:
        abort(404)
    services.withdraw_presentation(presentation, by=current_account())
    flash(_("Die Vorstellung ist zurückgenommen."))
    return redirect(url_for("presentations_desk.create", slug=slug), 303)
