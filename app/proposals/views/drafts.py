"""A contribution that somebody goes on writing later: kept behind a link that only they have."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from app.limits import LimitReached, source_of
from app.proposals import languages
from app.proposals.attachments import MOST_IN_ALL
from app.proposals.errors import DraftTooLong
from app.proposals.forms import ContributionForm
from app.proposals.models import Draft
from app.proposals.services import drafts
from app.proposals.views.create import contribution_form, form_page
from app.web.access import public, signed_link
from app.web.parameters import takes_up_to

bp = Blueprint("drafts", __name__, url_prefix="/vorschlaege/entwurf")
NOT_KEPT = frozenset({"csrf_token", "website", "altcha", "draft", "files"})


@bp.post("")
@public
@takes_up_to(MOST_IN_ALL)
def create() -> ResponseReturnValue:
    """Keep the form as it is, finished or not."""
    form = contribution_form()
    try:
        draft = _saved(form)
    except DraftTooLong as error:
        form.text.errors = [str(error)]
        return form_page(form), 422
    except LimitReached as error:
        form.form_errors.append(str(error))
        return form_page(form), 429
    if form.files.are_lost:
        flash(_("Dateien heben wir nicht mit auf. Wählen Sie sie bitte, wenn Sie absenden."))
    return redirect(url_for("drafts.show", token=drafts.link_of(draft)), 303)


@bp.get("/<string:token>")
@signed_link
def show(token: str) -> ResponseReturnValue:
    draft = drafts.read_link(token)
    kept = [(name, value) for name, values in drafts.fields_of(draft).items() for value in values]
    return form_page(contribution_form(MultiDict(kept)), draft=draft)


@bp.route("/<string:token>/loeschung", methods=["GET", "POST"])
@signed_link
def delete(token: str) -> ResponseReturnValue:
    draft = drafts.read_link(token)
    form = FlaskForm()
    if form.validate_on_submit():
        drafts.delete(draft)
        flash(_("Ihr Entwurf ist gelöscht."))
        return redirect(url_for("proposals.create"), 303)
    return render_template("proposals/delete_draft.html", form=form, token=token)


def _saved(form: ContributionForm) -> Draft:
    fields = {field.name: request.form.getlist(field.name) for field in form if field.name not in NOT_KEPT}
    return drafts.save(
        fields,
        draft=drafts.find(form.draft.data or ""),
        source=source_of(request.remote_addr),
        email=form.email.data if form.email.data and form.email.validate(form) else "",
        language=str(get_locale() or languages.SOURCE),
    )
