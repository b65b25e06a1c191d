"""Write down, look at and publish what an event came to; its photos."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm

from app.attendance.forms_documentation import PhotoForm, PhotoWordsForm, ReportForm
from app.attendance.participants import count_participants, parties_who_took_part
from app.attendance.services.results import publish_results
from app.attendance.views.documentation import report_page
from app.db import now
from app.events import documentation, queries, rules, services
from app.events.errors import ChangeUnexplained, NotAPicture, PhotoThere, PictureTooLarge
from app.events.models import Event, EventPhoto, EventReport
from app.web.access import current_account, requires

bp = Blueprint("event_reports_desk", __name__, url_prefix="/verwaltung/veranstaltungen/<int:event_id>/dokumentation")

overdue = Blueprint("overdue_reports_desk", __name__, url_prefix="/verwaltung/dokumentationen")


@overdue.get("")
@requires(rules.can_edit_events)
def index() -> ResponseReturnValue:
    return render_template("attendance/desk/overdue_reports.html", events=documentation.without_results(now()))


@bp.route("", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def edit(event_id: int) -> ResponseReturnValue:
    event = _get(event_id)
    report = documentation.get_report(event_id)
    form = _form(event, report)
    counted = count_participants(event_id)
    if form.validate_on_submit():
        try:
            _write(event, form, counted)
        except ChangeUnexplained as error:
            form.note.errors = [str(error)]
        else:
            flash(_("Gespeichert."))
            return redirect(url_for("event_reports_desk.edit", event_id=event_id), 303)
    page = render_template(
        "attendance/desk/report.html",
        event=event,
        report=report,
        form=form,
        counted=counted,
        photos=documentation.photos_of(event_id),
        is_over=event.is_over(now()),
    )
    return page, 422 if form.errors else 200


@bp.get("/vorschau")
@requires(rules.can_edit_events)
def preview(event_id: int) -> ResponseReturnValue:
    event = _get(event_id)
    report = documentation.get_report(event_id) or abort(404)
    return report_page(event, report, counted=count_participants(event_id), is_preview=True)


@bp.route("/veroeffentlichung", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def publish(event_id: int) -> ResponseReturnValue:
    event = _get(event_id)
    form = FlaskForm()
    if form.validate_on_submit():
        told = publish_results(event, by=current_account())
        flash(
            ngettext(
                "Die Dokumentation ist öffentlich. %(num)s Anmeldung bekommt Bescheid.",
                "Die Dokumentation ist öffentlich. %(num)s Anmeldungen bekommen Bescheid.",
                told,
            )
        )
        return redirect(url_for("event_reports_desk.edit", event_id=event_id), 303)
    return render_template(
        "attendance/desk/publish_report.html", event=event, form=form, parties=len(parties_who_took_part(event_id))
    )


@bp.route("/fotos/neu", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def add_photo(event_id: int) -> ResponseReturnValue:
    event = _get(event_id)
    form = PhotoForm()
    if form.validate_on_submit():
        try:
            services.add_photo(event, form.file.content, by=current_account(), **form.fields)
        except (NotAPicture, PictureTooLarge, PhotoThere) as error:
            form.file.errors = [str(error)]
        else:
            flash(_("Das Bild ist dabei."))
            return redirect(url_for("event_reports_desk.edit", event_id=event_id), 303)
    page = render_template("attendance/desk/photo.html", event=event, form=form, photo=None)
    return page, 422 if form.errors else 200


@bp.route("/fotos/<int:photo_id>", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def edit_photo(event_id: int, photo_id: int) -> ResponseReturnValue:
    photo = _get_photo(event_id, photo_id)
    form = PhotoWordsForm.of(photo)
    if form.validate_on_submit():
        services.describe_photo(photo, by=current_account(), **form.fields)
        flash(_("Gespeichert."))
        return redirect(url_for("event_reports_desk.edit", event_id=event_id), 303)
    page = render_template(
        "attendance/desk/photo.html", event=photo.event, form=form, photo=photo, withdraw_form=FlaskForm()
    )
    return page, 422 if form.errors else 200


@bp.post("/fotos/<int:photo_id>/entfernung")
@requires(rules.can_edit_events)
def withdraw_photo(event_id: int, photo_id: int) -> ResponseReturnValue:
    services.withdraw_photo(_get_photo(event_id, photo_id), by=current_account())
    flash(_("Das Bild ist entfernt, von der Seite und aus der Ablage."))
    return redirect(url_for("event_reports_desk.edit", event_id=event_id), 303)


def _write(event: Event, form: ReportForm, counted: int) -> None:
    services.write_report(
        event,
        counted=counted,
        tables=form.results,
        note=form.note.data if form.note else "",
        by=current_account(),
        **form.fields,
    )


def _form(event: Event, report: EventReport | None) -> ReportForm:
    written = {number: result.text for number, result in documentation.table_reports_of(event.id).items()}
    return ReportForm.of(report, event.tables, written)


def _get(event_id: int) -> Event:
    return queries.get_event(event_id) or abort(404)


def _get_photo(event_id: int, photo_id: int) -> EventPhoto:
    photo = documentation.get_photo(photo_id)
    if photo is None or photo.event_id != event_id:
        abort(404)
    return photo
