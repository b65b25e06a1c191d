"""Giving condensations and contributions to a working group, and taking them back."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.decisions import agenda, queries, rules
from app.decisions.forms import ReferralForm
from app.decisions.services import referrals
from app.proposals import queries as proposals
from app.proposals.models import Condensation, Proposal
from app.structures.queries import find_organization
from app.web.access import current_account, requires
from app.web.parameters import whole

bp = Blueprint("referrals_desk", __name__, url_prefix="/verwaltung/ueberweisungen")


@bp.route("/neu", methods=["GET", "POST"])
@requires(rules.can_decide)
def create() -> ResponseReturnValue:
    subjects = _chosen()
    if not subjects:
        flash(_("Wählen Sie zuerst aus, was an einen Arbeitskreis gehen soll."), "warning")
        return redirect(url_for("decisions_desk.index"), 303)
    form = ReferralForm(agenda.may_be_asked(), data={"organization": _first_group(subjects)})
    if form.validate_on_submit():
        to = find_organization(form.organization.data) or abort(404)
        question = form.question.data or ""
        made = referrals.refer(subjects, to=to, question=question, due_on=form.due_on.data, by=current_account())
        count = ngettext("Ein Punkt liegt", "%(num)s Punkte liegen", len(made))
        flash(_("%(count)s jetzt vor: %(name)s.", count=count, name=to.name))
        return redirect(url_for("working_groups_desk.show", slug=to.slug), 303)
    page = render_template("decisions/refer.html", form=form, wordings=[_wording(subject) for subject in subjects])
    return page, 422 if form.errors else 200


@bp.post("/<int:referral_id>/rueckholung")
@requires(rules.can_decide)
def take_back(referral_id: int) -> ResponseReturnValue:
    referral = agenda.get_referral(referral_id) or abort(404)
    referrals.take_back(referral, by=current_account())
    flash(_("Zurückgeholt. Jetzt lässt sich darüber entscheiden."))
    return redirect(url_for("working_groups_desk.show", slug=referral.organization.slug), 303)


def _chosen() -> Sequence[Condensation | Proposal]:
    """What the address names; only what may be read is given away."""
    condensations = queries.condensations_with(set(request.args.getlist("zusammenfuehrung", type=whole)))
    contributions = proposals.chosen(set(request.args.getlist("beitrag", type=whole)))
    return [*condensations, *(each for each in contributions if each.is_released)]


def _first_group(subjects: Sequence[Condensation | Proposal]) -> str:
    """The working group of the section they are about."""
    group = agenda.group_of_section(next((each.section_id for each in subjects if each.section_id), None))
    return group.slug if group else ""


def _wording(subject: Condensation | Proposal) -> str:
    if isinstance(subject, Condensation):
        return subject.text.current.content
    return (subject.translation or subject.text).current.content
