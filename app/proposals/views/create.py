"""Sending a contribution in, without an account."""

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

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


def _contact(form: ContributionForm) -> Contact:
    return Contact(
        name=form.name.data or "",
        organization_name=form.organisation.data or "",
        may_be_named=form.may_be_named.data,
        email=form.email.data or "",
        language=str(get_locale() or languages.SOURCE),
    )
