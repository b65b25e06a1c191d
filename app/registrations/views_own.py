"""One's own registration, by the link in the mail. Addresses with the token stand in no redirect."""

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.db import now
from app.registrations import queries, services
from app.registrations.asking import ask
from app.registrations.consent_words import NAMES, PURPOSES
from app.registrations.forms import ChangeForm
from app.registrations.forms.refusals import AT_FIELDS, say_at_field
from app.registrations.models import CONSENT_PURPOSE_LABELS, ENDED, STATUS_LABELS, Registration, RegistrationStatus
from app.registrations.overview import overview
from app.registrations.services.consents import withdraw_consent
from app.registrations.views import MORE, bp
from app.seating.queries import seats_of_party
from app.web.access import signed_link

S = RegistrationStatus


@bp.get("/anmeldungen/<string:token>")
@signed_link
def show(token: str) -> ResponseReturnValue:
    return _own_page(services.find_by_link(token), token)


@bp.route("/anmeldungen/<string:token>/bestaetigung", methods=["GET", "POST"])
@signed_link
def confirm(token: str) -> ResponseReturnValue:
    registration = services.find_by_link(token)
    form = FlaskForm()
    if form.validate_on_submit():
        services.confirm(registration)
        return _again()
    if registration.status in {S.CONFIRMED, S.OFFERED, S.CANCELLED, S.DECLINED} or queries.is_in_line(registration):
        return _own_page(registration, token)
    services.check_open(registration.event, now())
    return render_template("registrations/confirm.html", registration=registration, token=token, form=form, at=now())


@bp.route("/anmeldungen/<string:token>/annahme", methods=["GET", "POST"])
@signed_link
def accept_offer(token: str) -> ResponseReturnValue:
    registration = services.find_by_link(token)
    form = FlaskForm()
    if form.validate_on_submit():
        services.accept_offer(registration)
        return _again()
    if registration.status is not S.OFFERED:
        return _own_page(registration, token)
    return render_template("registrations/accept_offer.html", registration=registration, token=token, form=form)


@bp.route("/anmeldungen/<string:token>/abmeldung", methods=["GET", "POST"])
@signed_link
def cancel(token: str) -> ResponseReturnValue:
    registration = services.find_by_link(token)
    form = FlaskForm()
    if form.validate_on_submit():
        services.cancel(registration)
        return _again()
    if registration.status in ENDED:
        return _own_page(registration, token)
    return render_template("registrations/cancel.html", registration=registration, token=token, form=form)


@bp.route("/anmeldungen/<string:token>/aenderung", methods=["GET", "POST"])
@signed_link
def change(token: str) -> ResponseReturnValue:
    registration = services.find_by_link(token)
    if registration.status in ENDED:
        return _own_page(registration, token)
    form = ChangeForm.of(registration, ask(registration.event, str(get_locale())))
    if MORE in request.form:
        form.add_companion()
    elif form.validate_on_submit():
        try:
            services.submit_change(registration, persons=form.persons.data, agreed=form.agreed, **form.party)
        except AT_FIELDS as error:
            say_at_field(form, error)
        else:
            flash(_("Ihre Änderung ist gespeichert."))
            return _again()
    page = render_template(
        "registrations/change.html", registration=registration, token=token, form=form, is_growing=MORE in request.form
    )
    return page, 422 if form.errors else 200


@bp.route("/anmeldungen/<string:token>/einwilligungen", methods=["GET", "POST"])
@signed_link
def consents(token: str) -> ResponseReturnValue:
    registration = services.find_by_link(token)
    form = FlaskForm()
    if form.validate_on_submit():
        purpose = PURPOSES.get(request.form.get("zweck", "")) or abort(404)
        withdraw_consent(registration, purpose)
        flash(_("Zurückgenommen."))
        return _again()
    return render_template(
        "registrations/consents.html",
        registration=registration,
        token=token,
        form=form,
        names=NAMES,
        labels=CONSENT_PURPOSE_LABELS,
    )


def _own_page(registration: Registration, token: str) -> ResponseReturnValue:
    if not registration.event.is_public:
        abort(404)
    return render_template(
        "registrations/show.html",
        registration=registration,
        event=registration.event,
        token=token,
        at=now(),
        label=STATUS_LABELS[registration.status],
        overview=overview(registration, str(get_locale())),
        position=queries.position_of(registration) if queries.is_in_line(registration) else None,
        seats=seats_of_party(registration),
    )


def _again() -> ResponseReturnValue:
    """The same page, which now shows what became of it."""
    return redirect(request.path.rpartition("/")[2], 303)
