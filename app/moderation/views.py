"""What anyone may do about moderation: disagree with it, by the link to one's contribution; report a contribution."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app import limits
from app.moderation import queries
from app.moderation.forms import AppealForm, ReportForm
from app.moderation.services import appeals, reports
from app.proposals import languages, rules
from app.proposals.entries import source_of
from app.proposals.services import intake
from app.proposals.views.proposals import find_readable
from app.web.access import current_account, public, signed_link

appeals_bp = Blueprint("appeals", __name__, url_prefix="/vorschlaege/mein")
reports_bp = Blueprint("reports", __name__, url_prefix="/vorschlaege")
BLUEPRINTS = (appeals_bp, reports_bp)


@appeals_bp.route("/<string:token>/beschwerde", methods=["GET", "POST"])
@signed_link
def create(token: str) -> ResponseReturnValue:
    proposal = intake.read_own_link(token)
    form = AppealForm()
    if form.validate_on_submit():
        appeals.appeal(proposal, words=form.words.data, source=limits.source_of(request.remote_addr))
        flash(_("Ihre Beschwerde ist da. Eine zweite Person liest sie."))
        return redirect(url_for("contributions.show", token=token), 303)
    page = render_template(
        "moderation/create_appeal.html",
        form=form,
        proposal=proposal,
        token=token,
        until=appeals.until(proposal),
        appeal=queries.open_appeal(proposal),
    )
    return page, 422 if form.errors else 200


@reports_bp.route("/<string:reference>/meldung", methods=["GET", "POST"])
@public
def report(reference: str) -> ResponseReturnValue:
    proposal = find_readable(reference)
    if not rules.can_read(current_account(), proposal):
        return redirect(url_for("proposals.show", reference=reference), 303)
    form = ReportForm()
    if form.validate_on_submit():
        if not form.website.data:
            reports.report(
                proposal,
                kind=form.kind.data,
                words=form.words.data or "",
                email=form.email.data or "",
                language=str(get_locale() or languages.SOURCE),
                source=limits.source_of(request.remote_addr),
            )
        return redirect(url_for("reports.sent"), 303)
    page = render_template(
        "moderation/report.html",
        form=form,
        proposal=proposal,
        source=source_of(proposal),
        direction_of=languages.direction_of,
    )
    return page, 422 if form.errors else 200


@reports_bp.get("/meldung/gesendet")
@public
def sent() -> ResponseReturnValue:
    return render_template("moderation/report_sent.html")


@reports_bp.route("/meldung/<string:token>", methods=["GET", "POST"])
@signed_link
def confirm(token: str) -> ResponseReturnValue:
    made = reports.read_confirmation_link(token)
    form = FlaskForm()
    if form.validate_on_submit():
        reports.confirm(made)
        flash(_("Danke. Wir schreiben Ihnen, was daraus wurde."))
        return redirect(url_for("proposals.show", reference=made.proposal.reference), 303)
    return render_template("moderation/confirm_report.html", form=form, proposal=made.proposal)
