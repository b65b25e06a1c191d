"""Words that were blackened in a contribution, where else they stand: blacken there, or take that back."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.moderation import copies, periods, queries
from app.moderation.copies import Copy
from app.moderation.errors import PassageUnknown
from app.moderation.forms import RedactionForm
from app.moderation.models import BlockKind
from app.moderation.services import redactions
from app.moderation.views_desk.queue import bp
from app.proposals import languages, rules
from app.proposals import queries as proposals
from app.proposals.models import Proposal
from app.web.access import current_account, requires


@bp.route("/<string:reference>/schwaerzung/<any(wortlaut,frage):kind>/<int:number>", methods=["GET", "POST"])
@requires(rules.can_moderate)
def redact_copy(reference: str, kind: str, number: int) -> ResponseReturnValue:
    proposal = proposals.find(reference) or abort(404)
    copy = _copy(proposal, kind, number)
    reasons = [redaction.reason for redaction in redactions.kept_in(proposal)]
    form = RedactionForm(
        queries.text_blocks(BlockKind.REDACTION),
        passages="\n".join(each for each in copies.words_of(proposal) if copies.says(each, copy)),
        reason=reasons[-1][:300],
    )
    if copy.referral is not None:  # nobody reads there why
        del form.reason, form.block
    if form.validate_on_submit():
        try:
            _blacken(copy, form)
        except PassageUnknown as error:
            form.passages.errors = [str(error)]
        else:
            flash(_("Auch dort ist die Stelle geschwärzt."))
            return redirect(url_for("moderations_desk.redact", reference=reference), 303)
    page = render_template(
        "moderation/redact_copy.html",
        proposal=proposal,
        copy=copy,
        form=form,
        days=periods.appeal_period().days,
        direction_of=languages.direction_of,
    )
    return page, 422 if form.errors else 200


@bp.post("/<string:reference>/schwaerzung/<int:redaction_id>/aufhebung")
@requires(rules.can_moderate)
def lift_copy(reference: str, redaction_id: int) -> ResponseReturnValue:
    proposal = proposals.find(reference) or abort(404)
    elsewhere = copies.blackened_elsewhere(proposal)
    redaction = next((each for each in elsewhere if each.id == redaction_id), None) or abort(404)
    redactions.lift_one(redaction, by=current_account())
    flash(_("Die Schwärzung ist aufgehoben."))
    return redirect(url_for("moderations_desk.redact", reference=reference), 303)


def _copy(proposal: Proposal, kind: str, number: int) -> Copy:
    """Only what holds the same words: nothing else can be read here."""
    rows = ((each, each.text if kind == "wortlaut" else each.referral) for each in copies.copies_of(proposal))
    return next((each for each, row in rows if row is not None and row.id == number), None) or abort(404)


def _blacken(copy: Copy, form: RedactionForm) -> None:
    by = current_account()
    if copy.text is not None:
        redactions.redact_text(copy.text, form.chosen, reason=form.reason.data or "", block=form.chosen_block, by=by)
    elif copy.referral is not None:
        redactions.redact_question(copy.referral, form.chosen, by=by)
