"""The address list: groups of recipients, how many copies each gets."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm

from app.distribution import queries, rules, services
from app.distribution.errors import GroupExists
from app.distribution.forms import GroupForm, RecipientForm
from app.distribution.models import Recipient, RecipientGroup
from app.structures.queries import municipalities
from app.web.access import current_account, requires

bp = Blueprint("recipients_desk", __name__, url_prefix="/verwaltung/verteiler")


@bp.route("", methods=["GET", "POST"])
@requires(rules.can_distribute)
def index() -> ResponseReturnValue:
    form = GroupForm()
    if form.validate_on_submit():
        try:
            services.add_group(form.title.data, by=current_account())
        except GroupExists as error:
            form.title.errors = [str(error)]
        else:
            return redirect(url_for("recipients_desk.index"), 303)
    page = render_template(
        "distribution/desk/recipients.html",
        groups=queries.groups(),
        towns=len(municipalities()),
        group_form=form,
        form=FlaskForm(formdata=None),
    )
    return page, 422 if form.errors else 200


@bp.post("/<string:slug>/gemeinden")
@requires(rules.can_distribute)
def take_up_municipalities(slug: str) -> ResponseReturnValue:
    count = services.take_up_municipalities(_group(slug), municipalities(), by=current_account())
    flash(ngettext("Eine Gemeinde ist aufgenommen.", "%(num)s Gemeinden sind aufgenommen.", count))
    return redirect(url_for("recipients_desk.index"), 303)


@bp.route("/<string:slug>/neu", methods=["GET", "POST"])
@requires(rules.can_distribute)
def create(slug: str) -> ResponseReturnValue:
    group, form = _group(slug), RecipientForm()
    if form.validate_on_submit():
        services.add_recipient(group, by=current_account(), **_address(form))
        flash(_("Die Adresse ist aufgenommen."))
        return redirect(url_for("recipients_desk.index"), 303)
    page = render_template("distribution/desk/recipient.html", form=form, group=group, recipient=None)
    return page, 422 if form.errors else 200


@bp.route("/adressen/<int:recipient_id>", methods=["GET", "POST"])
@requires(rules.can_distribute)
def edit(recipient_id: int) -> ResponseReturnValue:
    recipient = _recipient(recipient_id)
    form = RecipientForm(
        data={name: getattr(recipient, name) for name in ("name", "contact", "street", "post_code", "city", "copies")}
    )
    if form.validate_on_submit():
        services.change_recipient(recipient, by=current_account(), **_address(form))
        return redirect(url_for("recipients_desk.index"), 303)
    page = render_template(
        "distribution/desk/recipient.html",
        form=form,
        group=recipient.group,
        recipient=recipient,
        remove_form=FlaskForm(formdata=None),
    )
    return page, 422 if form.errors else 200


@bp.post("/adressen/<int:recipient_id>/entfernung")
@requires(rules.can_distribute)
def remove(recipient_id: int) -> ResponseReturnValue:
    services.remove_recipient(_recipient(recipient_id), by=current_account())
    flash(_("Die Adresse steht nicht mehr im Verteiler."))
    return redirect(url_for("recipients_desk.index"), 303)


def _address(form: RecipientForm) -> services.Address:
    return services.Address(
        name=form.name.data.strip(),
        contact=form.contact.data.strip(),
        street=form.street.data.strip(),
        post_code=form.post_code.data.strip(),
        city=form.city.data.strip(),
        copies=form.copies.data,
    )


def _group(slug: str) -> RecipientGroup:
    return queries.find_group(slug) or abort(404)


def _recipient(recipient_id: int) -> Recipient:
    return queries.find_recipient(recipient_id) or abort(404)
