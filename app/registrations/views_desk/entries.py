"""Register somebody who calls, writes or stands at the desk; and see the form as people see it."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from app.db import now
from app.events.models import Event
from app.events.queries import get_event
from app.registrations import rules, services
from app.registrations.asking import ask
from app.registrations.errors import RegistrationClosed
from app.registrations.forms import RegistrationForm, TypedRegistrationForm
from app.registrations.forms.refusals import AT_FIELDS, say_at_field
from app.registrations.models import Registration
from app.registrations.queries import persons_at
from app.registrations.services.registering import check_takes_place
from app.registrations.views import MORE
from app.web.access import current_account, requires

bp = Blueprint("entries_desk", __name__, url_prefix="/verwaltung/veranstaltungen/<int:event_id>")


@bp.route("/anmeldungen/neu", methods=["GET", "POST"])
@requires(rules.can_manage_registrations)
def create(event_id: int) -> ResponseReturnValue:
    event = _get_event(event_id)
    try:
        check_takes_place(event, now())
    except RegistrationClosed as error:
        return render_template("registrations/desk/create.html", event=event, form=None, reason=error)
    form = TypedRegistrationForm.build(ask(event, str(get_locale())))
    if MORE in request.form:
        form.add_companion()
    elif form.validate_on_submit():
        try:
            registration = _register(event, form)
        except AT_FIELDS as error:
            say_at_field(form, error)
        else:
            return _what_to_say(registration)
    page = render_template(
        "registrations/desk/create.html",
        event=event,
        form=form,
        persons=persons_at([event.id])[event.id],
        at=now(),
        is_growing=MORE in request.form,
    )
    return page, 422 if form.errors else 200


@bp.get("/fragen/vorschau")
@requires(rules.can_manage_registrations)
def preview(event_id: int) -> ResponseReturnValue:
    event = _get_event(event_id)
    return render_template(
        "registrations/create.html",
        event=event,
        form=RegistrationForm.build(ask(event, str(get_locale()))),
        persons=persons_at([event.id])[event.id],
        at=now(),
        beside=[],
        is_preview=True,
    )


def _register(event: Event, form: TypedRegistrationForm) -> Registration:
    party = form.party
    party["by"] = current_account()
    return services.submit(
        event,
        name=form.name.data,
        email=form.email.data or None,
        persons=form.persons.data,
        agreed=form.agreed,
        **party,
    )


def _what_to_say(registration: Registration) -> ResponseReturnValue:
    if not registration.paper_letters:
        flash(_("%(name)s ist angemeldet und bekommt eine Mail.", name=registration.name))
        return redirect(url_for("registrations_desk.index", event_id=registration.event_id), 303)
    letter_id = registration.paper_letters[-1].id
    return redirect(url_for("paper_letters_desk.show", event_id=registration.event_id, letter_id=letter_id), 303)


def _get_event(event_id: int) -> Event:
    event = get_event(event_id)
    return event if event is not None else abort(404)
