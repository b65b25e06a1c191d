"""One measure at the desk: what it bears."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.concept import queries, rules, services, vocabularies
from app.concept.errors import ChangedMeanwhile
from app.concept.facts import said_of, stand_of_facts
from app.concept.forms_measures import FactsForm, given_facts
from app.concept.models import LifeSituation, Measure, TargetGroup
from app.concept.views.history import facts_in_words
from app.db import now
from app.local_time import day_of
from app.structures import queries as structures
from app.web.access import current_account, requires

bp = Blueprint("measures_desk", __name__, url_prefix="/verwaltung/konzept/massnahmen/<string:code>")


@bp.route("/angaben", methods=["GET", "POST"])
@requires(rules.can_edit_concept)
def amend(code: str) -> ResponseReturnValue:
    measure, meanwhile = find(code), None
    form = FactsForm(**given_facts(measure), stand=stand_of_facts(measure))
    form.offer_facts(
        structures.choosable(kept=[measure.responsible]),
        vocabularies.choosable(LifeSituation, on=day_of(now()), of=measure),
        vocabularies.choosable(TargetGroup, on=day_of(now()), of=measure),
        queries.indicators(of=measure),
    )
    if form.validate_on_submit():
        try:
            services.amend_measure(
                measure, form.facts(), reason=form.reason.data, by=current_account(), expected_stand=form.expected_stand
            )
        except ChangedMeanwhile as error:
            measure, meanwhile = find(code), error
            form.stand.data = stand_of_facts(measure)
        else:
            flash(_("Die Angaben zu %(code)s sind gespeichert.", code=code))
            return redirect(url_for("concept_desk.find", code=code), 303)
    page = render_template(
        "concept/desk/facts.html",
        form=form,
        measure=measure,
        meanwhile=meanwhile,
        current=facts_in_words(said_of(measure)) if meanwhile else (),
    )
    return page, 409 if meanwhile else 422 if form.errors else 200


def find(code: str) -> Measure:
    """A measure of the working edition; 404 for any other."""
    measure = queries.get_measure(code)
    return measure if measure is not None and measure.placement is not None else abort(404)
