"""Photos of flipcharts at the desk: looked at beside the lines, released with the documentation, deleted."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.attendance.forms_documentation import PhotoWordsForm
from app.capture import queries
from app.capture.models import FlipchartPhoto
from app.capture.services import photos
from app.capture.views.handing_over import picture
from app.events import rules
from app.proposals.rules import can_moderate
from app.web.access import current_account, requires

bp = Blueprint(
    "flipcharts_desk",
    __name__,
    url_prefix="/verwaltung/veranstaltungen/<int:event_id>/tische/<int:table_id>/fotos/<int:photo_id>",
)


@bp.get("/<any(klein,gross):size>.jpg")
@requires(can_moderate)
def show(event_id: int, table_id: int, photo_id: int, size: str) -> ResponseReturnValue:
    return picture(_get(event_id, table_id, photo_id), size)


@bp.route("/dokumentation", methods=["GET", "POST"])
@requires(rules.can_edit_events)
def release(event_id: int, table_id: int, photo_id: int) -> ResponseReturnValue:
    photo = _get(event_id, table_id, photo_id)
    form = PhotoWordsForm()
    if form.validate_on_submit():
        photos.release_photo(photo, by=current_account(), **form.fields)
        flash(_("Das Foto ist in der Dokumentation. Alle sehen es, sobald sie veröffentlicht ist."))
        return redirect(url_for("tables_desk.show", event_id=event_id, table_id=table_id), 303)
    page = render_template("capture/desk/release_photo.html", photo=photo, table=photo.table, form=form)
    return page, 422 if form.errors else 200


@bp.post("/entfernung")
@requires(rules.can_edit_events)
def remove(event_id: int, table_id: int, photo_id: int) -> ResponseReturnValue:
    photos.remove_photo(_get(event_id, table_id, photo_id), by=current_account())
    flash(_("Das Foto ist gelöscht."))
    return redirect(url_for("tables_desk.show", event_id=event_id, table_id=table_id), 303)


def _get(event_id: int, table_id: int, photo_id: int) -> FlipchartPhoto:
    photo = queries.get_photo(photo_id)
    if photo is None or (photo.table.event_id, photo.table_id) != (event_id, table_id):
        abort(404)
    return photo
