"""The door: a list of names, checked off. With a script the page goes on without a network (app.attendance.offline)."""

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.attendance import offline, queries, services
from app.attendance.entries import Entry, Guest, Receipt
from app.attendance.errors import NotAdmitted
from app.attendance.forms import CodeForm, GuestForm, read_entry
from app.attendance.models import DoorDevice, EntryKind, EntryResult
from app.attendance.queries import DoorParty, DoorPerson
from app.db import now
from app.web.access import public, signed_link
from app.web.headers import CAMERA_ALLOWED
from app.web.offline import service_worker
from app.web.parameters import whole
from app.web.sent_entries import read_each, sent_entries

bp = Blueprint("check_ins", __name__, url_prefix="/einlass")


@bp.get("/<string:token>")
@signed_link
def show(token: str) -> ResponseReturnValue:
    return _page(_device(token), token)


@bp.get("/<string:token>/liste.json")
@signed_link
def load(token: str) -> ResponseReturnValue:
    device = _device(token)
    return {**offline.list_of(device, queries.parties_for(device)), "gone": list(queries.gone_from(device.event_id))}


@bp.post("/<string:token>/eintraege")
@signed_link
def record(token: str) -> ResponseReturnValue:
    device = _device(token)
    said = sent_entries()
    if said is None:
        return {"error": "a list of at most 200 entries"}, 400
    entries, unreadable = read_each(said, read_entry)
    receipts = services.record(device, entries)
    keys = [str(each.get("uuid", "")) for each in unreadable]
    return [offline.receipt(each) for each in receipts] + [offline.unreadable(key) for key in keys]


@bp.post("/<string:token>/codes")
@signed_link
def scan(token: str) -> ResponseReturnValue:
    device = _device(token)
    form = CodeForm(prefix="ticket")
    if not form.validate():
        return _page(device, token, code_form=form)
    try:
        registration, attendees = services.admit(form.code.data, device.event, now())
    except NotAdmitted as error:
        form.code.errors = [str(error)]
        return _page(device, token, code_form=form)
    if len(attendees) > 1:
        return redirect(url_for("check_ins.show", token=token, anmeldung=registration.id), 303)
    _say(
        services.record(device, [_arrival(attendees[0].id)]), _("%(name)s ist da.", name=_name(device, attendees[0].id))
    )
    return _again(token)


@bp.post("/<string:token>/ankuenfte")
@signed_link
def arrive(token: str) -> ResponseReturnValue:
    """One person, or all of a party who are not there yet."""
    device = _device(token)
    party, people = _meant(device)
    _say(services.record(device, [_arrival(person.id) for person in people]), _who_is_here(people))
    return _again(token, anmeldung=party.id if "anmeldung" in request.args and party.people != people else None)


@bp.post("/<string:token>/ruecknahmen")
@signed_link
def undo(token: str) -> ResponseReturnValue:
    device = _device(token)
    [person] = [each for each in _meant(device)[1] if each.entry] or abort(404)
    entry = Entry(services.new_uuid(), now(), person.id, EntryKind.UNDONE, person.entry)
    _say(services.record(device, [entry]), _("%(name)s ist wieder offen.", name=person.name))
    return _again(token)


@bp.route("/<string:token>/gaeste", methods=["POST"])
@signed_link
def add_guest(token: str) -> ResponseReturnValue:
    device = _device(token)
    form = GuestForm(prefix="guest")
    if form.validate():
        guest = Guest(services.new_uuid(), now(), form.name.data, form.persons.data)
        [receipt] = services.record(device, [guest])
        if receipt.result is EntryResult.RECORDED:
            flash(_("%(name)s ist eingetragen und da.", name=guest.name))
            return _again(token)
        form.name.errors = [receipt.words]
    return _page(device, token, guest_form=form)


@bp.get("/dienst.js")
@public
def work_offline() -> ResponseReturnValue:
    return service_worker("einlass", ["check-in.js"])


def _page(
    device: DoorDevice, token: str, code_form: CodeForm | None = None, guest_form: GuestForm | None = None
) -> ResponseReturnValue:
    parties = queries.parties_for(device)
    page = render_template(
        "attendance/door.html",
        device=device,
        token=token,
        parties=parties,
        shown={party.id for party in parties if _is_looked_for(party)},
        words=request.args.get("suche", ""),
        narrowed="anmeldung" in request.args or "suche" in request.args,
        form=FlaskForm(),
        code_form=code_form or CodeForm(prefix="ticket"),
        guest_form=guest_form or GuestForm(prefix="guest"),
    )
    response = make_response(page, 422 if (code_form or guest_form) else 200)
    response.headers["Permissions-Policy"] = CAMERA_ALLOWED
    return response


def _is_looked_for(party: DoorParty) -> bool:
    wanted = request.args.get("anmeldung", type=whole)
    return party.id == wanted if wanted else party.answers_to(request.args.get("suche", ""))


def _meant(device: DoorDevice) -> tuple[DoorParty, list[DoorPerson]]:
    """The party and the persons of it whose button was pressed."""
    party_id, person_id = (request.form.get(name, type=whole) for name in ("party", "attendee"))
    for party in queries.parties_for(device):
        people = [person for person in party.people if person.id == person_id]
        if people or party.id == party_id:
            return party, people or party.missing
    return abort(404)


def _arrival(attendee_id: int) -> Entry:
    return Entry(services.new_uuid(), now(), attendee_id)


def _say(receipts: list[Receipt], all_well: str) -> None:
    refusals = [receipt.words for receipt in receipts if receipt.words]
    for words in refusals:
        flash(words, "warning")
    if not refusals:
        flash(all_well)


def _who_is_here(people: list[DoorPerson]) -> str:
    if len(people) == 1:
        return str(_("%(name)s ist da.", name=people[0].name))
    return str(_("%(count)s Personen sind da.", count=len(people)))


def _name(device: DoorDevice, attendee_id: int) -> str:
    people = (person for party in queries.parties_for(device) for person in party.people)
    return next((person.name for person in people if person.id == attendee_id), "")


def _device(token: str) -> DoorDevice:
    return services.read_link(token, now())


def _again(token: str, anmeldung: int | None = None) -> ResponseReturnValue:
    return redirect(url_for("check_ins.show", token=token, anmeldung=anmeldung), 303)
