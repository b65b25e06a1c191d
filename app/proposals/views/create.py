"""Sending a contribution in, without an account."""

from typing import NamedTuple

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from app.calls import queries as calls
from app.calls.errors import CallNotOpen
from app.calls.models import Call
from app.concept import queries as concept
from app.concept.models import Goal, Measure
from app.db import now
from app.proposals import languages
from app.proposals.entries import source_of
from app.proposals.forms import ContributionForm
from app.proposals.models import ProposalKind
from app.proposals.services import intake
from app.proposals.services.intake import Contact
from app.proposals.similar import Similar, similar_to
from app.proposals.views.next_steps import after_sending
from app.proposals.views.proposals import bp
from app.web.access import current_account, public


class About(NamedTuple):
    """What a contribution is about, as the address says."""

    goal: Goal | None
    measure: Measure | None
    call: Call | None


@bp.route("/neu", methods=["GET", "POST"])
@public
def create() -> ResponseReturnValue:
    about = _about()
    form = _form(about)
    if form.validate_on_submit():
        if form.website.data:  # a robot: it sees the same page
            return redirect(url_for("proposals.sent"), 303)
        try:
            submission = intake.submit(
                text=form.text.data,
                kind=form.kind.data or ProposalKind.GOAL,
                section=concept.find_section(form.section.data),
                language=form.language.data or None,
                contact=_contact(form),
                author=current_account(),
                **about._asdict(),
            )
        except CallNotOpen as refusal:  # what was typed stays, and the form now leads past the call
            return _form_page(form, about, refusal=refusal), 409
        session["sent"] = [submission.proposal.reference, submission.receipt_code, bool(form.email.data)]
        return redirect(url_for("proposals.sent"), 303)
    return _form_page(form, about), 422 if form.errors else 200


@bp.post("/neu/aehnlich")
@public
def find_similar() -> ResponseReturnValue:
    """The form again, as it was typed, with what is like it beside; nothing is kept."""
    about = _about()
    form = _form(about)
    return _form_page(form, about, similar=similar_to(form.text.data or ""))


@bp.get("/gesendet")
@public
def sent() -> ResponseReturnValue:
    reference, code, has_email = session.pop("sent", (None, None, False))
    page = render_template(
        "proposals/sent.html", reference=reference, code=code, has_email=has_email, steps=after_sending(now())
    )
    return page, {"Cache-Control": "no-store"}  # the code is shown once


def _about() -> About:
    return About(
        concept.get_goal(request.args.get("ziel", "")),
        concept.get_measure(request.args.get("massnahme", "")),
        calls.find_call(request.args.get("aufruf", "")),
    )


def _form_page(
    form: ContributionForm, about: About, *, similar: Similar | None = None, refusal: CallNotOpen | None = None
) -> str:
    goal, measure, call = about
    at = now()
    is_call_open = call is not None and call.is_open(at)
    return render_template(
        "proposals/create.html",
        form=form,
        about=goal or measure,
        about_address={
            "ziel": goal.code if goal else None,
            "massnahme": measure.code if measure else None,
            "aufruf": call.slug if call and is_call_open else None,
        },
        call=call,
        is_call_open=is_call_open,
        refusal=refusal,
        open_calls=[] if call else calls.open_calls(at),
        similar=similar,
        source_of=source_of,
        direction_of=languages.direction_of,
    )


def _form(about: About) -> ContributionForm:
    is_change = about.goal or about.measure
    return ContributionForm(
        call=about.call,
        section=request.args.get("feld", ""),
        kind=ProposalKind.CHANGE if is_change else ProposalKind.GOAL,
    )


def _contact(form: ContributionForm) -> Contact:
    return Contact(
        name=form.name.data or "",
        organization_name=form.organisation.data or "",
        may_be_named=form.may_be_named.data,
        email=form.email.data or "",
        language=str(get_locale() or languages.SOURCE),
    )
