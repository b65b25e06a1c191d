"""What organisers decide about one registration: places by hand, yes and no to requests, moving, cancelling."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.registrations import rules, services
from app.registrations.counting import titles
from app.registrations.errors import ItemsOverlap, NoRoomAt, NoSuchChoice
from app.registrations.forms.parties import DeclineForm, MoveForm
from app.registrations.services.choices import get_choice
from app.registrations.views_desk.registrations import get_of, get_party
from app.web.access import current_account, requires

PARTY = "/verwaltung/veranstaltungen/<int:event_id>/anmeldungen/<int:registration_id>"
bp = Blueprint("parties_desk", __name__, url_prefix=PARTY)


@bp.post("/angebot")
@requires(rules.can_manage_registrations)
def offer(event_id: int, registration_id: int) -> ResponseReturnValue:
    registration = get_party(event_id, registration_id)
    services.offer(registration, by=current_account())
    flash(_("Der Platz ist angeboten. %(name)s bekommt Bescheid.", name=registration.name))
    return _back(event_id, registration_id)


@bp.post("/zulassung")
@requires(rules.can_manage_registrations)
def admit(event_id: int, registration_id: int) -> ResponseReturnValue:
    registration = get_party(event_id, registration_id)
    services.admit_beyond_limit(registration, by=current_account())
    flash(_("%(name)s hat jetzt einen sicheren Platz und bekommt Bescheid.", name=registration.name))
    return _back(event_id, registration_id)


@bp.post("/zusage")
@requires(rules.can_manage_registrations)
def approve(event_id: int, registration_id: int) -> ResponseReturnValue:
    registration = get_party(event_id, registration_id)
    services.approve(registration, by=current_account())
    flash(_("Zugesagt. %(name)s bekommt Bescheid.", name=registration.name))
    return _back(event_id, registration_id)


@bp.route("/absage", methods=["GET", "POST"])
@requires(rules.can_manage_registrations)
def decline(event_id: int, registration_id: int) -> ResponseReturnValue:
    event, registration = get_of(event_id), get_party(event_id, registration_id)
    form = DeclineForm()
    if form.validate_on_submit():
        services.decline(registration, reason=form.reason.data, by=current_account())
        flash(_("Abgesagt. %(name)s bekommt Ihren Grund zu lesen.", name=registration.name))
        return _back(event_id, registration_id)
    page = render_template("registrations/desk/decline.html", event=event, registration=registration, form=form)
    return page, 422 if form.errors else 200


@bp.route("/abmeldung", methods=["GET", "POST"])
@requires(rules.can_manage_registrations)
def cancel(event_id: int, registration_id: int) -> ResponseReturnValue:
    event, registration = get_of(event_id), get_party(event_id, registration_id)
    form = FlaskForm()
    if form.validate_on_submit():
        services.cancel(registration, by=current_account())
        flash(_("%(name)s ist abgemeldet und bekommt Bescheid.", name=registration.name))
        return _back(event_id, registration_id)
    return render_template("registrations/desk/cancel.html", event=event, registration=registration, form=form)


@bp.post("/mail")
@requires(rules.can_manage_registrations)
def resend(event_id: int, registration_id: int) -> ResponseReturnValue:
    services.resend(get_party(event_id, registration_id), by=current_account())
    flash(_("Die letzte Mail geht noch einmal hinaus. Ohne Adresse steht sie bei Briefen und Anrufen."))
    return _back(event_id, registration_id)


@bp.route("/umsetzung", methods=["GET", "POST"])
@requires(rules.can_manage_registrations)
def move(event_id: int, registration_id: int) -> ResponseReturnValue:
    event, registration = get_of(event_id), get_party(event_id, registration_id)
    form = MoveForm().choose_from(event, registration, titles([event_id])[event_id])
    if form.validate_on_submit():
        try:
            services.move(
                registration,
                get_choice(event, form.thing) or abort(404),
                instead_of=form.booking(registration),
                beyond=form.beyond.data,
                by=current_account(),
            )
        except (ItemsOverlap, NoRoomAt, NoSuchChoice) as error:
            form.to.errors = [str(error)]
        else:
            flash(_("Umgesetzt. %(name)s bekommt Bescheid.", name=registration.name))
            return _back(event_id, registration_id)
    page = render_template("registrations/desk/move.html", event=event, registration=registration, form=form)
    return page, 422 if form.errors else 200


@bp.post("/buchungen/<int:booking_id>/zulassung")
@requires(rules.can_manage_registrations)
def book(event_id: int, registration_id: int, booking_id: int) -> ResponseReturnValue:
    registration = get_party(event_id, registration_id)
    booking = next((each for each in registration.bookings if each.id == booking_id), None) or abort(404)
    services.book_beyond_limit(booking, by=current_account())
    flash(_("%(name)s ist dabei und bekommt Bescheid.", name=registration.name))
    return _back(event_id, registration_id)


def _back(event_id: int, registration_id: int) -> ResponseReturnValue:
    return redirect(url_for("registrations_desk.show", event_id=event_id, registration_id=registration_id), 303)
