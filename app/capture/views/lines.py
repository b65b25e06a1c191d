"""One table's scribe: a line for each statement, by the keyboard alone, also without JavaScript."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.capture import queries
from app.capture.forms import CaptureForm
from app.capture.services import lines as services
from app.capture.services import tables
from app.proposals import languages
from app.proposals.models import PROPOSAL_KIND_LABELS, ProposalKind, ProposalState
from app.web.access import signed_link

bp = Blueprint("captures", __name__, url_prefix="/erfassung")


@bp.route("/<string:token>", methods=["GET", "POST"])
@signed_link
def create(token: str) -> ResponseReturnValue:
    table = tables.read_link(token, tables.SCRIBE)
    form = CaptureForm(**_kept())
    if form.validate_on_submit():
        services.record_table_result(table, text=form.text.data, kind=form.kind.data, language=form.language.data)
        return redirect(
            url_for("captures.create", token=token, sprache=form.language.data, art=form.kind.data.value), 303
        )
    lines = queries.of_table(table)
    page = render_template(
        "capture/create.html",
        token=token,
        table=table,
        form=form,
        undo_form=FlaskForm(),
        lines=lines,
        may_undo=bool(lines) and lines[0].state is ProposalState.RECEIVED,
        kinds=PROPOSAL_KIND_LABELS,
        name_of=languages.name_of,
        direction_of=languages.direction_of,
    )
    return page, 422 if form.errors else 200


@bp.post("/<string:token>/ruecknahme")
@signed_link
def undo(token: str) -> ResponseReturnValue:
    if services.undo_table_result(tables.read_link(token, tables.SCRIBE)):
        flash(_("Die letzte Zeile ist zurückgenommen."))
    language, kind = request.args.get("sprache"), request.args.get("art")
    return redirect(url_for("captures.create", token=token, sprache=language, art=kind), 303)


def _kept() -> dict[str, object]:
    """Language and kind stay as they were for the line before."""
    kind, language = request.args.get("art", ""), request.args.get("sprache", "")
    kept: dict[str, object] = {}
    if kind in set(ProposalKind):
        kept["kind"] = ProposalKind(kind)
    if language in languages.OFFERED:
        kept["language"] = language
    return kept
