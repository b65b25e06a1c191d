"""The desk's pages about accounts."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.accounts import queries, rules, services
from app.accounts.errors import EmailTaken
from app.accounts.forms import AccountForm, RolesForm
from app.accounts.models import ROLE_LABELS, Account
from app.db import db
from app.web.access import current_account, requires

bp = Blueprint("accounts_desk", __name__, url_prefix="/verwaltung/konten")


@bp.get("")
@requires(rules.can_manage_accounts)
def index() -> ResponseReturnValue:
    return render_template("accounts/desk/index.html", accounts=queries.all_accounts(), labels=ROLE_LABELS)


@bp.route("/neu", methods=["GET", "POST"])
@requires(rules.can_manage_accounts)
def create() -> ResponseReturnValue:
    form = AccountForm()
    if form.validate_on_submit():
        try:
            account = services.create_account(
                email=form.email.data, name=form.name.data, roles=form.roles.data, by=current_account()
            )
        except EmailTaken as error:
            form.email.errors = [str(error)]
        else:
            flash(_("Das Konto für %(name)s ist angelegt.", name=account.name))
            return redirect(url_for("accounts_desk.index"), 303)
    return render_template("accounts/desk/create.html", form=form), 422 if form.errors else 200


@bp.route("/<int:account_id>", methods=["GET", "POST"])
@requires(rules.can_manage_accounts)
def edit(account_id: int) -> ResponseReturnValue:
    account = _get(account_id)
    form = RolesForm(roles=list(account.roles))
    if form.validate_on_submit():
        services.set_roles(account, form.roles.data, by=current_account())
        flash(_("Die Rechte von %(name)s sind gespeichert.", name=account.name))
        return redirect(url_for("accounts_desk.index"), 303)
    page = render_template("accounts/desk/edit.html", account=account, form=form, close_form=FlaskForm())
    return page, 422 if form.errors else 200


@bp.post("/<int:account_id>/schliessung")
@requires(rules.can_manage_accounts)
def close(account_id: int) -> ResponseReturnValue:
    account = _get(account_id)
    services.close(account, by=current_account())
    flash(_("Das Konto von %(name)s ist geschlossen.", name=account.name))
    return redirect(url_for("accounts_desk.index"), 303)


def _get(account_id: int) -> Account:
    return db.session.get(Account, account_id) or abort(404)
