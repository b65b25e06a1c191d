"""What people contributed: the list, sending one in, one of them."""

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from app import links
from app.calls import queries as calls
from app.comments import queries as comments
from app.comments.models import COMMENT_KIND_LABELS
from app.db import now
from app.decisions import due
from app.proposals import languages, outcomes, queries, results, rules, town_map
from app.proposals.entries import source_of
from app.proposals.forms import FollowForm, SupportForm
from app.proposals.models import PROPOSAL_KIND_LABELS, STATE_LABELS, Proposal, ProposalState
from app.proposals.searching import marked, words_of
from app.proposals.services import follows, supports
from app.proposals.similar import similar_to
from app.proposals.subjects import subject_of
from app.proposals.views import narrowing
from app.proposals.views.progress import so_far
from app.structures.queries import municipalities
from app.web.access import current_account, public
from app.web.parameters import whole

bp = Blueprint("proposals", __name__, url_prefix="/vorschlaege")


@bp.get("")
@public
def index() -> ResponseReturnValue:
    choices = narrowing.choices()
    filters = narrowing.read(choices)
    values = narrowing.values(filters, choices)
    page = queries.released(filters, request.args.get("seite", 1, type=whole))
    return render_template(
        "proposals/index.html",
        page=page,
        filters=filters,
        choices=choices,
        values=values,
        has_more=any(values[choice.name] for choice in choices if not choice.is_main),
        active=narrowing.chips(filters, choices),
        outcomes=outcomes.outcomes_of(page.items),
        supporters=supports.count_supports([proposal.id for proposal in page.items]),
        comments=comments.count_released([proposal.id for proposal in page.items]),
        drawn=town_map.draw(municipalities(), queries.count_by_municipality()),
        source_of=source_of,
        open_calls=calls.open_calls(now()),
        direction_of=languages.direction_of,
        marked=marked,
        looked_for=words_of(filters.search),
        address=lambda number: narrowing.address(filters, choices, number),
    )


@bp.get("/<string:reference>")
@public
def show(reference: str) -> ResponseReturnValue:
    proposal = find_readable(reference)
    account = current_account()
    if not rules.can_read(account, proposal):
        return render_template("proposals/hidden.html", proposal=proposal, label=STATE_LABELS[proposal.state])
    outcome = outcomes.outcomes_of([proposal])[proposal.id]
    answer_due = due.answer_due(proposal, current_app.config["ANSWER_DAYS"])
    return render_template(
        "proposals/show.html",
        proposal=proposal,
        version=proposal.text.versions[0],
        reasons=proposal.text.versions[0].reasons,
        source=source_of(proposal),
        subject=subject_of(proposal),
        source_of=source_of,
        steps=so_far(proposal, outcome, outcomes.open_referrals_of(proposal), answer_due),
        wordings=outcomes.wordings_of(proposal),
        neighbours=_neighbours(proposal),
        address=links.absolute_url("proposals.show", reference=reference),
        followed=follows.find_of(account, proposal.text),
        direction_of=languages.direction_of,
        outcome=outcome,
        shown=results.shown,
        answer_due=answer_due,
        kind=PROPOSAL_KIND_LABELS[proposal.kind],
        state=STATE_LABELS[proposal.state],
        follow_form_data=FollowForm(),
        support_form_data=SupportForm(),
        supporters=supports.count_supports([proposal.id])[proposal.id],
        talks=comments.talks_about(proposal),
        withheld_comments=comments.reasons_of_withheld(proposal),
        comment_kinds=COMMENT_KIND_LABELS,
        supports_it=account is not None and supports.is_supported_by(proposal, account),
        account=account,
    )


def _neighbours(proposal: Proposal) -> list[Proposal]:
    """What else was said about the same matter; only beside what the public reads."""
    german = proposal.translation or proposal.text
    found = similar_to(german.current.content).proposals if proposal.is_released else ()
    return [each for each in found if each.id != proposal.id]


def find_readable(reference: str) -> Proposal:
    """The contribution, or 404 before its release to everyone but those who moderate.

    Of one that is withheld, or was withdrawn after release, the reference and the public reason may be read.
    """
    proposal = queries.find(reference) or abort(404)
    was_public = proposal.state is not ProposalState.RECEIVED and any(
        release.state is ProposalState.RELEASED for release in proposal.releases
    )
    if not (rules.can_read(current_account(), proposal) or proposal.state is ProposalState.WITHHELD or was_public):
        abort(404)
    return proposal


def find_released(reference: str) -> Proposal:
    proposal = find_readable(reference)
    if not proposal.is_released:
        abort(404)
    return proposal
