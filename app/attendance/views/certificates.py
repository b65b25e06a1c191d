"""Certificates of attendance: one's own by the link of the registration, and checking one by its code."""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.attendance.certificates import certificate_pdf, when_in_words
from app.attendance.errors import NameMissing
from app.attendance.forms_certificates import CodeForm, NameForm
from app.attendance.models import Certificate
from app.attendance.queries.certificates import attendees_of_who_came, certificates_of, find_certificate
from app.attendance.services.certificates import issue_certificate
from app.db import now
from app.events.queries import get_event
from app.registrations.models import Attendee, Registration
from app.registrations.services import find_by_link
from app.web.access import public, signed_link

bp = Blueprint("certificates", __name__)


@bp.get("/anmeldungen/<string:token>/teilnahme")
@signed_link
def index(token: str) -> ResponseReturnValue:
    return _own_page(find_by_link(token), token)


@bp.post("/anmeldungen/<string:token>/teilnahme/<int:attendee_id>")
@signed_link
def issue(token: str, attendee_id: int) -> ResponseReturnValue:
    registration = find_by_link(token)
    attendee = _attendee(registration, attendee_id)
    form = NameForm.about(attendee_id)
    if form.validate():
        try:
            issue_certificate(attendee, name=form.name.data)
        except NameMissing as error:
            form.name.errors = [str(error)]
        else:
            return redirect("../teilnahme", 303)
    return _own_page(registration, token, {attendee_id: form}), 422


@bp.get("/anmeldungen/<string:token>/teilnahmebestaetigung/<int:attendee_id>.pdf")
@signed_link
def download(token: str, attendee_id: int) -> ResponseReturnValue:
    attendee = _attendee(find_by_link(token), attendee_id)
    certificate = certificates_of([attendee]).get(attendee.id) or abort(404)
    return pdf_answer(certificate)


@bp.get("/nachweis")
@public
def check() -> ResponseReturnValue:
    form = CodeForm(request.args)
    if "code" in request.args and form.validate():
        return redirect(url_for("certificates.show", code=form.code.data), 303)
    page = render_template("attendance/check_certificate.html", form=form)
    return page, 422 if form.errors else 200


@bp.get("/nachweis/<string:code>")
@public
def show(code: str) -> ResponseReturnValue:
    """In both cases a page that says so; nothing more than what stands on the certificate, and no name."""
    certificate = find_certificate(code)
    page = render_template(
        "attendance/certificate.html",
        certificate=certificate,
        when=when_in_words(certificate) if certificate else "",
    )
    return page, 200 if certificate else 404, {"X-Robots-Tag": "noindex"}


def pdf_answer(certificate: Certificate) -> Response:
    event = get_event(certificate.event_id) or abort(404)
    response = Response(certificate_pdf(certificate, event), mimetype="application/pdf")
    response.headers["Content-Disposition"] = "inline; filename=teilnahmebestaetigung.pdf"
    response.cache_control.no_store = True
    return response


def _own_page(registration: Registration, token: str, wrong: dict[int, NameForm] | None = None) -> str:
    attendees = attendees_of_who_came(registration)
    forms = {each.id: NameForm.about(each.id, formdata=None) for each in attendees} | (wrong or {})
    return render_template(
        "attendance/certificates.html",
        event=registration.event,
        registration=registration,
        token=token,
        attendees=attendees,
        certificates=certificates_of(attendees),
        forms=forms,
        is_over=registration.event.is_over(now()),
    )


def _attendee(registration: Registration, attendee_id: int) -> Attendee:
    return next((each for each in registration.attendees if each.id == attendee_id), None) or abort(404)
