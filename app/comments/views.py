"""Commenting on a contribution, and one's own comment by its link."""

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app import limits
from app.comments import queries, services
from app.comments.forms import CommentForm, ReportForm
from app.comments.models import Comment, CommentKind
from app.comments.services import Person
from app.proof import Sending
from app.proposals import languages
from app.proposals.entries import source_of
from app.proposals.models import STATE_LABELS, Proposal
from app.proposals.views.proposals import find_released
from app.structures.queries import represented_by
from app.web.access import current_account, public, signed_link
from app.web.parameters import whole

bp = Blueprint("comments", __name__)


@bp.route("/vorschlaege/<string:reference>/kommentar", methods=["GET", "POST"])
@public
def create(reference: str) -> ResponseReturnValue:
    proposal = find_released(reference)
    answered = _answered(proposal)
    account = current_account()
    form = CommentForm(represented=represented_by(account) if account else ())
    if form.validate_on_submit() and _is_taken_in(form, proposal, answered):
        return redirect(url_for("comments.sent", reference=reference), 303)
    page = render_template(
        "comments/create.html",
        form=form,
        proposal=proposal,
        answered=answered,
        source_of=source_of,
        direction_of=languages.direction_of,
    )
    return page, 422 if form.errors or form.form_errors else 200


@bp.get("/vorschlaege/<string:reference>/kommentar/gesendet")
@public
def sent(reference: str) -> ResponseReturnValue:
    proposal = find_released(reference)
    token, has_email = session.pop("commented", (None, False))
    page = render_template("comments/sent.html", proposal=proposal, token=token, has_email=has_email)
    return page, {"Cache-Control": "no-store"}  # the link is shown once


@bp.get("/kommentare/<string:token>")
@signed_link
def show(token: str) -> ResponseReturnValue:
    comment = services.read_own_link(token)
    return render_template(
        "comments/own.html",
        token=token,
        comment=comment,
        version=comment.text.current,
        label=STATE_LABELS[comment.state],
        direction_of=languages.direction_of,
        may_withdraw=comment.may_be_withdrawn,
        form=FlaskForm(),
    )


@bp.post("/kommentare/<string:token>/ruecknahme")
@signed_link
def withdraw(token: str) -> ResponseReturnValue:
    services.withdraw(services.read_own_link(token))
    flash(_("Ihr Kommentar ist zurückgezogen. Niemand sonst kann ihn mehr lesen."))
    return redirect(url_for("comments.show", token=token), 303)


@bp.route("/kommentare/bestaetigung/<string:token>", methods=["GET", "POST"])
@signed_link
def confirm_email(token: str) -> ResponseReturnValue:
    commenter = services.read_confirmation_link(token)
    form = FlaskForm()
    if form.validate_on_submit():
        services.confirm_email(commenter)
        flash(_("Danke. Wir schreiben Ihnen, sobald sich etwas tut."))
        return redirect(url_for("comments.show", token=services.own_link(commenter.comment)), 303)
    return render_template("comments/confirm_email.html", form=form, proposal=commenter.comment.proposal)


@bp.route("/kommentare/<int:comment_id>/meldung", methods=["GET", "POST"])
@public
def report(comment_id: int) -> ResponseReturnValue:
    comment = queries.find_public(comment_id) or abort(404)
    form = ReportForm()
    if form.validate_on_submit():
        if not form.website.data:
            services.report(comment, reason=form.reason.data, source=limits.source_of(request.remote_addr))
        flash(_("Danke. Ein Mensch sieht sich das an. So lange bleibt der Kommentar stehen."))
        return redirect(url_for("proposals.show", reference=comment.proposal.reference, _anchor="kommentare"), 303)
    page = render_template("comments/report.html", form=form, comment=comment, direction_of=languages.direction_of)
    return page, 422 if form.errors else 200


def _is_taken_in(form: CommentForm, proposal: Proposal, answered: Comment | None) -> bool:
    """False, with the reason in the form, when this network wrote too many."""
    if form.website.data:  # a robot sees the same page
        return True
    try:
        made = services.comment(
            proposal,
            text=form.text.data,
            kind=form.kind.data or CommentKind.ADDITION,
            answers=answered,
            person=_person(form),
            author=current_account(),
            organization=form.organization,
            sending=Sending(limits.source_of(request.remote_addr), form.altcha.data or ""),
        )
    except limits.LimitReached as refusal:
        form.form_errors.append(str(refusal))
        return False
    session["commented"] = [services.own_link(made), bool(form.email.data)]
    return True


def _answered(proposal: Proposal) -> Comment | None:
    """The comment that is answered, if it can be."""
    if "zu" not in request.args:
        return None
    found = queries.find_public(request.args.get("zu", 0, type=whole))
    if found is None or found.proposal_id != proposal.id or not found.is_open:
        abort(404)
    return found


def _person(form: CommentForm) -> Person:
    return Person(
        name=form.name.data or "", email=form.email.data or "", language=str(get_locale() or languages.SOURCE)
    )
