"""A partner's own pages behind its signed link: the measures that name it, and what it says to each."""

from typing import NamedTuple

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.concept import partnership, services
from app.concept.errors import WordingChanged
from app.concept.forms_measures import AnswerFields
from app.concept.models import Channel, MeasurePartner
from app.concept.partnership import PARTNER_STATE_LABELS, PartnerState, last_answer, state_of
from app.db import now
from app.local_time import day_of
from app.web.access import signed_link

bp = Blueprint("partnerships", __name__, url_prefix="/mitwirkung")


class Row(NamedTuple):
    partner: MeasurePartner
    state: PartnerState


@bp.get("/<string:token>")
@signed_link
def index(token: str) -> ResponseReturnValue:
    contact = services.read_link(token)
    return render_template(
        "concept/partnership.html",
        token=token,
        organization=contact.organization,
        rows=[Row(each, state_of(each)) for each in partnership.partners(organization=contact.organization)],
        elsewhere=partnership.named_elsewhere(contact.organization),
        states=PARTNER_STATE_LABELS,
        form=FlaskForm(),
    )


@bp.route("/<string:token>/<string:code>", methods=["GET", "POST"])
@signed_link
def answer(token: str, code: str) -> ResponseReturnValue:
    partner, meanwhile = _find(token, code), None
    form = AnswerFields(**given_answer(partner))
    if form.validate_on_submit():
        try:
            services.answer_for(partner, **form.given(), channel=Channel.LINK, answered_on=day_of(now()), by=None)
        except WordingChanged as error:
            partner, meanwhile = _find(token, code), error
            form.version_id.data = str(partner.measure.text.current.id)
        else:
            flash(_("Danke, Ihre Antwort ist da. Sie können sie jederzeit ändern."))
            return redirect(url_for("partnerships.index", token=token), 303)
    page = render_template(
        "concept/partnership_answer.html",
        form=form,
        partner=partner,
        token=token,
        meanwhile=meanwhile,
        state=state_of(partner),
    )
    return page, 409 if meanwhile else 422 if form.errors else 200


@bp.post("/<string:token>/<string:code>/ruecknahme")
@signed_link
def withdraw(token: str, code: str) -> ResponseReturnValue:
    services.withdraw_naming(_find(token, code, named=True))
    flash(_("Wir nennen Sie dort nicht mehr, auch nicht in früheren Fassungen."))
    return redirect(url_for("partnerships.index", token=token), 303)


def given_answer(partner: MeasurePartner) -> dict[str, object]:
    """What the form shows: the last answer, and the wording as it is now."""
    last = last_answer(partner)
    said = {"agreement": last.agreement, "naming": "yes" if last.may_be_named else "no"} if last else {}
    words = last.words.current.content if last and last.words else ""
    return {**said, "words": words, "version_id": str(partner.measure.text.current.id)}


def _find(token: str, code: str, *, named: bool = False) -> MeasurePartner:
    """Of the working edition; whoever is `named` in earlier ones only, too."""
    organization = services.read_link(token).organization
    found = [*partnership.partners(organization=organization)]
    if named:
        found += partnership.named_elsewhere(organization)
    return next((each for each in found if each.measure.code == code), None) or abort(404)
