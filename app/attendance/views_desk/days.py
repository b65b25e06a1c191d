"""The day itself: links for the door, and everything to print."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import segno
from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app import links
from app.attendance import documents, queries, rules, services, sheets
from app.attendance.forms import DeviceForm
from app.attendance.models import DoorDevice
from app.attendance.queries import Expected
from app.capture.services import tables
from app.db import now
from app.events.models import Event
from app.events.queries import get_event
from app.registrations.queries import persons_at
from app.web.access import current_account, requires

bp = Blueprint("days_desk", __name__, url_prefix="/verwaltung/veranstaltungen/<int:event_id>/am-tag")
PAPERS: Mapping[str, Callable[[Event, Sequence[Expected]], bytes]] = {
    "namensschilder": documents.badges_pdf,
    "einlassliste": documents.door_list_pdf,
    "teilnahmeliste": partial(documents.attendance_list_pdf, by_table=False),
    "teilnahmeliste-nach-tisch": partial(documents.attendance_list_pdf, by_table=True),
    "tischkarten": lambda event, people: documents.table_cards_pdf(event, people, _codes(event)),
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.route("", methods=["GET", "POST"])
@requires(rules.can_manage_the_day)
def show(event_id: int) -> ResponseReturnValue:
    event = _get(event_id)
    form = DeviceForm().choose_from(event)
    if form.validate_on_submit():
        table = next((table for table in event.tables if table.id == form.table.data), None)
        services.add_device(
            event, name=form.name.data, table=table, may_exceed=form.may_exceed.data, by=current_account()
        )
        flash(_("Der Link für „%(name)s“ steht unten.", name=form.name.data))
        return redirect(url_for("days_desk.show", event_id=event_id), 303)
    page = render_template(
        "attendance/desk/day.html",
        event=event,
        form=form,
        plain_form=FlaskForm(),
        devices=[(device, *_link(device)) for device in queries.devices_of(event.id)],
        is_over=event.is_over(now()),
        arrived=queries.arrived(event.id),
        expected=persons_at([event.id])[event.id].confirmed,
    )
    return page, 422 if form.errors else 200


@bp.post("/geraete/<int:device_id>/erneuerung")
@requires(rules.can_manage_the_day)
def renew(event_id: int, device_id: int) -> ResponseReturnValue:
    device = _get_device(event_id, device_id)
    services.renew_device(device, by=current_account())
    flash(_("„%(name)s“ hat einen neuen Link. Der alte gilt nicht mehr.", name=device.name))
    return redirect(url_for("days_desk.show", event_id=event_id), 303)


@bp.post("/geraete/<int:device_id>/entfernung")
@requires(rules.can_manage_the_day)
def revoke(event_id: int, device_id: int) -> ResponseReturnValue:
    device = _get_device(event_id, device_id)
    services.revoke_device(device, by=current_account())
    flash(_("Der Link für „%(name)s“ gilt nicht mehr. Was das Gerät eingetragen hat, bleibt.", name=device.name))
    return redirect(url_for("days_desk.show", event_id=event_id), 303)


@bp.get("/<string:paper>.pdf")
@requires(rules.can_manage_the_day)
def print_paper(event_id: int, paper: str) -> ResponseReturnValue:
    event = _get(event_id)
    if paper not in PAPERS:
        abort(404)
    content = PAPERS[paper](event, queries.expected_at(event.id))
    return _file(content, "application/pdf", "inline", f"{paper}-{event.id}.pdf")


@bp.get("/teilnahmeliste.xlsx")
@requires(rules.can_manage_the_day)
def download(event_id: int) -> ResponseReturnValue:
    event = _get(event_id)
    content = sheets.people_xlsx(event, queries.expected_at(event.id))
    return _file(content, XLSX, "attachment", f"teilnahmeliste-{event.id}.xlsx")


def _link(device: DoorDevice) -> tuple[str, str]:
    """The address, and as a QR code for the phone that is to open it."""
    address = links.absolute_url("check_ins.show", token=services.link_of(device))
    return address, str(segno.make(address, error="m").svg_data_uri(scale=3, border=4))


def _codes(event: Event) -> dict[int, str]:
    """Of each table: who scans it follows what becomes of what was said there."""
    addresses = {
        table.id: links.absolute_url("follows.create_for_table", token=tables.link_of(table, tables.FOLLOW_TABLE))
        for table in event.tables
    }
    return {table_id: services.qr_svg(address) for table_id, address in addresses.items()}


def _file(content: bytes, mimetype: str, disposition: str, name: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers.set("Content-Disposition", disposition, filename=name)
    response.cache_control.no_store = True
    return response


def _get(event_id: int) -> Event:
    return get_event(event_id) or abort(404)


def _get_device(event_id: int, device_id: int) -> DoorDevice:
    device = queries.get_device(device_id)
    if device is None or device.event_id != event_id:
        abort(404)
    return device
