"""Moderation: one statement at a time, or several from a list."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm

from app.proposals import languages, queries, rules
from app.proposals.entries import source_of
from app.proposals.forms_desk import BulkForm, ReasonForm, TranslationForm
from app.proposals.models import PROPOSAL_KIND_LABELS, STATE_LABELS, Proposal
from app.proposals.services import moderation
from app.web.access import current_account, requires

bp = Blueprint("moderations_desk", __name__, url_prefix="/verwaltung/moderation")


@bp.route("", methods=["GET", "POST"])
@requires(rules.can_moderate)
def index() -> ResponseReturnValue:
    waiting = queries.waiting()
    form = BulkForm().choose_from([proposal.id for proposal in waiting])
    if form.validate_on_submit():
        chosen = [proposal for proposal in waiting if proposal.id in form.chosen.data]
        if request.args.get("schritt") == "zurueckhalten":
            if form.reason.data:
                moderation.withhold(chosen, reason=form.reason.data, by=current_account())
                return _done(len(chosen))
            form.reason.errors = [_("Bitte nennen Sie den Grund. Er wird veröffentlicht.")]
        else:
            moderation.release(chosen, by=current_account())
            return _done(len(chosen))
    page = render_template(
        "proposals/desk/moderation.html",
        waiting=waiting,
        form=form,
        source_of=source_of,
        direction_of=languages.direction_of,
    )
    return page, 422 if form.errors else 200


@bp.get("/<string:reference>")
@requires(rules.can_moderate)
def show(reference: str) -> ResponseReturnValue:
    return _show(_get(reference), ReasonForm())


@bp.post("/<string:reference>/freigabe")
@requires(rules.can_moderate)
def release(reference: str) -> ResponseReturnValue:
    proposal = _get(reference)
    following = _after(proposal)
    moderation.release([proposal], by=current_account())
    flash(_("%(reference)s ist veröffentlicht.", reference=reference))
    return redirect(following, 303)


@bp.post("/<string:reference>/zurueckhaltung")
@requires(rules.can_moderate)
def withhold(reference: str) -> ResponseReturnValue:
    proposal, form = _get(reference), ReasonForm()
    if not form.validate_on_submit():
        return _show(proposal, form), 422
    following = _after(proposal)
    moderation.withhold([proposal], reason=form.reason.data, by=current_account())
    flash(_("%(reference)s bleibt unveröffentlicht. Der Grund ist öffentlich.", reference=reference))
    return redirect(following, 303)


@bp.route("/<string:reference>/uebersetzung", methods=["GET", "POST"])
@requires(rules.can_moderate)
def translate(reference: str) -> ResponseReturnValue:
    proposal = _get(reference)
    form = TranslationForm(translation=proposal.translation.current.content if proposal.translation else "")
    if form.validate_on_submit():
        moderation.translate(proposal, content=form.translation.data, by=current_account())
        return redirect(url_for("moderations_desk.show", reference=reference), 303)
    page = render_template(
        "proposals/desk/translate.html", proposal=proposal, form=form, direction_of=languages.direction_of
    )
    return page, 422 if form.errors else 200


def _show(proposal: Proposal, form: ReasonForm) -> str:
    version = proposal.text.versions[0]
    before, after = _neighbours(proposal)
    return render_template(
        "proposals/desk/review.html",
        proposal=proposal,
        version=version,
        source=source_of(proposal),
        direction=languages.direction_of(version.language),
        kind=PROPOSAL_KIND_LABELS[proposal.kind],
        state=STATE_LABELS[proposal.state],
        form=form,
        release_form=FlaskForm(),
        before=before,
        after=after,
        waiting=queries.count_waiting(),
    )


def _neighbours(proposal: Proposal) -> tuple[Proposal | None, Proposal | None]:
    """The one before and the one after it in the queue."""
    queue = queries.waiting()
    place = next((number for number, each in enumerate(queue) if each.id == proposal.id), None)
    if place is None:
        return None, queue[0] if queue else None
    before = queue[place - 1] if place else None
    return before, queue[place + 1] if place + 1 < len(queue) else None


def _after(proposal: Proposal) -> str:
    """Where moderation goes on: the next in the queue, else the one before, else the list."""
    before, after = _neighbours(proposal)
    following = after or before
    if following is None:
        return url_for("moderations_desk.index")
    return url_for("moderations_desk.show", reference=following.reference)


def _done(count: int) -> ResponseReturnValue:
    flash(ngettext("Ein Beitrag ist geprüft.", "%(num)s Beiträge sind geprüft.", count))
    return redirect(url_for("moderations_desk.index"), 303)


def _get(reference: str) -> Proposal:
    return queries.find(reference) or abort(404)
