"""What an organisation contributed, at one place for everyone who acts for it."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.accounts.rules import has_account
from app.proposals import languages, outcomes, queries, results
from app.proposals.models import STATE_LABELS, TRANSITIONS, Proposal, ProposalState
from app.proposals.services import intake
from app.structures.queries import represented_by
from app.web.access import current_account, requires

bp = Blueprint("representations", __name__, url_prefix="/konto/organisation")


@bp.get("")
@requires(has_account)
def index() -> ResponseReturnValue:
    organizations = represented_by(current_account())
    proposals = queries.of_organizations(organizations)
    return render_template(
        "proposals/represented.html",
        organizations=[(each, [p for p in proposals if p.organization_id == each.id]) for each in organizations],
        outcomes=outcomes.outcomes_of(proposals),
        shown=results.shown,
        labels=STATE_LABELS,
        may_withdraw={p.id for p in proposals if ProposalState.WITHDRAWN in TRANSITIONS.get(p.state, ())},
        direction_of=languages.direction_of,
    )


@bp.route("/<string:reference>/ruecknahme", methods=["GET", "POST"])
@requires(has_account)
def withdraw(reference: str) -> ResponseReturnValue:
    proposal = _own(reference)
    form = FlaskForm()
    if form.validate_on_submit():
        intake.withdraw(proposal, role="organisation", by=current_account())
        flash(_("%(reference)s ist zurückgezogen. Niemand sonst kann ihn mehr lesen.", reference=reference))
        return redirect(url_for("representations.index"), 303)
    back = url_for("representations.index")
    return render_template("proposals/withdraw.html", form=form, proposal=proposal, back=back)


def _own(reference: str) -> Proposal:
    """Of an organisation one acts for; else nobody learns that there is such a contribution."""
    proposal = queries.find(reference)
    if proposal is None or proposal.organization is None:
        abort(404)
    return proposal if queries.may_write_for(current_account(), proposal.organization) else abort(404)
