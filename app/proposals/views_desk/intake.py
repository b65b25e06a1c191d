"""Contributions that came by letter, telephone, from a group or as a file; and all of them as a file."""

from base64 import b64encode
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app import spreadsheets
from app.comments import exports as comments
from app.concept.queries import find_section
from app.db import now
from app.local_time import day_of
from app.proposals import exports, languages, queries, rules
from app.proposals.attachments import MOST_IN_ALL
from app.proposals.forms_desk import ImportForm, TypedContributionForm
from app.proposals.models import CHANNEL_LABELS, Attachment, Channel
from app.proposals.services import attachments, imports, intake
from app.proposals.services.imports import Imported
from app.proposals.services.intake import Contact, Origin, Statement
from app.spreadsheets import MIMETYPES, Sheet
from app.structures.queries import find_municipality
from app.web.access import current_account, requires
from app.web.parameters import takes_up_to

bp = Blueprint("contributions_desk", __name__, url_prefix="/verwaltung/beitraege")
SAME_AGAIN = (
    "channel",
    "received_on",
    "call",
    "section",
    "municipality",
    "language",
    "kind",
)  # a pile of letters differs in the words only


@bp.route("/neu", methods=["GET", "POST"])
@requires(rules.can_moderate)
@takes_up_to(MOST_IN_ALL)
def create() -> ResponseReturnValue:
    today = day_of(now())
    given = {name: request.args[name] for name in SAME_AGAIN if request.args.get(name)}
    form = TypedContributionForm(today=today, given=given)
    if form.validate_on_submit() and form.fits_call():
        submission = intake.type_in(_statement(form), _origin(form), contact=_contact(form))
        session["typed"] = [submission.proposal.reference, submission.receipt_code]
        return redirect(url_for("contributions_desk.show_receipt", **_same_again(form)), 303)
    return render_template("proposals/desk/type_in.html", form=form), 422 if form.errors else 200


@bp.get("/beleg")
@requires(rules.can_moderate)
def show_receipt() -> ResponseReturnValue:
    reference, code = session.pop("typed", (None, None))
    channel = request.args.get("channel", "")
    page = render_template(
        "proposals/desk/receipt.html",
        reference=reference,
        code=code,
        channel=CHANNEL_LABELS[Channel(channel)] if channel in set(Channel) else "",
        again={name: value for name, value in request.args.items() if name in SAME_AGAIN},
    )
    return page, {"Cache-Control": "no-store"}  # the code is shown once


@bp.route("/einfuhr", methods=["GET", "POST"])
@requires(rules.can_moderate)
def import_file() -> ResponseReturnValue:
    """First the file and what would become of each row, then the same once more to take it in."""
    form = ImportForm()
    report = None
    if form.validate_on_submit():
        content = form.bytes
        try:
            lines = spreadsheets.read(content, required="text")
        except spreadsheets.FileUnreadable as error:
            form.file.errors = [str(error) if content else _("Wählen Sie eine Datei.")]
        else:
            channel = Channel(form.channel.data)
            if form.file.data:
                form.content.data = b64encode(content).decode()
                report = imports.preview(lines, channel=channel)
            else:
                return _imported(imports.import_rows(lines, channel=channel))
    page = render_template("proposals/desk/import.html", form=form, report=report, channels=CHANNEL_LABELS)
    return page, 422 if form.errors else 200


@bp.get("/ausfuhr.<any(csv,xlsx,json):ending>")
@requires(rules.can_moderate)
def export(ending: str) -> ResponseReturnValue:
    writers = {
        "csv": spreadsheets.csv_of,
        "xlsx": lambda heads, rows: spreadsheets.xlsx_of(Sheet(_("Beiträge"), heads, rows)),
        "json": _with_comments,
    }
    headers = {"Content-Disposition": f"attachment; filename=beitraege.{ending}", "Cache-Control": "no-store"}
    return Response(writers[ending](exports.HEADS, exports.rows()), content_type=MIMETYPES[ending], headers=headers)


@bp.post("/<string:reference>/anhang/<int:attachment_id>/sperrung")
@requires(rules.can_moderate)
def withhold_attachment(reference: str, attachment_id: int) -> ResponseReturnValue:
    attachments.withhold(_attachment(reference, attachment_id), by=current_account())
    return redirect(url_for("moderations_desk.show", reference=reference), 303)


@bp.post("/<string:reference>/anhang/<int:attachment_id>/freigabe")
@requires(rules.can_moderate)
def release_attachment(reference: str, attachment_id: int) -> ResponseReturnValue:
    attachments.release(_attachment(reference, attachment_id), by=current_account())
    return redirect(url_for("moderations_desk.show", reference=reference), 303)


def _attachment(reference: str, attachment_id: int) -> Attachment:
    return queries.find_attachment(reference, attachment_id) or abort(404)


def _with_comments(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    said = comments.by_reference()
    return spreadsheets.json_of([*heads, "comments"], [[*row, said.get(row[0], [])] for row in rows])


def _imported(report: Imported) -> ResponseReturnValue:
    flash(ngettext("Ein Beitrag ist aufgenommen.", "%(num)s Beiträge sind aufgenommen.", len(report.imported)))
    if report.skipped:
        flash(ngettext("Einer war schon da.", "%(num)s waren schon da.", report.skipped))
    return redirect(url_for("moderations_desk.index"), 303)


def _same_again(form: TypedContributionForm) -> dict[str, Any]:
    return {
        "channel": form.channel.data,
        "received_on": form.received_on.data.isoformat(),
        "call": form.call.data or None,
        "section": form.section.data or None,
        "municipality": form.municipality.data or None,
        "language": form.language.data or None,
        "kind": form.kind.data.value,
    }


def _statement(form: TypedContributionForm) -> Statement:
    return Statement(
        form.text.data,
        form.kind.data,
        form.language.data or None,
        form.title.data or "",
        form.translation.data or "",
        section=find_section(form.section.data),
        municipality=find_municipality(form.municipality.data),
        call=form.chosen_call,
        attachments=form.files.uploads,
    )


def _origin(form: TypedContributionForm) -> Origin:
    return Origin(
        Channel(form.channel.data),
        received_on=form.received_on.data,
        organization=form.chosen_organization,
        recorded_by=current_account(),
    )


def _contact(form: TypedContributionForm) -> Contact:
    return Contact(
        name=form.name.data or "",
        organization_name="" if form.chosen_organization else form.organization_name.data or "",
        may_be_named=form.may_be_named.data,
        email=form.email.data or "",
        postal_address=form.postal_address.data or "",
        language=form.language.data or languages.SOURCE,
    )
