"""What a meeting decided, all at once; and all its answers, published at once."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm

from app.council import queries as council
from app.council.models import Meeting
from app.db import now
from app.decisions import queries, rules
from app.decisions.agenda import wording_of
from app.decisions.errors import MeetingRefused
from app.decisions.forms import ItemForm, MeetingChoiceForm
from app.decisions.services import meetings
from app.decisions.services.meetings import Verdict
from app.decisions.views_desk import verdicts
from app.local_time import day_of
from app.proposals.models import OUTCOME_LABELS, Recommendation
from app.web.access import current_account, requires
from app.web.parameters import whole

bp = Blueprint("meeting_decisions_desk", __name__, url_prefix="/verwaltung/entscheidungen/sitzung")
MOST = 60


class Point(NamedTuple):
    recommendation: Recommendation
    wording: str
    form: ItemForm


@bp.get("")
@requires(rules.can_decide)
def choose() -> ResponseReturnValue:
    waiting = queries.recommended()
    first = min((each.recommended.first_day for each in waiting), default=date.min)
    held = [each for each in council.meetings() if not each.is_cancelled and first <= each.day <= day_of(now())]
    known = sorted(held, key=lambda each: each.day, reverse=True)[:MOST]
    form = MeetingChoiceForm(known, request.args)
    if "sitzung" in request.args and form.validate():
        return redirect(url_for("meeting_decisions_desk.decide", slug=form.meeting.data), 303)
    return render_template("decisions/meeting_choice.html", form=form, count=len(waiting), first=first)


@bp.route("/<string:slug>", methods=["GET", "POST"])
@requires(rules.can_decide)
def decide(slug: str) -> ResponseReturnValue:
    meeting, form = _get(slug), FlaskForm()
    points = _points()
    if request.method == "GET" or not form.validate():
        return _page(meeting, points, {})
    refusals = _lacks(points) or _rehearsed(meeting, points)
    if refusals or request.form.get("schritt") != "entscheiden":
        return _page(meeting, points, refusals, is_looked_at=not refusals)
    try:
        decided = meetings.decide_meeting(meeting, verdicts=_verdicts(points), by=current_account())
    except MeetingRefused as refused:
        return _page(meeting, points, _by_point(points, refused.refusals))
    flash(
        ngettext(
            "Eine Entscheidung ist gespeichert. Jetzt gibt eine zweite Person die Antwort frei.",
            "%(num)s Entscheidungen sind gespeichert. Jetzt gibt eine zweite Person die Antworten frei.",
            len(decided),
        )
    )
    return redirect(url_for("meeting_decisions_desk.release", slug=slug), 303)


@bp.route("/<string:slug>/freigabe", methods=["GET", "POST"])
@requires(rules.can_release_decisions)
def release(slug: str) -> ResponseReturnValue:
    meeting, account = _get(slug), current_account()
    drafts = queries.drafts(meeting)
    form = FlaskForm()
    if form.validate_on_submit():
        shown = set(request.form.getlist("antwort", type=whole))
        published = meetings.release_meeting(meeting, version_ids=shown, by=account)
        count = len(published.released)
        flash(ngettext("Eine Antwort ist veröffentlicht.", "%(num)s Antworten sind veröffentlicht.", count))
        if published.own:
            flash(_("Was Sie selbst geschrieben haben, gibt eine andere Person frei."), "warning")
        if published.held_up:
            flash(
                ngettext(
                    "Eine Antwort wartet: Jemand hat widersprochen, oder der Wortlaut ist neu. Lesen Sie sie einzeln.",
                    "%(num)s Antworten warten: Jemand hat widersprochen, oder der Wortlaut ist neu."
                    " Lesen Sie sie einzeln.",
                    len(published.held_up),
                ),
                "warning",
            )
        return redirect(url_for("meeting_decisions_desk.release", slug=slug), 303)
    return render_template(
        "decisions/meeting_release.html",
        meeting=meeting,
        drafts=[each for each in drafts if rules.can_release(account, each)],
        own=[each for each in drafts if not rules.can_release(account, each)],
        labels=OUTCOME_LABELS,
        form=form,
    )


def _points() -> list[Point]:
    """What is recommended and not decided yet, each with a form of its own."""
    offered = verdicts.offered()
    return [
        Point(
            each,
            wording_of(each.referral),
            ItemForm(
                offered, prefix=f"punkt{each.referral_id}", data={**verdicts.recommended(each), "is_chosen": True}
            ),
        )
        for each in queries.recommended()
    ]


def _lacks(points: Sequence[Point]) -> dict[int, str]:
    """What stands at the fields of the chosen ones, or of the list; by referral."""
    chosen = _chosen(points)
    shown = set(request.form.getlist("punkt", type=whole))
    if shown - {point.recommendation.referral_id for point in points}:
        return {0: _("Über einen Punkt ist inzwischen anders entschieden. Er steht nicht mehr in der Liste.")}
    if not chosen:
        return {0: _("Wählen Sie mindestens einen Punkt aus.")}
    incomplete = [point for point in chosen if not (point.form.validate() and not point.form.lacks())]
    return {point.recommendation.referral_id: _("Hier fehlt noch etwas.") for point in incomplete}


def _rehearsed(meeting: Meeting, points: Sequence[Point]) -> dict[int, str]:
    """What the services would refuse; nothing is kept."""
    return _by_point(points, meetings.rehearse(meeting, _verdicts(points), by=current_account()))


def _by_point(points: Sequence[Point], refusals: Mapping[int, str]) -> dict[int, str]:
    chosen = _chosen(points)
    return {chosen[place].recommendation.referral_id: words for place, words in refusals.items()}


def _chosen(points: Sequence[Point]) -> list[Point]:
    return [point for point in points if point.form.is_chosen.data]


def _verdicts(points: Sequence[Point]) -> list[Verdict]:
    return [
        Verdict(
            queries.subject_of(point.recommendation.referral),
            point.form.outcome.data,
            point.form.words,
            into=verdicts.acceptance(point.form),
            forwarded_to=verdicts.receiver(point.form),
            objection_reason=point.form.objection_reason.data or "",
        )
        for point in _chosen(points)
    ]


def _page(
    meeting: Meeting, points: Sequence[Point], refusals: Mapping[int, str], *, is_looked_at: bool = False
) -> ResponseReturnValue:
    page = render_template(
        "decisions/meeting.html",
        meeting=meeting,
        points=points,
        chosen=_chosen(points) if is_looked_at else [],
        refusals=refusals,
        objected=queries.with_objections([point.recommendation.referral.condensation_id for point in points]),
        labels=OUTCOME_LABELS,
        form=FlaskForm(),
    )
    return page, 422 if refusals else 200


def _get(slug: str) -> Meeting:
    return council.find_meeting(slug) or abort(404)
