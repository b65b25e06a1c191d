"""Partners of measures at the desk: who works on what, who was asked, who is waiting; ask, enter an answer."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from app.concept import partnership, rules, services
from app.concept.errors import WordingChanged
from app.concept.forms_measures import AskForm, EnteredAnswerForm, PartnerForm
from app.concept.models import CHANNEL_LABELS, MeasurePartner
from app.concept.partnership import OPEN, PARTNER_STATE_LABELS, PartnerState, last_answer, open_request, state_of
from app.concept.views.partners import given_answer
from app.concept.views_desk.measures import find
from app.db import now
from app.local_time import day_of
from app.structures import queries as structures
from app.structures.forms import offer
from app.structures.models import Organization
from app.web.access import current_account, requires

bp = Blueprint("partners_desk", __name__, url_prefix="/verwaltung/konzept")
TONES = {
    PartnerState.AGREED: "success",
    PartnerState.CONDITIONS: "warning",
    PartnerState.REFUSED: "warning",
    PartnerState.OVERTAKEN: "warning",
    PartnerState.WAITING: "info",
}
PENDING = "offen"  # in the address: all that is still open
LABELS = {"states": PARTNER_STATE_LABELS, "tones": TONES, "channels": CHANNEL_LABELS}


class Row(NamedTuple):
    """A partner of a measure, and where it stands."""

    partner: MeasurePartner
    state: PartnerState
    asked: object  # the request that waits for an answer
    answer: object  # the last one

    @classmethod
    def of(cls, partner: MeasurePartner) -> "Row":
        return cls(partner, state_of(partner), open_request(partner), last_answer(partner))


class Group(NamedTuple):
    """All measures of a partner, or all partners of a measure."""

    rows: Sequence[Row]
    is_open: bool


@bp.get("/mitwirkende")
@requires(rules.can_add_to_concept)
def index() -> ResponseReturnValue:
    by_measure, wanted = request.args.get("nach") == "massnahme", request.args.get("stand", "")
    rows = [Row.of(each) for each in partnership.partners()]
    counts = {state: sum(row.state is state for row in rows) for state in PartnerState}
    shown = [row for row in rows if not wanted or row.state == wanted or (wanted == PENDING and row.state in OPEN)]
    if by_measure:
        shown.sort(key=lambda row: (row.partner.measure_id, row.partner.organization.name.casefold()))
    return render_template(
        "concept/desk/partners.html",
        groups=_groups(shown, by_measure=by_measure),
        by_measure=by_measure,
        wanted=wanted,
        counts=counts,
        pending=sum(row.state in OPEN for row in rows),
        total=len(rows),
        labels=LABELS,
    )


@bp.route("/mitwirkende/<string:slug>/bitte", methods=["GET", "POST"])
@requires(rules.can_add_to_concept)
def ask(slug: str) -> ResponseReturnValue:
    organization = _organization(slug)
    rows = {row.partner.measure.code: row for row in map(Row.of, partnership.partners(organization=organization))}
    contact = partnership.find_contact(organization)
    chosen = request.args.getlist("massnahme") or [code for code, row in rows.items() if row.state in OPEN]
    form = AskForm(measures=chosen, email=contact.email if contact else "", asked_on=day_of(now()))
    form.measures.choices = [
        SelectChoice(code, f"{code}: {row.partner.measure.text.current.content} ({PARTNER_STATE_LABELS[row.state]})")
        for code, row in rows.items()
    ]
    if form.validate_on_submit():
        services.ask_for_agreement(
            organization,
            [rows[code].partner for code in form.measures.data],
            channel=form.channel.data,
            asked_on=form.asked_on.data,
            email=form.email.data or "",
            by=current_account(),
        )
        flash(_("Vermerkt: %(name)s ist gefragt.", name=organization.name))
        return redirect(url_for("partners_desk.index"), 303)
    page = render_template("concept/desk/ask_partner.html", form=form, organization=organization, rows=rows)
    return page, 422 if form.errors else 200


@bp.route("/massnahmen/<string:code>/mitwirkende", methods=["GET", "POST"])
@requires(rules.can_add_to_concept)
def show_measure(code: str) -> ResponseReturnValue:
    measure = find(code)
    rows = [Row.of(each) for each in partnership.partners(measure=measure)]
    there = {row.partner.organization_id for row in rows}
    others = {each.slug: each for each in structures.choosable() if each.id not in there}
    form = PartnerForm()
    offer(form.organization, others.values())
    if form.validate_on_submit():
        services.add_partner(measure, others[form.organization.data], by=current_account())
        flash(_("%(name)s ist eingetragen. Fragen Sie jetzt um Zustimmung.", name=others[form.organization.data].name))
        return _back(code)
    page = render_template("concept/desk/measure_partners.html", measure=measure, rows=rows, form=form, labels=LABELS)
    return page, 422 if form.errors else 200


@bp.route("/massnahmen/<string:code>/mitwirkende/<string:slug>/antwort", methods=["GET", "POST"])
@requires(rules.can_add_to_concept)
def answer(code: str, slug: str) -> ResponseReturnValue:
    partner, meanwhile = _partner(code, slug), None
    form = EnteredAnswerForm(**given_answer(partner), answered_on=day_of(now()))
    if form.validate_on_submit():
        try:
            services.answer_for(
                partner,
                **form.given(),
                channel=form.channel.data,
                answered_on=form.answered_on.data,
                by=current_account(),
            )
        except WordingChanged as error:
            partner, meanwhile = _partner(code, slug), error
            form.version_id.data = str(partner.measure.text.current.id)
        else:
            flash(_("Die Antwort ist eingetragen."))
            return _back(code)
    page = render_template(
        "concept/desk/partner_answer.html", form=form, partner=partner, meanwhile=meanwhile, labels=LABELS
    )
    return page, 409 if meanwhile else 422 if form.errors else 200


@bp.post("/massnahmen/<string:code>/mitwirkende/<string:slug>/entfernung")
@requires(rules.can_add_to_concept)
def remove(code: str, slug: str) -> ResponseReturnValue:
    if FlaskForm().validate_on_submit():
        services.remove_partner(_partner(code, slug), by=current_account())
        flash(_("Die Organisation steht nicht mehr bei dieser Maßnahme."))
    return _back(code)


def _groups(rows: Sequence[Row], *, by_measure: bool) -> list[Group]:
    """What is still open first, among the groups and in each of them."""

    def key(row: Row) -> int:
        return row.partner.measure_id if by_measure else row.partner.organization_id

    found = [sorted(group, key=lambda row: row.state not in OPEN) for _key, group in groupby(rows, key)]
    groups = [Group(group, any(row.state in OPEN for row in group)) for group in found]
    return sorted(groups, key=lambda group: not group.is_open)


def _organization(slug: str) -> Organization:
    return structures.find_organization(slug) or abort(404)


def _partner(code: str, slug: str) -> MeasurePartner:
    found = partnership.partners(measure=find(code))
    return next((each for each in found if each.organization.slug == slug), None) or abort(404)


def _back(code: str) -> Response:
    return redirect(url_for("partners_desk.show_measure", code=code), 303)
