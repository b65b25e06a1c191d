"""Sending a contribution in, without an account."""

from collections.abc import Sequence

from flask import jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from werkzeug.datastructures import MultiDict

from app import proof
from app.calls import queries as calls
from app.calls.errors import CallNotOpen
from app.concept import comparison
from app.concept import queries as concept
from app.concept.comparison import Run
from app.db import now
from app.limits import LimitReached, source_of
from app.proof import Sending
from app.proposals import languages
from app.proposals.attachments import MOST_IN_ALL
from app.proposals.entries import source_of as said_where
from app.proposals.forms import TEXT_LENGTH, ContributionForm
from app.proposals.models import Draft, ProposalKind
from app.proposals.services import drafts, intake
from app.proposals.services.intake import Contact, Statement
from app.proposals.similar import Similar, similar_to
from app.proposals.views.next_steps import after_sending
from app.proposals.views.proposals import bp
from app.structures.queries import find_municipality, represented_by
from app.web.access import current_account, public
from app.web.parameters import takes_up_to


@bp.route("/neu", methods=["GET", "POST"])
@public
@takes_up_to(MOST_IN_ALL)
def create() -> ResponseReturnValue:
    form = contribution_form()
    if form.validate_on_submit():
        if form.website.data:  # a robot: it sees the same page
            return redirect(url_for("proposals.sent"), 303)
        try:
            submission = _submit(form)
        except CallNotOpen as refusal:  # what was typed stays, and the form now leads past the call
            return form_page(form, refusal=refusal), 409
        except LimitReached as error:
            form.form_errors.append(str(error))
            return form_page(form), 429
        session["sent"] = [submission.proposal.reference, submission.receipt_code, bool(form.email.data)]
        return redirect(url_for("proposals.sent"), 303)
    if request.method == "GET":
        form.start_from_subject()
    return form_page(form), 422 if form.errors else 200


@bp.post("/neu/aehnlich")
@public
@takes_up_to(MOST_IN_ALL)
def find_similar() -> ResponseReturnValue:
    """The form again, as it was typed, with what is like it or what it changes beside; nothing is kept."""
    form = contribution_form()
    form.start_from_subject()
    return form_page(form, similar=similar_to(form.text.data or ""))


@bp.get("/neu/aufgabe")
@public
def give_challenge() -> ResponseReturnValue:
    return jsonify(proof.challenge()), {"Cache-Control": "no-store"}


@bp.get("/gesendet")
@public
def sent() -> ResponseReturnValue:
    reference, code, has_email = session.pop("sent", (None, None, False))
    page = render_template(
        "proposals/sent.html", reference=reference, code=code, has_email=has_email, steps=after_sending(now())
    )
    return page, {"Cache-Control": "no-store"}  # the code is shown once


def contribution_form(kept: MultiDict[str, str] | None = None) -> ContributionForm:
    """As it was sent; else as a draft holds it, or empty, about what the address names."""
    account = current_account()
    code = request.args.get("ziel") or request.args.get("massnahme") or ""
    about = concept.get_goal(code) or concept.get_measure(code)
    return ContributionForm(
        call=calls.find_call((kept or request.form).get("aufruf") or request.args.get("aufruf", "")),
        represented=represented_by(account) if account else (),
        section=request.args.get("feld", ""),
        on_behalf_of=request.args.get("organisation", ""),
        about=about.code if about else "",
        kind=ProposalKind.CHANGE if about else ProposalKind.GOAL,
        **({"formdata": kept} if kept is not None else {}),
    )


def form_page(
    form: ContributionForm,
    *,
    similar: Similar | None = None,
    draft: Draft | None = None,
    refusal: CallNotOpen | None = None,
) -> str:
    at = now()
    is_call_open = form.call is not None and form.call.is_open(at)
    draft = draft or drafts.find(form.draft.data or "")
    form.aufruf.data = form.call.slug if form.call and is_call_open else ""
    form.draft.data = drafts.link_of(draft) if draft else ""
    return render_template(
        "proposals/create.html",
        form=form,
        subject=form.subject,
        changes=_changes(form),
        call=form.call,
        is_call_open=is_call_open,
        refusal=refusal,
        open_calls=[] if form.call else calls.open_calls(at),
        similar=similar,
        draft=draft,
        source_of=said_where,
        direction_of=languages.direction_of,
    )


def _changes(form: ContributionForm) -> Sequence[Run]:
    """Word by word, how what is typed differs from what a change is about; a text that is refused is not compared."""
    is_compared = form.chosen_kind is ProposalKind.CHANGE and 0 < len(form.text.data or "") <= TEXT_LENGTH
    if form.subject is None or not is_compared:
        return ()
    return comparison.words(form.subject.text.current.content, form.text.data)


def _submit(form: ContributionForm) -> intake.Submission:
    code = form.about.data or ""
    statement = Statement(
        form.text.data,
        form.chosen_kind,
        form.language.data or None,
        section=concept.find_section(form.section.data),
        goal=concept.get_goal(code),
        measure=concept.get_measure(code),
        municipality=find_municipality(form.municipality.data),
        call=form.call,
        attachments=form.files.uploads,
    )
    return intake.submit(
        statement,
        contact=_contact(form),
        organization=form.organization,
        author=current_account(),
        sending=Sending(source_of(request.remote_addr), form.altcha.data or ""),
        draft=drafts.find(form.draft.data or ""),
    )


def _contact(form: ContributionForm) -> Contact:
    return Contact(
        name=form.name.data or "",
        organization_name=form.organisation.data or "",
        may_be_named=form.may_be_named.data,
        email=form.email.data or "",
        language=str(get_locale() or languages.SOURCE),
    )
