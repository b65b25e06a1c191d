"""What the concept does not hold any more, and why."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from app.concept import queries
from app.concept.catalogue import CatalogueGoal
from app.concept.retired import retired_before
from app.concept.views.words import LEFT_TITLES
from app.web.access import public

bp = Blueprint("retired", __name__, url_prefix="/konzept/entfallen")


@bp.get("")
@public
def index() -> ResponseReturnValue:
    edition = queries.edition_in_force() or abort(404)
    found = retired_before(edition)
    goals = [each for each in found if isinstance(each.entry, CatalogueGoal)]
    measures = [each for each in found if not isinstance(each.entry, CatalogueGoal)]
    return render_template(
        "concept/retired.html",
        edition=edition,
        groups=[("goals.show_goal", goals), ("measures.show_measure", measures)],
        left_titles=LEFT_TITLES,
    )
