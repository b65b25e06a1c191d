"""Sheets of paper at the desk: scans go in, and each page is typed in beside its picture."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm

from app import storage
from app.calls import queries, rules, scans
from app.calls.errors import FileUnusable, OutsideCall
from app.calls.forms import AsideForm, UploadForm
from app.calls.models import SHEET_STATE_LABELS, Call, Sheet, SheetState
from app.calls.services import sheets
from app.concept.queries import find_section
from app.db import now
from app.events.pictures import Picture
from app.local_time import day_of
from app.proposals import languages
from app.proposals.forms.sheets import SheetForm
from app.proposals.queries import typed_from
from app.proposals.services.intake import Statement
from app.proposals.services.sheets import type_in_sheet
from app.web.access import current_account, requires
from app.web.parameters import takes_up_to

MOST_IN_ALL = 42 * 1024 * 1024  # four files of the largest kind, and the rest of the form
bp = Blueprint("sheets_desk", __name__, url_prefix="/verwaltung/boegen")


@bp.get("")
@requires(rules.can_type_in_sheets)
def index() -> ResponseReturnValue:
    """The calls for which paper may come in."""
    return render_template(
        "calls/desk/all_sheets.html", calls=queries.published_calls(), waiting=queries.open_sheets_by_call()
    )


@bp.route("/<int:call_id>", methods=["GET", "POST"])
@requires(rules.can_type_in_sheets)
@takes_up_to(MOST_IN_ALL)
def upload(call_id: int) -> ResponseReturnValue:
    """What came in for a call, and new scans. What one file lacks stops the whole: nothing is there by half."""
    call = _get_call(call_id)
    form = UploadForm(today=min(day_of(now()), call.last_day))
    if form.validate_on_submit():
        pages = _pages(form)
        if pages:
            try:
                added = sheets.add_sheets(call, pages, received_on=form.received_on.data, by=current_account())
            except OutsideCall:
                form.received_on.errors = [_("An diesem Tag war der Aufruf nicht offen.")]
            else:
                _tell(added)
                return redirect(url_for("sheets_desk.upload", call_id=call_id), 303)
    page = render_template(
        "calls/desk/sheets.html",
        call=call,
        form=form,
        next_form=FlaskForm(formdata=None),
        sheets=queries.sheets_of(call),
        states=SHEET_STATE_LABELS,
        waiting=queries.open_sheets_by_call().get(call.id, 0),
    )
    return page, 422 if form.errors else 200


@bp.post("/<int:call_id>/naechster")
@requires(rules.can_type_in_sheets)
def take(call_id: int) -> ResponseReturnValue:
    sheet = sheets.take_next(_get_call(call_id), by=current_account())
    if sheet is None:
        flash(_("Gerade gibt es keinen Bogen für Sie: Alle sind abgetippt oder in Arbeit."))
        return redirect(url_for("sheets_desk.upload", call_id=call_id), 303)
    return redirect(url_for("sheets_desk.type_in", sheet_id=sheet.id), 303)


@bp.route("/bogen/<int:sheet_id>", methods=["GET", "POST"])
@requires(rules.can_type_in_sheets)
def type_in(sheet_id: int) -> ResponseReturnValue:
    """`schritt=fertig`: this was the last statement on the sheet."""
    sheet = _get(sheet_id)
    form = SheetForm(sheet.call, language=request.args.get("sprache", ""))
    if form.validate_on_submit():
        is_last = request.args.get("schritt") == "fertig"
        submission = type_in_sheet(
            sheet,
            Statement(
                form.text.data,
                form.kind.data,
                form.language.data or None,
                translation=form.translation.data or "",
                section=find_section(form.section.data),
            ),
            contact=form.contact,
            is_last=is_last,
            by=current_account(),
        )
        reference, code = submission.proposal.reference, submission.receipt_code
        flash(_("%(reference)s ist aufgenommen. Belegnummer für die Antwort: %(code)s", reference=reference, code=code))
        language = form.language.data or None
        return redirect(url_for("sheets_desk.type_in", sheet_id=sheet_id, sprache=language), 303)
    return _sheet_page(sheet, form, AsideForm(formdata=None)), 422 if form.errors else 200


@bp.post("/bogen/<int:sheet_id>/fertig")
@requires(rules.can_type_in_sheets)
def finish(sheet_id: int) -> ResponseReturnValue:
    sheets.finish(_get(sheet_id), by=current_account())
    return redirect(url_for("sheets_desk.type_in", sheet_id=sheet_id), 303)


@bp.post("/bogen/<int:sheet_id>/weggelegt")
@requires(rules.can_type_in_sheets)
def set_aside(sheet_id: int) -> ResponseReturnValue:
    sheet, form = _get(sheet_id), AsideForm()
    if not form.validate_on_submit():
        return _sheet_page(sheet, SheetForm(sheet.call, language=""), form), 422
    sheets.set_aside(sheet, reason=form.why.data.strip(), by=current_account())
    return redirect(url_for("sheets_desk.type_in", sheet_id=sheet_id), 303)


@bp.post("/bogen/<int:sheet_id>/wieder")
@requires(rules.can_type_in_sheets)
def reopen(sheet_id: int) -> ResponseReturnValue:
    sheets.reopen(_get(sheet_id), by=current_account())
    return redirect(url_for("sheets_desk.type_in", sheet_id=sheet_id), 303)


@bp.get("/bogen/<int:sheet_id>.jpg")
@requires(rules.can_type_in_sheets)
def picture(sheet_id: int) -> ResponseReturnValue:
    sheet = _get(sheet_id)
    try:
        content = storage.read(sheet.key or "")
    except storage.FileMissing:
        abort(404)
    return Response(content, mimetype="image/jpeg", headers={"Cache-Control": "private, no-store"})


def _sheet_page(sheet: Sheet, form: SheetForm, aside: AsideForm) -> str:
    return render_template(
        "calls/desk/sheet.html",
        sheet=sheet,
        form=form,
        aside_form=aside,
        typed=typed_from(sheet),
        is_open=sheet.state is SheetState.OPEN,
        state=SHEET_STATE_LABELS[sheet.state],
        direction_of=languages.direction_of,
        waiting=queries.open_sheets_by_call().get(sheet.call_id, 0),
    )


def _pages(form: UploadForm) -> list[Picture]:
    """Of all files; says at the field which of them is of no use, and then there are none."""
    contents = form.contents
    pages: list[Picture] = []
    problems = [] if contents else [_("Wählen Sie mindestens einen Scan.")]
    for name, content in contents:
        try:
            pages += scans.pages_of(content)
        except FileUnusable as error:
            problems.append(f"{name[:60]}: {error}")
    form.files.errors = problems
    return [] if problems else pages


def _tell(added: sheets.Added) -> None:
    flash(ngettext("Ein Bogen ist da.", "%(num)s Bögen sind da.", added.added))
    if added.known:
        flash(ngettext("Eine Seite war schon da.", "%(num)s Seiten waren schon da.", added.known))


def _get_call(call_id: int) -> Call:
    call = queries.get_call(call_id)
    return call if call is not None and call.is_published else abort(404)


def _get(sheet_id: int) -> Sheet:
    return queries.get_sheet(sheet_id) or abort(404)
