"""One table's scribes: a line for each statement, by the keyboard alone; with a script also without a network."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.capture import offline, queries
from app.capture.entries import Entry, Show, Undo
from app.capture.errors import TableClosed
from app.capture.forms import CaptureForm, PointsForm, read_entry
from app.capture.models import EntryResult, TableLine
from app.capture.services import lines, tables
from app.db import now
from app.events.models import ThemeTable
from app.proposals import languages
from app.proposals.models import PROPOSAL_KIND_LABELS, ProposalKind
from app.web.access import public, signed_link
from app.web.offline import service_worker
from app.web.parameters import whole
from app.web.sent_entries import read_each, sent_entries

bp = Blueprint("captures", __name__, url_prefix="/erfassung")


@bp.route("/<string:token>", methods=["GET", "POST"])
@signed_link
def create(token: str) -> ResponseReturnValue:
    """The next line; with ?zeile= the correction of one."""
    table = tables.read_link(token, tables.SCRIBE)
    form = CaptureForm.of(table, _meant(table), **_kept())
    if form.validate_on_submit():
        [receipt] = lines.record(table, [form.entry()])
        if receipt.result is EntryResult.CLOSED:
            return _page(table, token, form, refusal=receipt.words)
        _say(receipt.words)
        return redirect(_address(token, **(_kept() if form.line.data else form.kept)), 303)
    return _page(table, token, form)


@bp.get("/<string:token>/liste.json")
@signed_link
def load(token: str) -> ResponseReturnValue:
    response = jsonify(offline.list_of(tables.read_link(token, tables.SCRIBE)))
    response.add_etag()
    response.cache_control.private = True
    response.cache_control.no_cache = True
    return response.make_conditional(request)


@bp.post("/<string:token>/eintraege")
@signed_link
def record(token: str) -> ResponseReturnValue:
    table = tables.read_link(token, tables.SCRIBE)
    said = sent_entries()
    if said is None:
        return {"error": "a list of at most 200 entries"}, 400
    entries, unreadable = read_each(said, read_entry)
    receipts = lines.record(table, entries)
    return [offline.receipt(each) for each in receipts] + [offline.unreadable(each) for each in unreadable]


@bp.post("/<string:token>/ruecknahme")
@signed_link
def undo(token: str) -> ResponseReturnValue:
    """The line whose button was pressed."""
    return _done(token, [Undo(lines.new_key(), now(), _pressed())], _("Die Zeile ist zurückgenommen."))


@bp.post("/<string:token>/wand")
@signed_link
def show_on_wall(token: str) -> ResponseReturnValue:
    on_wall = "zeigen" in request.args
    done = _("Die Zeile steht wieder auf der Wand.") if on_wall else _("Die Zeile steht nicht mehr auf der Wand.")
    return _done(token, [Show(lines.new_key(), now(), _pressed(), on_wall=on_wall)], done)


@bp.post("/<string:token>/punkte")
@signed_link
def give_points(token: str) -> ResponseReturnValue:
    """All fields of the page at once: those that differ from what is known count."""
    table = tables.read_link(token, tables.SCRIBE)
    known = {line.key: points.get(_round(), 0) for line, points in queries.lines_with_points(table)}
    try:
        entries = PointsForm().changes(request.form, known, _round())
    except ValueError as error:
        form = CaptureForm.of(table, **_kept(), formdata=None)
        return _page(table, token, form, wrong_points={key: request.form[f"punkte-{key}"] for key in error.args})
    return _done(token, entries, _("Die Punkte sind gespeichert."))


@bp.get("/dienst.js")
@public
def work_offline() -> ResponseReturnValue:
    return service_worker("erfassung", ["capture.js"])


def _page(
    table: ThemeTable,
    token: str,
    form: CaptureForm,
    *,
    refusal: str = "",
    wrong_points: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    page = render_template(
        "capture/create.html",
        table=table,
        token=token,
        form=form,
        refusal=refusal,
        wrong_points=wrong_points or {},
        address=lambda endpoint="captures.create", **more: _address(token, endpoint, **_kept(), **more),
        view=offline.view_of(table),
        now_round=_round(),
        photos=len(queries.photos_of(table.id)),
        points_form=PointsForm(formdata=None),
        kinds=PROPOSAL_KIND_LABELS,
        name_of=languages.name_of,
    )
    return page, 409 if refusal else 422 if form.errors or wrong_points else 200


def _done(token: str, entries: Sequence[Entry], words: str) -> ResponseReturnValue:
    table = tables.read_link(token, tables.SCRIBE)
    receipts = lines.record(table, entries)
    if any(receipt.result is EntryResult.CLOSED for receipt in receipts):
        raise TableClosed
    _say(next((receipt.words for receipt in receipts if receipt.words), ""), words)
    return redirect(_address(token, **_kept()), 303)


def _say(refusal: str, words: str = "") -> None:
    if refusal:
        flash(refusal, "warning")
    elif words:
        flash(words)


def _pressed() -> str:
    return request.form.get("zeile", "")[:36]


def _meant(table: ThemeTable) -> TableLine | None:
    """The line to be corrected; None when it is gone or reviewed meanwhile."""
    key = request.args.get("zeile", "")[:36]
    return next((line for line in queries.lines_of(table) if line.key == key and offline.may_change(line)), None)


def _round() -> int:
    return request.args.get("runde", 1, type=whole) or 1


def _kept() -> dict[str, Any]:
    """Language, kind and round stay as they were for the line before."""
    kind, language = request.args.get("art", ""), request.args.get("sprache", "")
    kept: dict[str, Any] = {}
    if language in languages.OFFERED:
        kept["language"] = language
    if kind in set(ProposalKind):
        kept["kind"] = ProposalKind(kind)
    return {**kept, "round": _round()}


def _address(token: str, endpoint: str = "captures.create", **kept: Any) -> str:  # noqa: ANN401 -- parts of an address
    """`language`, `kind` and `round` under their names in addresses."""
    names = {"language": "sprache", "kind": "art", "round": "runde"}
    values = {names.get(name, name): value for name, value in kept.items() if value and (name, value) != ("round", 1)}
    return url_for(endpoint, token=token, **values)
