"""Supporting a contribution, confirming it and taking it back by the link in the mail."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app import limits
from app.accounts.rules import has_account
from app.proposals.entries import source_of
from app.proposals.forms import SupportForm
from app.proposals.languages import direction_of
from app.proposals.services import supports
from app.proposals.views.proposals import find_released
from app.web.access import current_account, public, requires, signed_link

bp = Blueprint("supports", __name__)


@bp.post("/vorschlaege/<string:reference>/unterstuetzung")
@public
def create(reference: str) -> ResponseReturnValue:
    proposal = find_released(reference)
    form = SupportForm()
    if not form.validate_on_submit():
        return render_template("proposals/support_form.html", form=form, proposal=proposal), 422
    if not form.website.data:
        source = limits.source_of(request.remote_addr)
        supports.support(proposal, email=form.email.data, language=str(get_locale() or "de"), source=source)
    return redirect(url_for("supports.sent"), 303)


@bp.post("/vorschlaege/<string:reference>/unterstuetzung/konto")
@requires(has_account)
def create_for_account(reference: str) -> ResponseReturnValue:
    supports.support(find_released(reference), by=current_account())
    flash(_("Danke. Ihre Unterstützung zählt."))
    return redirect(url_for("proposals.show", reference=reference), 303)


@bp.post("/vorschlaege/<string:reference>/unterstuetzung/konto/ende")
@requires(has_account)
def end_for_account(reference: str) -> ResponseReturnValue:
    given = supports.find(find_released(reference), current_account().email)
    if given is not None:
        supports.withdraw_support(given)
    flash(_("Ihre Unterstützung ist zurückgenommen."))
    return redirect(url_for("proposals.show", reference=reference), 303)


@bp.get("/unterstuetzung/gesendet")
@public
def sent() -> ResponseReturnValue:
    return render_template("proposals/support_sent.html")


@bp.get("/unterstuetzung/<string:token>")
@signed_link
def show(token: str) -> ResponseReturnValue:
    given = supports.read_support_link(token)
    return render_template(
        "proposals/support.html",
        token=token,
        support=given,
        proposal=given.proposal,
        source_of=source_of,
        direction_of=direction_of,
        form=FlaskForm(),
    )


@bp.post("/unterstuetzung/<string:token>/bestaetigung")
@signed_link
def confirm(token: str) -> ResponseReturnValue:
    given = supports.read_support_link(token)
    supports.confirm_support(given)
    flash(_("Danke. Ihre Unterstützung zählt. Ihre Adresse ist gelöscht."))
    return redirect(url_for("proposals.show", reference=given.proposal.reference), 303)


@bp.post("/unterstuetzung/<string:token>/ende")
@signed_link
def end(token: str) -> ResponseReturnValue:
    given = supports.read_support_link(token)
    reference = given.proposal.reference
    supports.withdraw_support(given)
    flash(_("Ihre Unterstützung ist zurückgenommen."))
    return redirect(url_for("proposals.show", reference=reference), 303)
