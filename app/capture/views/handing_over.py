"""A table's photos of its flipchart, and handing the table over to moderation."""

from collections import Counter

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app import storage
from app.capture import offline, queries
from app.capture.errors import TooManyPhotos
from app.capture.forms import PhotoForm
from app.capture.models import FlipchartPhoto
from app.capture.services import closing, photos, tables
from app.capture.views.lines import bp
from app.events.errors import NotAPicture, PhotoThere, PictureTooLarge
from app.events.models import ThemeTable
from app.web.access import signed_link


@bp.route("/<string:token>/abschluss", methods=["GET", "POST"])
@signed_link
def close(token: str) -> ResponseReturnValue:
    """First what the table comes to, then the one button."""
    table = _table(token)
    form = FlaskForm()
    if form.validate_on_submit():
        closing.close(table)
        flash(_("Danke. Der Tisch ist abgeschlossen, die Zeilen sind bei der Moderation."))
        return redirect(url_for("captures.create", token=token), 303)
    view = offline.view_of(table)
    return render_template(
        "capture/close.html",
        table=table,
        token=token,
        form=form,
        view=view,
        spoken=Counter(line.language for line in view.lines).most_common(),
        points=sum(sum(line.points.values()) for line in view.lines),
        photos=len(queries.photos_of(table.id)),
    )


@bp.route("/<string:token>/fotos", methods=["GET", "POST"])
@signed_link
def add_photo(token: str) -> ResponseReturnValue:
    table = _table(token)
    form = PhotoForm()
    if form.validate_on_submit():
        try:
            photos.add_photo(table, form.content)
        except (NotAPicture, PictureTooLarge, PhotoThere, TooManyPhotos) as error:
            form.file.errors = [str(error)]
        else:
            flash(_("Das Foto ist da."))
            return redirect(url_for("captures.add_photo", token=token), 303)
    page = render_template(
        "capture/photos.html",
        table=table,
        token=token,
        form=form,
        plain_form=FlaskForm(),
        photos=queries.photos_of(table.id),
        is_closed=queries.standing_closing(table.id) is not None,
    )
    return page, 422 if form.errors else 200


@bp.get("/<string:token>/fotos/<int:photo_id>/<any(klein,gross):size>.jpg")
@signed_link
def show_photo(token: str, photo_id: int, size: str) -> ResponseReturnValue:
    return picture(_photo(_table(token), photo_id), size)


@bp.post("/<string:token>/fotos/<int:photo_id>/entfernung")
@signed_link
def remove_photo(token: str, photo_id: int) -> ResponseReturnValue:
    photos.remove_photo(_photo(_table(token), photo_id))
    flash(_("Das Foto ist gelöscht."))
    return redirect(url_for("captures.add_photo", token=token), 303)


def picture(photo: FlipchartPhoto, size: str) -> ResponseReturnValue:
    """Whoever has seen it asks again each time: it may be gone."""
    key = photo.small_key if size == "klein" else photo.key
    try:
        response = Response(storage.read(key), mimetype="image/jpeg")
    except storage.FileMissing:
        abort(404)
    response.set_etag(key)
    response.cache_control.private = True
    response.cache_control.no_cache = True
    return response.make_conditional(request)


def _table(token: str) -> ThemeTable:
    return tables.read_link(token, tables.SCRIBE)


def _photo(table: ThemeTable, photo_id: int) -> FlipchartPhoto:
    photo = queries.get_photo(photo_id)
    if photo is None or photo.table_id != table.id:
        abort(404)
    return photo
