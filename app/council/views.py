"""Public pages about papers and meetings."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.concept import origins
from app.concept import queries as concept
from app.concept.models.editions import EFFECT_LABELS, Adoption
from app.council import phrases, queries, rules
from app.council.models import (
    OUTCOME_LABELS,
    PAPER_KIND_LABELS,
    RESULT_LABELS,
    ROLE_LABELS,
    Outcome,
    Paper,
)
from app.distribution import queries as distribution
from app.process_date import ProcessDate
from app.publishing import shelf
from app.web.access import current_account, public

papers = Blueprint("papers", __name__, url_prefix="/vorlagen")
meetings = Blueprint("meetings", __name__, url_prefix="/sitzungen")

# Which seal a result is shown with where it is about no edition: templates/components/seal.html
SEALS = {
    Outcome.RECOMMENDED: "recommended",
    Outcome.AGREED: "final",
    Outcome.REJECTED: "rejected",
    Outcome.NOTED: "noted",
}


class Seal(NamedTuple):
    body: str
    result: object
    effect: str
    when: ProcessDate


@papers.get("")
@public
def index() -> ResponseReturnValue:
    bodies = queries.bodies_with_papers()
    search = request.args.get("suche", "").strip()
    chosen = request.args.get("gremium", "")
    body = next((each for each in bodies if each.slug == chosen), None)
    return render_template(
        "council/index.html",
        papers=queries.papers(search=search, body=body),
        bodies=bodies,
        body=body,
        search=search,
        kinds=PAPER_KIND_LABELS,
        outcomes=OUTCOME_LABELS,
        can_edit=rules.can_edit_papers(current_account()),
    )


@papers.get("/<int:paper_id>")
@public
def show(paper_id: int) -> ResponseReturnValue:
    paper = queries.find_paper(paper_id) or abort(404)
    account = current_account()
    if not rules.can_read_paper(account, paper):
        abort(404)
    can_edit = rules.can_edit_papers(account)
    adoptions = concept.adoptions_of(paper)
    return render_template(
        "council/show.html",
        paper=paper,
        kind=PAPER_KIND_LABELS[paper.kind],
        financial_effect=phrases.financial_effect(paper),
        roles=ROLE_LABELS,
        outcomes=OUTCOME_LABELS,
        seals=_seals(paper, adoptions),
        editions=concept.editions_of(paper),
        preliminary=phrases.preliminary_sentences(paper.consultations, origins.provisional_acts(adoptions)),
        too_early=queries.decided_too_early(paper) if can_edit else [],
        can_edit=can_edit,
        shelf=shelf.shelf(paper),
    )


def _seals(paper: Paper, adoptions: Sequence[Adoption]) -> list[Seal]:
    """What the bodies made of the paper's editions; where that was nothing, what they decided."""
    adopted = {each.resolution_id for each in adoptions}
    return [
        *(
            Seal(
                each.organization.name,
                _("%(result)s: Fassung %(number)s", result=EFFECT_LABELS[each.effect], number=each.edition.number),
                each.effect,
                each.decided,
            )
            for each in adoptions
        ),
        *(
            Seal(
                each.organization.name,
                OUTCOME_LABELS[resolution.outcome],
                SEALS[resolution.outcome],
                resolution.decided,
            )
            for each in paper.consultations
            if (resolution := each.resolution) and resolution.id not in adopted
        ),
    ]


@meetings.get("/<string:slug>", endpoint="show")
@public
def show_meeting(slug: str) -> ResponseReturnValue:
    meeting = queries.find_meeting(slug) or abort(404)
    return render_template(
        "council/meeting.html",
        meeting=meeting,
        consultations=queries.consultations_in(meeting),
        presented=distribution.presented_in(meeting),
        changed=origins.changed_in(meeting),
        kinds=RESULT_LABELS,
        outcomes=OUTCOME_LABELS,
        can_edit=rules.can_edit_meetings(current_account()),
    )
