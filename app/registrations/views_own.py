"""One's own registration, by the link in the mail. Addresses with the token stand in no redirect."""

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.db import now
from app.registrations import queries, services
from app.registrations.errors import NoRoomForMore, PartyTooLarge
from app.registrations.forms import ChangeForm
from app.registrations.models import STATUS_LABELS, Registration, RegistrationStatus
from app.registrations.views import bp
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
    if registration.status in {S.CONFIRMED, S.OFFERED, S.CANCELLED} or queries.is_in_line(registration):
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
    if registration.status in {S.CANCELLED, S.EXPIRED}:
        return _own_page(registration, token)
    return render_template("registrations/cancel.html", registration=registration, token=token, form=form)


@bp.route("/anmeldungen/<string:token>/aenderung", methods=["GET", "POST"])
@signed_link
def change(token: str) -> ResponseReturnValue:
    registration = services.find_by_link(token)
    if registration.status in {S.CANCELLED, S.EXPIRED}:
        return _own_page(registration, token)
    form = ChangeForm.of(registration)
    if form.validate_on_submit():
        try:
            services.change(
                registration,
                persons=form.persons.data,
                companions=form.companions_named,
                tables=form.chosen_tables(registration.event),
            )
        except (PartyTooLarge, NoRoomForMore) as error:
            form.persons.errors = [str(error)]
        else:
            flash(_("Ihre Änderung ist gespeichert."))
            return _again()
    page = render_template("registrations/change.html", registration=registration, token=token, form=form)
    return page, 422 if form.errors else 200


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
        position=queries.position_of(registration) if queries.is_in_line(registration) else None,
        seats=seats_of_party(registration),
    )


def _again() -> ResponseReturnValue:
    """The same page, which now shows what became of it."""
    return redirect(request.path.rpartition("/")[2], 303)
