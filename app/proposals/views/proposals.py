"""What people contributed: the list, sending one in, one of them."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from app.concept import queries as concept
from app.concept.models import Goal, Measure
from app.db import now
from app.proposals import languages, outcomes, queries, rules
from app.proposals.entries import source_of
from app.proposals.forms import ContributionForm, FollowForm, SupportForm
from app.proposals.models import PROPOSAL_KIND_LABELS, STATE_LABELS, Proposal, ProposalKind, ProposalState
from app.proposals.queries import Filters
from app.proposals.services import intake, supports
from app.proposals.services.intake import Contact
from app.proposals.similar import Similar, similar_to
from app.proposals.views.next_steps import after_sending
from app.web.access import current_account, public
from app.web.parameters import whole

bp = Blueprint("proposals", __name__, url_prefix="/vorschlaege")


@bp.get("")
@public
def index() -> ResponseReturnValue:
    filters = _filters()
    page = queries.released(filters, request.args.get("seite", 1, type=whole))
    return render_template(
        "proposals/index.html",
        page=page,
        filters=filters,
        outcomes=outcomes.outcomes_of(page.items),
        supporters=supports.count_supports([proposal.id for proposal in page.items]),
        sections=[(section.slug, section.title) for section in queries.sections()],
        language_choices=[(code, languages.name_of(code)) for code in queries.languages_in_use()],
        outcome_choices=[(slug, outcomes.label_of(slug)) for slug in outcomes.OUTCOME_CONDITIONS],
        source_of=source_of,
        direction_of=languages.direction_of,
        address=lambda number: _address(filters, number),
    )


@bp.route("/neu", methods=["GET", "POST"])
@public
def create() -> ResponseReturnValue:
    goal, measure = _about()
    form = _form(goal or measure)
    if form.validate_on_submit():
        if form.website.data:  # a robot: it sees the same page
            return redirect(url_for("proposals.sent"), 303)
        submission = intake.submit(
            text=form.text.data,
            kind=form.kind.data or ProposalKind.GOAL,
            section=concept.find_section(form.section.data),
            language=form.language.data or None,
            contact=_contact(form),
            goal=goal,
            measure=measure,
            author=current_account(),
        )
        session["sent"] = [submission.proposal.reference, submission.receipt_code, bool(form.email.data)]
        return redirect(url_for("proposals.sent"), 303)
    return _form_page(form, goal, measure), 422 if form.errors else 200


@bp.post("/neu/aehnlich")
@public
def find_similar() -> ResponseReturnValue:
    """The form again, as it was typed, with what is like it beside; nothing is kept."""
    goal, measure = _about()
    form = _form(goal or measure)
    return _form_page(form, goal, measure, similar_to(form.text.data or ""))


@bp.get("/gesendet")
@public
def sent() -> ResponseReturnValue:
    reference, code, has_email = session.pop("sent", (None, None, False))
    page = render_template(
        "proposals/sent.html", reference=reference, code=code, has_email=has_email, steps=after_sending(now())
    )
    return page, {"Cache-Control": "no-store"}  # the code is shown once


@bp.get("/<string:reference>")
@public
def show(reference: str) -> ResponseReturnValue:
    proposal = find_readable(reference)
    account = current_account()
    if not rules.can_read(account, proposal):
        return render_template("proposals/hidden.html", proposal=proposal, label=STATE_LABELS[proposal.state])
    return render_template(
        "proposals/show.html",
        proposal=proposal,
        version=proposal.text.versions[0],
        source=source_of(proposal),
        direction_of=languages.direction_of,
        outcome=outcomes.outcomes_of([proposal])[proposal.id],
        kind=PROPOSAL_KIND_LABELS[proposal.kind],
        state=STATE_LABELS[proposal.state],
        follow_form_data=FollowForm(),
        support_form_data=SupportForm(),
        supporters=supports.count_supports([proposal.id])[proposal.id],
        supports_it=account is not None and supports.is_supported_by(proposal, account),
        account=account,
    )


def find_readable(reference: str) -> Proposal:
    """The contribution, or 404 before its release to everyone but those who moderate.

    Of one that is withheld, or was withdrawn after release, the reference and the public reason may be read.
    """
    proposal = queries.find(reference) or abort(404)
    was_public = any(release.state is ProposalState.RELEASED for release in proposal.releases)
    if not (rules.can_read(current_account(), proposal) or proposal.state is ProposalState.WITHHELD or was_public):
        abort(404)
    return proposal


def _about() -> tuple[Goal | None, Measure | None]:
    return concept.get_goal(request.args.get("ziel", "")), concept.get_measure(request.args.get("massnahme", ""))


def _form_page(
    form: ContributionForm, goal: Goal | None, measure: Measure | None, similar: Similar | None = None
) -> str:
    return render_template(
        "proposals/create.html",
        form=form,
        about=goal or measure,
        about_address={"ziel": goal.code if goal else None, "massnahme": measure.code if measure else None},
        similar=similar,
        source_of=source_of,
        direction_of=languages.direction_of,
    )


def _form(about: Goal | Measure | None) -> ContributionForm:
    return ContributionForm(
        section=request.args.get("feld", ""), kind=ProposalKind.CHANGE if about else ProposalKind.GOAL
    )


def _filters() -> Filters:
    outcome = request.args.get("ausgang", "")
    return Filters(
        section=request.args.get("feld", ""),
        language=request.args.get("sprache", ""),
        outcome=outcome if outcome in outcomes.OUTCOME_CONDITIONS else "",
        search=request.args.get("suche", "").strip(),
        table=request.args.get("tisch", 0, type=whole),
        by_support=request.args.get("reihenfolge") == "unterstuetzung",
    )


def _address(filters: Filters, number: int) -> str:
    """A page of the list with its filters; what is not filtered stays out of the address."""
    chosen: dict[str, Any] = {
        "feld": filters.section,
        "sprache": filters.language,
        "ausgang": filters.outcome,
        "suche": filters.search,
        "tisch": filters.table,
        "reihenfolge": "unterstuetzung" if filters.by_support else "",
    }
    return url_for("proposals.index", seite=number, **{name: value for name, value in chosen.items() if value})


def _contact(form: ContributionForm) -> Contact:
    return Contact(
        name=form.name.data or "",
        organization_name=form.organisation.data or "",
        may_be_named=form.may_be_named.data,
        email=form.email.data or "",
        language=str(get_locale() or languages.SOURCE),
    )
