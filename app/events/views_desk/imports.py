"""Taking in events from a file: look first, then take in, and the report stays."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.events import queries, rules
from app.events.forms import ImportForm, TakeInForm
from app.events.importing import FileUnreadable, ImportRow, import_rows, judge, read_content
from app.web.access import current_account, requires

KEPT_IN_VIEW = 5
bp = Blueprint("event_imports_desk", __name__, url_prefix="/verwaltung/veranstaltungen/import")


@bp.route("", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def create() -> ResponseReturnValue:
    form = ImportForm()
    if form.validate_on_submit():
        try:
            outcomes = judge(_rows(form.name, form.content))
        except FileUnreadable as error:
            form.file.errors = [str(error)]
        else:
            return render_template("events/desk/import_preview.html", outcomes=outcomes, form=TakeInForm.of(form))
    page = render_template("events/desk/import.html", form=form, latest=queries.latest_imports(KEPT_IN_VIEW))
    return page, 422 if form.errors else 200


@bp.post("/uebernahme")
@requires(rules.can_edit_events)
def accept() -> ResponseReturnValue:
    form = TakeInForm()
    if form.validate_on_submit():
        rows = _rows(form.name.data, form.read)
        name = form.name.data[:200]
        taken_in = import_rows(rows, publish=form.publish.data, file_name=name, by=current_account())
        return redirect(url_for("event_imports_desk.show", import_id=taken_in.report.id), 303)
    empty = ImportForm(formdata=None)
    empty.form_errors = [message for messages in form.errors.values() for message in messages]
    return render_template("events/desk/import.html", form=empty, latest=queries.latest_imports(KEPT_IN_VIEW)), 422


@bp.get("/<int:import_id>")
@requires(rules.can_edit_events)
def show(import_id: int) -> ResponseReturnValue:
    report = queries.get_import(import_id) or abort(404)
    return render_template("events/desk/import_report.html", report=report)


def _rows(name: str, content: bytes) -> list[ImportRow]:
    return read_content(name, content, {section.slug: section for section in queries.all_sections()})
