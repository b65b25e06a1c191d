"""Moderation: one statement at a time, several from a page of the queue, or all that the filters show."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm

from app.calls.queries import published_calls
from app.db import now
from app.moderation import queries
from app.moderation.forms import BulkForm, ReasonForm, TranslationForm, UpToForm
from app.moderation.services import moderation
from app.proposals import languages, rules
from app.proposals import queries as proposals
from app.proposals.entries import source_of
from app.proposals.models import (
    CHANNEL_LABELS,
    PROPOSAL_KIND_LABELS,
    STATE_LABELS,
    Channel,
    Proposal,
    ProposalState,
)
from app.proposals.queries import Filters
from app.proposals.similar import similar_to
from app.proposals.views.next_steps import REVIEW
from app.web.access import current_account, requires
from app.web.parameters import whole

bp = Blueprint("moderations_desk", __name__, url_prefix="/verwaltung/moderation")


@bp.route("", methods=["GET", "POST"])
@requires(rules.can_moderate)
def index() -> ResponseReturnValue:
    filters = _filters()
    waiting = queries.waiting(filters, request.args.get("seite", 1, type=whole))
    form = BulkForm().choose_from([proposal.id for proposal in waiting.items])
    if form.validate_on_submit():
        chosen = [proposal for proposal in waiting.items if proposal.id in form.chosen.data]
        if request.args.get("schritt") == "zurueckhalten":
            if form.reason.data:
                moderation.withhold(chosen, reason=form.reason.data, by=current_account())
                return _done(len(chosen))
            form.reason.errors = [_("Bitte nennen Sie den Grund. Er wird veröffentlicht.")]
        else:
            moderation.release(chosen, by=current_account())
            return _done(len(chosen))
    page = render_template(
        "moderation/queue.html",
        waiting=waiting,
        filters=filters,
        narrowed=_address(filters),
        address=lambda number: url_for("moderations_desk.index", seite=number, **_address(filters)),
        form=form,
        overdue=now() - REVIEW,
        sections=[(section.slug, section.title) for section in proposals.sections()],
        channels=[(channel.value, label) for channel, label in CHANNEL_LABELS.items()],
        language_choices=[
            (code, languages.name_of(code)) for code in proposals.languages_in_use(ProposalState.RECEIVED)
        ],
        call_choices=[(call.slug, call.title) for call in published_calls()],
        events=[(str(event.id), event.title) for event in queries.events_in_queue()],
        source_of=source_of,
        direction_of=languages.direction_of,
    )
    return page, 422 if form.errors else 200


@bp.route("/alle", methods=["GET", "POST"])
@requires(rules.can_moderate)
def release_all() -> ResponseReturnValue:
    """All that the filters show, up to the newest that was there when the page was read."""
    filters = _filters()
    form = UpToForm()
    if form.validate_on_submit():
        chosen = queries.waiting_up_to(filters, form.last.data)
        moderation.release(chosen, by=current_account())
        return _done(len(chosen))
    last = queries.last_waiting(filters)
    page = render_template(
        "moderation/release_all.html",
        form=UpToForm(formdata=None, last=last),
        count=len(queries.waiting_up_to(filters, last)),
        narrowed=_address(filters),
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
        "moderation/translate.html", proposal=proposal, form=form, direction_of=languages.direction_of
    )
    return page, 422 if form.errors else 200


def _show(proposal: Proposal, form: ReasonForm) -> str:
    version = proposal.text.versions[0]
    before, after = _neighbours(proposal)
    return render_template(
        "moderation/review.html",
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
        narrowed=_address(_filters()),
        similar=_similar(proposal),
        source_of=source_of,
        direction_of=languages.direction_of,
        waiting=queries.count_waiting(),
    )


def _neighbours(proposal: Proposal) -> tuple[Proposal | None, Proposal | None]:
    return queries.beside_in_queue(proposal, _filters())


def _after(proposal: Proposal) -> str:
    """Where moderation goes on: the next in the queue, else the one before, else the list."""
    before, after = _neighbours(proposal)
    following = after or before
    if following is None:
        return url_for("moderations_desk.index", **_address(_filters()))
    return url_for("moderations_desk.show", reference=following.reference, **_address(_filters()))


def _done(count: int) -> ResponseReturnValue:
    flash(ngettext("Ein Beitrag ist geprüft.", "%(num)s Beiträge sind geprüft.", count))
    return redirect(url_for("moderations_desk.index", **_address(_filters())), 303)


def _similar(proposal: Proposal) -> Sequence[Proposal]:
    """Released ones about the same matter: a hint that this was said before, never a reason to withhold."""
    text = proposal.translation or proposal.text
    return [other for other in similar_to(text.current.content).proposals if other.id != proposal.id]


def _filters() -> Filters:
    channel = request.args.get("kanal", "")
    return Filters(
        section=request.args.get("feld", ""),
        channel=channel if channel in set(Channel) else "",
        event=request.args.get("veranstaltung", 0, type=whole),
        language=request.args.get("sprache", ""),
        call=request.args.get("aufruf", ""),
        search=request.args.get("suche", "").strip(),
    )


def _address(filters: Filters) -> dict[str, Any]:
    chosen = {
        "feld": filters.section,
        "kanal": filters.channel,
        "veranstaltung": filters.event,
        "sprache": filters.language,
        "aufruf": filters.call,
        "suche": filters.search,
    }
    return {name: value for name, value in chosen.items() if value}


def _get(reference: str) -> Proposal:
    return proposals.find(reference) or abort(404)
