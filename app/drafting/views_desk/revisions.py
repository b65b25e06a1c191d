"""Every version of a text of the working edition: who wrote it when, any two compared, one of them put back."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.concept.comparison import words
from app.concept.forms import ReasonForm
from app.concept.releases import authors_of
from app.concept.rules import can_edit_concept
from app.concept.services import reword_subject
from app.concept.subjects import Subject, find_subject
from app.drafting.views.words import address_of
from app.texts.models import TextVersion
from app.texts.queries import versions_of
from app.web.access import current_account, requires
from app.web.parameters import whole

bp = Blueprint("revisions_desk", __name__, url_prefix="/verwaltung/konzept/texte/<int:text_id>")


@bp.get("")
@requires(can_edit_concept)
def index(text_id: int) -> ResponseReturnValue:
    subject, versions = _get(text_id)
    last = len(versions)
    old = _chosen(versions, "von", max(1, last - 1))
    new = _chosen(versions, "bis", last)
    return render_template(
        "drafting/desk/revisions.html",
        subject=subject,
        versions=versions,
        authors=authors_of([each.id for each in versions]),
        old=old,
        new=new,
        changed=words(old.content, new.content),
        address=address_of(subject),
    )


@bp.route("/<int:number>/wiederherstellung", methods=["GET", "POST"])
@requires(can_edit_concept)
def restore(text_id: int, number: int) -> ResponseReturnValue:
    subject, versions = _get(text_id)
    version = next((each for each in versions if each.number == number), None) or abort(404)
    form = ReasonForm()
    if form.validate_on_submit():
        reword_subject(subject, version.content, reason=form.reason.data, by=current_account())
        flash(_("Die Fassung %(number)s steht wieder da, als neue Fassung.", number=number))
        return redirect(url_for("revisions_desk.index", text_id=text_id), 303)
    page = render_template(
        "drafting/desk/restore.html",
        form=form,
        subject=subject,
        version=version,
        changed=words(versions[-1].content, version.content),
    )
    return page, 422 if form.errors else 200


def _get(text_id: int) -> tuple[Subject, Sequence[TextVersion]]:
    subject = find_subject(text_id) or abort(404)
    return subject, versions_of([text_id])[text_id]


def _chosen(versions: Sequence[TextVersion], name: str, default: int) -> TextVersion:
    number = request.args.get(name, default, type=whole)
    return next((each for each in versions if each.number == number), versions[default - 1])
