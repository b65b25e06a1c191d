"""What lies before each working group, for its meeting, and what it recommends."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm

from app.db import now
from app.decisions import agenda, rules
from app.decisions.agenda import Item
from app.decisions.agenda_pdf import agenda_pdf
from app.decisions.forms import LineForm, RecommendationsForm
from app.decisions.services import referrals
from app.local_time import day_of
from app.process_date import ProcessDate
from app.proposals import languages
from app.proposals.models import OUTCOME_LABELS, DecisionOutcome
from app.structures.models import Organization
from app.structures.queries import find_organization
from app.web.access import current_account, requires
from app.web.parameters import whole

bp = Blueprint("working_groups_desk", __name__, url_prefix="/verwaltung/arbeitskreise")


@bp.get("")
@requires(rules.can_see_decisions)
def index() -> ResponseReturnValue:
    may_decide = rules.can_decide(current_account())
    return render_template("decisions/groups.html", groups=agenda.groups(), may_decide=may_decide)


@bp.get("/<string:slug>")
@requires(rules.can_see_decisions)
def show(slug: str) -> ResponseReturnValue:
    organization = _get(slug)
    return render_template(
        "decisions/group.html",
        organization=organization,
        items=agenda.agenda(organization),
        recommended=[(each, agenda.wording_of(each)) for each in agenda.recommended_by(organization)],
        may_decide=rules.can_decide(current_account()),
        labels=OUTCOME_LABELS,
        direction_of=languages.direction_of,
        today=day_of(now()),
        form=FlaskForm(),
    )


@bp.get("/<string:slug>/tagesordnung.pdf")
@requires(rules.can_see_decisions)
def print_agenda(slug: str) -> ResponseReturnValue:
    organization = _get(slug)
    items = agenda.agenda(organization)
    if not items:
        abort(404)
    headers = {"Content-Disposition": f'inline; filename="tagesordnung-{slug}.pdf"', "Cache-Control": "no-store"}
    return Response(agenda_pdf(organization, items, at=now()), mimetype="application/pdf", headers=headers)


@bp.route("/<string:slug>/empfehlungen", methods=["GET", "POST"])
@requires(rules.can_decide)
def recommend(slug: str) -> ResponseReturnValue:
    organization = _get(slug)
    items = agenda.agenda(organization)
    form = RecommendationsForm(recommended=ProcessDate.on(day_of(now())))
    lines = [(item, LineForm(prefix=f"zeile{item.referral.id}")) for item in items]
    gone = set(request.form.getlist("zeile", type=whole)) - {item.referral.id for item in items}
    if form.validate_on_submit() and _are_complete(lines) and not gone:
        count = _recommend(lines, form.recommended.data)
        flash(ngettext("Eine Empfehlung ist gespeichert.", "%(num)s Empfehlungen sind gespeichert.", count))
        return redirect(url_for("working_groups_desk.show", slug=slug), 303)
    if gone:
        form.form_errors.append(_("Ein Punkt ist inzwischen zurückgeholt oder beantwortet. Prüfen Sie die Liste."))
    has_errors = bool(form.errors or form.form_errors or any(line.errors for _item, line in lines))
    page = render_template("decisions/recommend.html", form=form, lines=lines, organization=organization)
    return page, 422 if has_errors else 200


def _are_complete(lines: list[tuple[Item, LineForm]]) -> bool:
    """Every line is looked at, so that each says what it lacks."""
    valid = [line.validate() and not line.lacks() for _item, line in lines]
    return all(valid)


def _recommend(lines: list[tuple[Item, LineForm]], recommended: ProcessDate) -> int:
    given = [
        referrals.Given(item.referral, DecisionOutcome(line.outcome.data), line.reason.data, line.wording.data or "")
        for item, line in lines
        if line.outcome.data
    ]
    return len(referrals.recommend_all(given, recommended=recommended, by=current_account()))


def _get(slug: str) -> Organization:
    return find_organization(slug) or abort(404)
