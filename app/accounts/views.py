"""Signing in and out, and one's account."""

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import login_user, logout_user
from flask_wtf import FlaskForm

from app.accounts import rules, services
from app.accounts.forms import SignInForm
from app.accounts.models import ROLE_LABELS
from app.structures.queries import represented_by
from app.web.access import current_account, public, requires, signed_link

bp = Blueprint("accounts", __name__, url_prefix="/konto")


@bp.get("")
@requires(rules.has_account)
def show() -> ResponseReturnValue:
    account = current_account()
    return render_template(
        "accounts/show.html",
        account=account,
        labels=ROLE_LABELS,
        form=FlaskForm(),
        at_desk=rules.can_open_desk(account),
        represented=represented_by(account),
    )


@bp.route("/zugang", methods=["GET", "POST"])
@public
def request_sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if form.validate_on_submit():
        services.request_link(email=form.email.data)
        return redirect(url_for("accounts.sign_in_requested"), 303)
    if target := _own_path(request.args.get("weiter")):
        session["after_sign_in"] = target
    return render_template("accounts/request_sign_in.html", form=form), 422 if form.errors else 200


@bp.get("/zugang/gesendet")
@public
def sign_in_requested() -> ResponseReturnValue:
    return render_template("accounts/sign_in_requested.html", minutes=services.LINK_LIFETIME.seconds // 60)


@bp.get("/zugang/<string:token>")
@signed_link
def confirm_sign_in(token: str) -> ResponseReturnValue:
    return render_template("accounts/confirm_sign_in.html", account=services.check_link(token), form=FlaskForm())


@bp.post("/zugang/<string:token>")
@signed_link
def sign_in(token: str) -> ResponseReturnValue:
    target = session.pop("after_sign_in", None)
    account = services.sign_in(token)
    session.clear()
    login_user(account)
    default = "pages.desk" if rules.can_open_desk(account) else "accounts.show"
    return redirect(_own_path(target) or url_for(default), 303)


@bp.post("/abmeldung")
@requires(rules.has_account)
def sign_out() -> ResponseReturnValue:
    logout_user()
    session.clear()
    flash(_("Sie sind ausgeloggt."))
    return redirect(url_for("pages.home"), 303)


@bp.post("/abmeldung/ueberall")
@requires(rules.has_account)
def sign_out_everywhere() -> ResponseReturnValue:
    services.sign_out_everywhere(current_account())
    logout_user()
    session.clear()
    flash(_("Sie sind auf allen Geräten ausgeloggt. Alte Links zum Einloggen gelten nicht mehr."))
    return redirect(url_for("pages.home"), 303)


def _own_path(target: str | None) -> str | None:
    """A path on this site, never an address elsewhere."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or urlsplit(target).netloc:
        return None
    return target
