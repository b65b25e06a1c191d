"""Objections: what waits for an answer, and answering."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.proposals import languages, rules
from app.proposals.models import OBJECTION_OUTCOME_LABELS
from app.web.access import current_account, requires
from app.workbench import queries
from app.workbench.errors import ObjectionAnswered
from app.workbench.forms import AnswerForm
from app.workbench.services import objections

bp = Blueprint("objections_desk", __name__, url_prefix="/verwaltung/zusammenfuehrung/einsprueche")


@bp.get("")
@requires(rules.can_condense)
def index() -> ResponseReturnValue:
    return render_template("workbench/objections.html", objections=queries.all_open_objections())


@bp.route("/<int:objection_id>", methods=["GET", "POST"])
@requires(rules.can_condense)
def answer(objection_id: int) -> ResponseReturnValue:
    objection = queries.get_objection(objection_id) or abort(404)
    form = AnswerForm()
    if not objection.is_open:
        raise ObjectionAnswered
    if form.validate_on_submit():
        objections.answer_objection(objection, answer=form.answer.data, by=current_account())
        flash(_("Die Antwort steht im Weg. Wer eine Adresse bestätigt hat, bekommt sie als Mail."))
        return redirect(url_for("objections_desk.index"), 303)
    page = render_template(
        "workbench/answer.html",
        form=form,
        objection=objection,
        original=objection.proposal.text.versions[0],
        outcome=OBJECTION_OUTCOME_LABELS[objections.outcome_so_far(objection.condensation, objection)],
        may_change=objection.condensation.is_standing and objection.condensation.decision is None,
        may_end=objection.condensation.is_standing and not objection.condensation.decisions,
        direction_of=languages.direction_of,
    )
    return page, 422 if form.errors else 200
