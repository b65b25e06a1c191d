"""Another address for one's registration: asked for by the own link, confirmed by a link to the new address."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.registrations import services
from app.registrations.forms.email import EmailForm
from app.registrations.views import bp
from app.web.access import signed_link


@bp.route("/anmeldungen/<string:token>/adresse", methods=["GET", "POST"])
@signed_link
def change_email(token: str) -> ResponseReturnValue:
    registration = services.find_by_link(token)
    form = EmailForm()
    if form.validate_on_submit():
        services.change_email(registration, form.email.data)
        flash(_("Wir haben an die neue Adresse geschrieben. Sie gilt, sobald Sie dort bestätigt haben."))
        return redirect("adresse", 303)
    page = render_template("registrations/change_email.html", registration=registration, token=token, form=form)
    return page, 422 if form.errors else 200


@bp.route("/anmeldungen/adresse/<string:token>", methods=["GET", "POST"])
@signed_link
def confirm_email(token: str) -> ResponseReturnValue:
    registration = services.find_by_email_link(token)
    form = FlaskForm()
    if form.validate_on_submit():
        services.confirm_email(registration)
        flash(_("Die neue Adresse gilt. Wir haben Ihnen dorthin einen neuen Link geschickt."))
        return redirect(url_for("events.show", event_id=registration.event_id), 303)
    return render_template("registrations/confirm_email.html", registration=registration, form=form)
