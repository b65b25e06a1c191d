"""Invitation codes: the organisers' pages."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm

from app.db import now
from app.events.models import Event
from app.events.queries import get_event
from app.links import absolute_url
from app.registrations import questionnaire, rules
from app.registrations.forms import CodesForm
from app.registrations.services import codes
from app.spreadsheets import MIMETYPES, csv_of
from app.web.access import current_account, requires

bp = Blueprint("codes_desk", __name__, url_prefix="/verwaltung/veranstaltungen/<int:event_id>/einladungen")


@bp.route("", methods=["GET", "POST"])
@requires(rules.can_manage_registrations)
def index(event_id: int) -> ResponseReturnValue:
    event = _get_event(event_id)
    form = CodesForm()
    if form.validate_on_submit():
        made = codes.create_codes(
            event,
            form.count.data,
            by=current_account(),
            note=form.note.data,
            persons=form.persons.data,
            valid_until=form.valid_until,
        )
        flash(ngettext("%(num)s Code ist da.", "%(num)s Codes sind da.", len(made)))
        return redirect(url_for("codes_desk.index", event_id=event_id), 303)
    page = render_template(
        "registrations/desk/codes.html",
        event=event,
        form=form,
        used=questionnaire.codes_of(event.id),
        revoke_form=FlaskForm(),
        at=now(),
    )
    return page, 422 if form.errors else 200


@bp.post("/<int:code_id>/widerruf")
@requires(rules.can_manage_registrations)
def revoke(event_id: int, code_id: int) -> ResponseReturnValue:
    code = questionnaire.get_code(code_id)
    if code is None or code.event_id != event_id:
        abort(404)
    codes.revoke_code(code, by=current_account())
    flash(_("Der Code gilt nicht mehr. Wer schon angemeldet ist, bleibt es."))
    return redirect(url_for("codes_desk.index", event_id=event_id), 303)


@bp.get("/einladungen.csv")
@requires(rules.can_manage_registrations)
def export(event_id: int) -> ResponseReturnValue:
    event = _get_event(event_id)
    heads = [_("Code"), _("Für wen"), _("Personen"), _("Genutzt"), _("Gilt bis"), _("Widerrufen"), _("Link")]
    rows = [
        [
            code.code,
            code.note,
            str(code.persons or ""),
            str(persons),
            code.valid_until.isoformat() if code.valid_until else "",
            code.revoked_at.isoformat() if code.revoked_at else "",
            absolute_url("registrations.create", event_id=event.id, code=code.code),
        ]
        for code, persons in questionnaire.codes_of(event.id)
    ]
    headers = {"Content-Disposition": f"attachment; filename=einladungen-{event.id}.csv"}
    return Response(csv_of(heads, rows), content_type=MIMETYPES["csv"], headers=headers)


def _get_event(event_id: int) -> Event:
    return get_event(event_id) or abort(404)
