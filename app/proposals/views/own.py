"""One's own contribution: found by its receipt or the link in a mail, without an account."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.db import now
from app.decisions import due
from app.limits import LimitReached, source_of
from app.moderation import queries as moderation
from app.moderation.services import appeals
from app.proposals import languages, outcomes, results
from app.proposals.errors import ReceiptUnknown
from app.proposals.forms import ReceiptForm
from app.proposals.models import STATE_LABELS
from app.proposals.services import intake
from app.web.access import public, signed_link
from app.workbench import own_words

bp = Blueprint("contributions", __name__, url_prefix="/vorschlaege")


@bp.route("/beleg", methods=["GET", "POST"])
@public
def find() -> ResponseReturnValue:
    form = ReceiptForm()
    status = 200
    if form.validate_on_submit():
        try:
            proposal = intake.find_by_receipt(form.code.data, source=source_of(request.remote_addr))
        except (ReceiptUnknown, LimitReached) as error:
            form.code.errors = [str(error)]
            status = 429 if isinstance(error, LimitReached) else 422
        else:
            return redirect(url_for("contributions.show", token=intake.own_link(proposal)), 303)
    elif form.errors:
        status = 422
    return render_template("proposals/receipt.html", form=form), status


@bp.get("/mein/<string:token>")
@signed_link
def show(token: str) -> ResponseReturnValue:
    proposal = intake.read_own_link(token)
    version = proposal.text.versions[0]
    return render_template(
        "proposals/own.html",
        token=token,
        proposal=proposal,
        version=version,
        direction=languages.direction_of(version.language),
        label=STATE_LABELS[proposal.state],
        outcome=outcomes.outcomes_of([proposal])[proposal.id],
        shown=results.shown,
        answer_due=due.answer_due(proposal, current_app.config["ANSWER_DAYS"]),
        own=own_words.of_proposal(proposal),
        blackened=version.reasons,
        appeal_until=appeals.until(proposal),
        appeals=moderation.appeals_of(proposal),
        at=now(),
        may_withdraw=proposal.may_be_withdrawn,
    )


@bp.route("/mein/<string:token>/ruecknahme", methods=["GET", "POST"])
@signed_link
def withdraw(token: str) -> ResponseReturnValue:
    proposal = intake.read_own_link(token)
    form = FlaskForm()
    if form.validate_on_submit():
        intake.withdraw(proposal)
        flash(_("Ihr Beitrag ist zurückgezogen. Niemand sonst kann ihn mehr lesen."))
        return redirect(url_for("contributions.show", token=token), 303)
    back = url_for("contributions.show", token=token)
    return render_template("proposals/withdraw.html", form=form, proposal=proposal, back=back)


@bp.route("/bestaetigung/<string:token>", methods=["GET", "POST"])
@signed_link
def confirm_email(token: str) -> ResponseReturnValue:
    contributor = intake.read_confirmation_link(token)
    form = FlaskForm()
    if form.validate_on_submit():
        intake.confirm_email(contributor)
        flash(_("Danke. Wir schreiben Ihnen, sobald sich etwas tut."))
        return redirect(url_for("contributions.show", token=intake.own_link(contributor.proposal)), 303)
    return render_template("proposals/confirm_email.html", form=form, proposal=contributor.proposal)
