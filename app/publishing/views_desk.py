"""Pictures of the concept at the desk."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.concept import queries, rules
from app.events.errors import NotAPicture, PictureTooLarge
from app.publishing import services
from app.publishing.errors import PictureThere
from app.publishing.forms import PictureForm
from app.web.access import current_account, requires

bp = Blueprint("concept_pictures_desk", __name__, url_prefix="/verwaltung/konzept/bilder")


@bp.route("", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def index() -> ResponseReturnValue:
    form = PictureForm()
    if form.validate_on_submit():
        try:
            picture = services.add_picture(
                form.file.data.read(), title=form.title.data, source=form.source.data or "", by=current_account()
            )
        except (NotAPicture, PictureTooLarge, PictureThere) as error:
            form.file.errors = [str(error)]
        else:
            flash(_("Das Bild hat die Nummer %(number)s.", number=picture.number))
            return redirect(url_for("concept_pictures_desk.index"), 303)
    page = render_template("publishing/desk/pictures.html", form=form, pictures=queries.concept_pictures())
    return page, 422 if form.errors else 200
