"""Wordings that wait for a second person: read what changed, release, or put the former wording back."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm

from app.concept import releases, rules, services
from app.concept.comparison import Run, words
from app.concept.errors import WordingChanged
from app.concept.forms import ReasonForm
from app.concept.models import EDITION_CHANGE_LABELS
from app.concept.origins import waiting_changes
from app.concept.releases import Unreleased
from app.web.access import current_account, requires
from app.web.parameters import whole

bp = Blueprint("releases_desk", __name__, url_prefix="/verwaltung/konzept/freigabe")


@bp.get("")
@requires(rules.can_release_wordings)
def index() -> ResponseReturnValue:
    account = current_account()
    waiting = releases.unreleased()
    return render_template(
        "concept/desk/releases.html",
        form=FlaskForm(),
        others=[each for each in waiting if each.written.account_id != account.id],
        own=[each for each in waiting if each.written.account_id == account.id],
        changed=_changed,
        change_labels=EDITION_CHANGE_LABELS,
        changes=waiting_changes() if rules.can_record_resolutions(account) else (),
    )


@bp.post("")
@requires(rules.can_release_wordings)
def release() -> ResponseReturnValue:
    """All that stood on the page: what somebody wrote since is not released unseen."""
    seen = request.form.getlist("gesehen", type=whole)
    if FlaskForm().validate_on_submit() and seen:
        count = services.release_wordings(seen, by=current_account())
        flash(ngettext("Ein Wortlaut ist freigegeben.", "%(num)s Wortlaute sind freigegeben.", count))
    return redirect(url_for("releases_desk.index"), 303)


@bp.route("/<int:version_id>/zurueck", methods=["GET", "POST"])
@requires(rules.can_release_wordings)
def withhold(version_id: int) -> ResponseReturnValue:
    waiting = next((each for each in releases.unreleased() if each.version.id == version_id), None)
    if waiting is None:
        if request.method == "POST":
            raise WordingChanged
        abort(404)
    form = ReasonForm()
    if form.validate_on_submit():
        services.withhold_wording(waiting, reason=form.reason.data, by=current_account())
        flash(_("%(name)s: Der frühere Wortlaut steht wieder da.", name=waiting.subject.name))
        return redirect(url_for("releases_desk.index"), 303)
    page = render_template("concept/desk/withhold.html", form=form, waiting=waiting, words=_changed(waiting))
    return page, 422 if form.errors else 200


def _changed(waiting: Unreleased) -> tuple[Run, ...]:
    return words(waiting.before.content if waiting.before else "", waiting.version.content)
