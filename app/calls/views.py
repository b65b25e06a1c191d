"""The public pages of calls: what is asked now, what was asked, what came of it."""

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.calls import queries
from app.calls.models import Call, CallState
from app.calls.paper import form_pdf
from app.calls.words import time_left
from app.db import now
from app.languages import SOURCE
from app.proposals import languages, outcomes
from app.proposals import queries as proposals
from app.proposals.charts import named, week_chart
from app.proposals.entries import source_of
from app.proposals.figures import count_unread, figures_of
from app.proposals.models import Proposal
from app.proposals.queries import Filters
from app.web.access import public

bp = Blueprint("calls", __name__, url_prefix="/aufrufe")
SHOWN = 5  # contributions on the page of a call; the list shows all


@bp.get("")
@public
def index() -> ResponseReturnValue:
    at = now()
    calls = queries.published_calls()
    return render_template(
        "calls/index.html",
        calls=calls,
        open_calls=sorted(_in_state(calls, CallState.OPEN, at), key=lambda call: call.closes_at),
        coming=sorted(_in_state(calls, CallState.COMING, at), key=lambda call: call.opens_at),
        over=_in_state(calls, CallState.OVER, at),
        left={call.id: time_left(call, at) for call in calls},
    )


@bp.get("/<string:slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    call = queries.find_call(slug) or abort(404)
    at = now()
    latest = proposals.released(Filters(call=call.slug)).items[:SHOWN]
    answers = select(Proposal).where(Proposal.call_id == call.id)
    figures = figures_of(answers)
    return render_template(
        "calls/show.html",
        call=call,
        state=call.state(at).value,
        left=time_left(call, at),
        figures=figures,
        unread=count_unread(answers),
        weeks=week_chart(figures.weeks, call.target) if figures.weeks else None,
        named=named,
        address=lambda name: lambda value: url_for("proposals.index", aufruf=call.slug, **{name: value}),
        latest=latest,
        outcomes=outcomes.outcomes_of(latest),
        source_of=source_of,
        direction_of=languages.direction_of,
    )


@bp.get("/<string:slug>/formular.pdf")
@public
def print_form(slug: str) -> ResponseReturnValue:
    """To fill in by hand, in one of the call's languages."""
    call = queries.find_call(slug) or abort(404)
    language = request.args.get("sprache", SOURCE)
    if language not in call.languages:
        abort(404)
    asked = {section.id for section in call.sections}
    boxes = [section for section in proposals.sections() if not asked or section.id in asked]
    headers = {"Content-Disposition": f'inline; filename="bogen-{call.slug}-{language}.pdf"'}
    return Response(form_pdf(call, language, boxes), mimetype="application/pdf", headers=headers)


def _in_state(calls: Sequence[Call], state: CallState, at: datetime) -> list[Call]:
    return [call for call in calls if call.state(at) is state]
