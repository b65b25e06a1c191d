"""Registering for an event."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from app.db import now
from app.events.models import Event
from app.events.queries import get_event, open_beside
from app.registrations import services
from app.registrations.asking import ask
from app.registrations.errors import RegistrationClosed
from app.registrations.forms import RegistrationForm
from app.registrations.forms.refusals import AT_FIELDS, say_at_field
from app.registrations.forms.summary import summary_of
from app.registrations.forms.words import plain_code
from app.registrations.queries import persons_at
from app.web.access import public

bp = Blueprint("registrations", __name__)
MORE = "weitere"  # the button for one more row
BESIDE = 3  # other events that are named when one is full or closed


@bp.route("/veranstaltungen/<int:event_id>/anmeldung", methods=["GET", "POST"])
@public
def create(event_id: int) -> ResponseReturnValue:
    event = _open_event(event_id)
    form = _form(event)
    if form.is_trapped:
        return redirect(url_for("registrations.sent", event_id=event.id), 303)
    if MORE in request.form:
        form.add_companion()
        return _form_page(event, form)
    if form.validate_on_submit():
        try:
            _register(event, form)
        except AT_FIELDS as error:
            say_at_field(form, error)
        else:
            return redirect(url_for("registrations.sent", event_id=event_id), 303)
    return _form_page(event, form)


@bp.post("/veranstaltungen/<int:event_id>/anmeldung/pruefung")
@public
def check(event_id: int) -> ResponseReturnValue:
    event = _open_event(event_id)
    form = _form(event)
    if MORE in request.form:
        form.add_companion()
        return _form_page(event, form)
    if "aendern" in request.form or not form.validate():
        return _form_page(event, form)
    values = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    return render_template("registrations/check.html", event=event, form=form, values=values, summary=summary_of(form))


@bp.get("/veranstaltungen/<int:event_id>/anmeldung/gesendet")
@public
def sent(event_id: int) -> ResponseReturnValue:
    event = _public_event(event_id)
    return render_template("registrations/sent.html", event=event, until=event.holds_until(now()))


@bp.errorhandler(RegistrationClosed)
def explain(error: RegistrationClosed) -> ResponseReturnValue:
    event = get_event((request.view_args or {}).get("event_id", 0))
    error.instead = (*_instead(event), (_("Alle Veranstaltungen"), url_for("events.index")))
    return render_template("errors/409.html", error=error), 409


def _form(event: Event) -> RegistrationForm:
    asking = ask(event, str(get_locale()))
    values = {"code": plain_code(request.args.get("code"))}
    return RegistrationForm.build(asking, values)


def _register(event: Event, form: RegistrationForm) -> None:
    services.submit(
        event,
        name=form.name.data,
        email=form.email.data,
        persons=form.persons.data,
        agreed=form.agreed,
        **form.party,
    )


def _form_page(event: Event, form: RegistrationForm) -> ResponseReturnValue:
    at = now()
    page = render_template(
        "registrations/create.html",
        event=event,
        form=form,
        persons=persons_at([event.id])[event.id],
        at=at,
        beside=open_beside(event, at)[:BESIDE],
        is_growing=MORE in request.form,
    )
    return page, 422 if form.errors else 200


def _open_event(event_id: int) -> Event:
    event = _public_event(event_id)
    services.check_open(event, now())
    return event


def _public_event(event_id: int) -> Event:
    event = get_event(event_id)
    if event is None or not event.is_public:
        abort(404)
    return event


def _instead(event: Event | None) -> list[tuple[str, str]]:
    if event is None:
        return []
    others = [(other.title, url_for("events.show", event_id=other.id)) for other in open_beside(event, now())[:BESIDE]]
    return [
        *others,
        (_("Was bei dieser Veranstaltung war oder geplant ist"), url_for("events.show", event_id=event.id)),
    ]
