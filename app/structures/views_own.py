"""Colleagues who act for the same organisation: see them, invite one, answer an invitation."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.accounts import queries as accounts
from app.accounts.rules import has_account
from app.structures import inviting, queries
from app.structures.errors import MandateHeld, TooManyInvitations
from app.structures.forms import AcceptanceForm, InvitationForm
from app.structures.models import Organization
from app.web.access import current_account, requires, signed_link

bp = Blueprint("colleagues", __name__, url_prefix="/konto/organisation")


@bp.route("/<string:slug>/mitglieder", methods=["GET", "POST"])
@requires(has_account)
def index(slug: str) -> ResponseReturnValue:
    organization, form = _own(slug), InvitationForm()
    if form.validate_on_submit():
        try:
            inviting.invite(organization, email=form.email.data, language=str(get_locale()), by=current_account())
        except (MandateHeld, TooManyInvitations) as error:
            form.email.errors = [str(error)]
        else:
            flash(_("Die Einladung ist unterwegs."))
            return redirect(url_for("colleagues.index", slug=slug), 303)
    page = render_template(
        "structures/colleagues.html",
        organization=organization,
        mandates=queries.mandates_of(organization),
        invitations=inviting.open_invitations(organization),
        form=form,
        undo=FlaskForm(),
    )
    return page, 422 if form.errors else 200


@bp.post("/<string:slug>/einladungen/<int:invitation_id>/ruecknahme")
@requires(has_account)
def withdraw(slug: str, invitation_id: int) -> ResponseReturnValue:
    inviting.withdraw(inviting.find(_own(slug), invitation_id) or abort(404), by=current_account())
    flash(_("Die Einladung ist zurückgezogen."))
    return redirect(url_for("colleagues.index", slug=slug), 303)


@bp.route("/einladung/<string:token>", methods=["GET", "POST"])
@signed_link
def answer(token: str) -> ResponseReturnValue:
    invitation = inviting.read_link(token)
    account = accounts.find_by_email(invitation.email)
    form = AcceptanceForm(name=account.name if account else "")
    if form.validate_on_submit():
        inviting.accept(invitation, name=form.name.data)
        flash(_("Danke! Sie handeln jetzt für „%(name)s“.", name=invitation.organization.name))
        return redirect(url_for("accounts.sign_in_requested"), 303)
    page = render_template(
        "structures/invitation.html", form=form, invitation=invitation, token=token, has_account=account is not None
    )
    return page, 422 if form.errors else 200


@bp.post("/einladung/<string:token>/absage")
@signed_link
def decline(token: str) -> ResponseReturnValue:
    inviting.withdraw(inviting.read_link(token), by=None)
    flash(_("Sie haben abgesagt. Ihre Adresse ist gelöscht."))
    return redirect(url_for("pages.home"), 303)


def _own(slug: str) -> Organization:
    """One that this account acts for; else nobody learns anything of it."""
    mine = {each.slug: each for each in queries.represented_by(current_account())}
    return mine.get(slug) or abort(404)
