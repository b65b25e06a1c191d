"""Objecting to a wording that one's own words flowed into, without an account."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from app.db import now
from app.proposals import languages
from app.proposals.services import intake
from app.web.access import signed_link
from app.workbench import own_words
from app.workbench.forms import ObjectionForm
from app.workbench.services import objections

bp = Blueprint("objections", __name__, url_prefix="/vorschlaege")


@bp.route("/mein/<string:token>/widerspruch", methods=["GET", "POST"])
@signed_link
def create(token: str) -> ResponseReturnValue:
    proposal = intake.read_own_link(token)
    wordings = own_words.of_proposal(proposal).open_at(now())
    form = ObjectionForm().choose_from(wordings)
    if form.validate_on_submit():
        chosen = next(each for each in wordings if str(each.version.id) == form.wording.data)
        objections.object_to(
            chosen.condensation,
            version_id=chosen.version.id,
            proposal=proposal,
            words=form.words.data,
            language=str(get_locale() or languages.SOURCE),
            may_be_quoted=form.may_be_quoted.data,
        )
        flash(_("Ihr Einspruch ist da. Wir antworten Ihnen; solange er offen ist, sehen ihn alle, die entscheiden."))
        return redirect(url_for("contributions.show", token=token), 303)
    page = render_template("workbench/object.html", form=form, wordings=wordings, proposal=proposal, token=token)
    return page, 422 if form.errors else 200
