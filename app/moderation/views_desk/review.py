"""One contribution under review: read, publish, withhold, blacken, translate, give to somebody."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.db import now
from app.moderation import copies, periods, queries, signals, translation
from app.moderation.errors import PassageUnknown
from app.moderation.forms import ReasonForm, RedactionForm, TranslationForm
from app.moderation.models import BlockKind
from app.moderation.services import moderation, redactions, translating
from app.moderation.views_desk.queue import address, bp, filters_of_request
from app.proposals import languages, rules
from app.proposals import queries as proposals
from app.proposals.entries import source_of
from app.proposals.models import PROPOSAL_KIND_LABELS, STATE_LABELS, Proposal
from app.proposals.similar import similar_to
from app.proposals.subjects import subject_of
from app.web.access import current_account, requires
from app.web.parameters import whole


@bp.get("/<string:reference>")
@requires(rules.can_moderate)
def show(reference: str) -> ResponseReturnValue:
    proposal = _get(reference)
    return _show(proposal, _reason_form(seen=proposal.state.value))


@bp.post("/<string:reference>/freigabe")
@requires(rules.can_moderate)
def release(reference: str) -> ResponseReturnValue:
    proposal = _get(reference)
    following = _after(proposal)
    moderation.release([proposal], seen=_reason_form().seen_state, by=current_account())
    flash(_("%(reference)s ist veröffentlicht.", reference=reference))
    return redirect(following, 303)


@bp.post("/<string:reference>/zurueckhaltung")
@requires(rules.can_moderate)
def withhold(reference: str) -> ResponseReturnValue:
    proposal, form = _get(reference), _reason_form()
    if not form.validate_on_submit():
        return _show(proposal, form), 422
    following = _after(proposal)
    moderation.withhold(
        [proposal], reason=form.reason.data or "", block=form.chosen_block, seen=form.seen_state, by=current_account()
    )
    flash(_("%(reference)s bleibt unveröffentlicht. Der Grund ist öffentlich.", reference=reference))
    return redirect(following, 303)


@bp.post("/<string:reference>/zuweisung")
@requires(rules.can_moderate)
def assign(reference: str) -> ResponseReturnValue:
    proposal = _get(reference)
    wanted = request.form.get("colleague", 0, type=whole)
    to = next((account for account in queries.colleagues() if account.id == wanted), None)
    moderation.assign([proposal], to=to, by=current_account())
    flash(_("%(name)s liest diesen Beitrag.", name=to.name) if to else _("Diesen Beitrag liest, wer zuerst kommt."))
    return redirect(url_for("moderations_desk.show", reference=reference, **address(filters_of_request())), 303)


@bp.route("/<string:reference>/schwaerzung", methods=["GET", "POST"])
@requires(rules.can_moderate)
def redact(reference: str) -> ResponseReturnValue:
    proposal = _get(reference)
    form = RedactionForm(queries.text_blocks(BlockKind.REDACTION))
    if form.validate_on_submit():
        try:
            redactions.redact(
                proposal,
                form.chosen,
                reason=form.reason.data or "",
                block=form.chosen_block,
                by=current_account(),
            )
        except PassageUnknown as error:
            form.passages.errors = [str(error)]
        else:
            return _after_redaction(proposal)
    page = render_template(
        "moderation/redact.html",
        proposal=proposal,
        form=form,
        kept=redactions.kept_in(proposal),
        copies=copies.copies_of(proposal),
        elsewhere=copies.blackened_elsewhere(proposal),
        lift_form=FlaskForm(),
        days=periods.appeal_period().days,
        direction_of=languages.direction_of,
    )
    return page, 422 if form.errors else 200


@bp.post("/<string:reference>/schwaerzung/aufhebung")
@requires(rules.can_moderate)
def lift(reference: str) -> ResponseReturnValue:
    redactions.lift(_get(reference), by=current_account())
    flash(_("Die Schwärzung ist aufgehoben."))
    return redirect(url_for("moderations_desk.show", reference=reference), 303)


@bp.route("/<string:reference>/uebersetzung", methods=["GET", "POST"])
@requires(rules.can_moderate)
def translate(reference: str) -> ResponseReturnValue:
    proposal = _get(reference)
    form = TranslationForm(translation=proposal.translation.current.content if proposal.translation else "")
    if form.validate_on_submit():
        moderation.translate(proposal, content=form.translation.data, by=current_account())
        return redirect(url_for("moderations_desk.show", reference=reference), 303)
    page = render_template(
        "moderation/translate.html", proposal=proposal, form=form, direction_of=languages.direction_of
    )
    return page, 422 if form.errors else 200


@bp.post("/<string:reference>/uebersetzung/vorschlag")
@requires(rules.can_moderate)
def ask_for_translation(reference: str) -> ResponseReturnValue:
    proposal = _get(reference)
    if not translation.is_offered():
        abort(404)
    translating.ask(proposal)
    flash(_("Der Übersetzungsdienst ist gefragt. Laden Sie die Seite gleich noch einmal."))
    return redirect(url_for("moderations_desk.show", reference=reference), 303)


def _show(proposal: Proposal, form: ReasonForm) -> str:
    version = proposal.text.versions[0]
    before, after = queries.beside_in_queue(proposal, filters_of_request())
    account = current_account()
    return render_template(
        "moderation/review.html",
        proposal=proposal,
        version=version,
        source=source_of(proposal),
        subject=subject_of(proposal),
        direction=languages.direction_of(version.language),
        kind=PROPOSAL_KIND_LABELS[proposal.kind],
        state=STATE_LABELS[proposal.state],
        due=periods.due_on(proposal),
        form=form,
        plain_form=FlaskForm(),
        offers_translation=translation.is_offered(),
        colleagues=[each for each in queries.colleagues() if each.id != account.id],
        account=account,
        undoable=queries.undoable(account, now()),
        signals=signals.of([proposal])[proposal.id],
        appeal=queries.open_appeal(proposal),
        copies=copies.copies_of(proposal),
        before=before,
        after=after,
        narrowed=address(filters_of_request()),
        similar=_similar(proposal),
        source_of=source_of,
        direction_of=languages.direction_of,
        waiting=queries.count_waiting(),
    )


def _after_redaction(proposal: Proposal) -> ResponseReturnValue:
    """On to where the words stand, too, if there is such a place."""
    flash(_("Die Stelle ist geschwärzt. Niemand sonst liest sie mehr."))
    is_left = bool(copies.copies_of(proposal))
    if is_left:
        flash(_("Anderswo stehen dieselben Worte noch: Sehen Sie unten nach."), "warning")
    return redirect(url_for(f"moderations_desk.{'redact' if is_left else 'show'}", reference=proposal.reference), 303)


def _reason_form(**given: object) -> ReasonForm:
    return ReasonForm(queries.text_blocks(BlockKind.REASON), **given)


def _after(proposal: Proposal) -> str:
    """Where moderation goes on: the next in the queue, else the one before, else the list."""
    filters = filters_of_request()
    before, after = queries.beside_in_queue(proposal, filters)
    following = after or before
    if following is None:
        return url_for("moderations_desk.index", **address(filters))
    return url_for("moderations_desk.show", reference=following.reference, **address(filters))


def _similar(proposal: Proposal) -> Sequence[Proposal]:
    """Released ones about the same matter: a hint that this was said before, never a reason to withhold."""
    text = proposal.translation or proposal.text
    return [other for other in similar_to(text.current.content).proposals if other.id != proposal.id]


def _get(reference: str) -> Proposal:
    return proposals.find(reference) or abort(404)
