"""The threads: from what people said to what became of it."""

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.concept import municipal
from app.concept import queries as concept
from app.proposals import rules, thread
from app.proposals.entries import entries
from app.proposals.forms import FollowForm
from app.proposals.models import Result
from app.proposals.services import follows
from app.proposals.thread import Thread
from app.proposals.views.proposals import find_readable
from app.texts.models import Text
from app.web.access import current_account, public

bp = Blueprint("threads", __name__)


@bp.get("/vorschlaege/<string:reference>/weg", endpoint="proposal")
@public
def show_proposal(reference: str) -> ResponseReturnValue:
    proposal = find_readable(reference)
    if not rules.can_read(current_account(), proposal):
        abort(404)
    return _render(
        thread.of_proposal(proposal),
        title=_("Der Weg von Beitrag %(reference)s", reference=reference),
        text=proposal.text,
        follow_url=url_for("follows.create_for_proposal", reference=reference),
    )


@bp.get("/ziele/<string:code>/weg", endpoint="goal")
@public
def show_goal(code: str) -> ResponseReturnValue:
    goal = concept.get_goal(code) or abort(404)
    title = _("Der Weg zu Ziel %(code)s", code=code)
    return _of_result(goal, title, follow_url=url_for("follows.create_for_goal", code=code))


@bp.get("/massnahmen/<string:code>/weg", endpoint="measure")
@public
def show_measure(code: str) -> ResponseReturnValue:
    measure = concept.get_measure(code) or abort(404)
    title = _("Der Weg zu Maßnahme %(code)s", code=code)
    return _of_result(measure, title, follow_url=url_for("follows.create_for_measure", code=code))


@bp.get("/konzept/ideen/<int:idea_id>/weg", endpoint="idea")
@public
def show_idea(idea_id: int) -> ResponseReturnValue:
    idea = municipal.find_idea(idea_id) or abort(404)
    return _of_result(
        idea, _("Der Weg zu einer Idee für Kommunen"), follow_url=url_for("follows.create_for_idea", idea_id=idea_id)
    )


@bp.get("/konzept/praxisbeispiele/<int:practice_id>/weg", endpoint="practice")
@public
def show_practice(practice_id: int) -> ResponseReturnValue:
    practice = municipal.find_practice(practice_id) or abort(404)
    title = _("Der Weg zum Praxisbeispiel „%(title)s“", title=practice.title)
    return _of_result(practice, title, follow_url=url_for("follows.create_for_practice", practice_id=practice_id))


def _of_result(result: Result, title: str, *, follow_url: str) -> str:
    return _render(thread.of_result(result), title=title, text=result.text, follow_url=follow_url)


def _render(found: Thread, *, title: str, text: Text, follow_url: str) -> str:
    account = current_account()
    voices = len(found.voices)
    lead = ngettext("Am Anfang steht eine Stimme.", "Am Anfang stehen %(num)s Stimmen.", voices)
    if not voices:
        lead = _("Aus der Beteiligung ist hier noch keine Stimme eingeflossen.")
    return render_template(
        "proposals/thread.html",
        title=title,
        lead=lead,
        entries=entries(found),
        holds_examples=found.holds_examples,
        follow_form_data=FollowForm(),
        follow_url=follow_url,
        account=account,
        followed=follows.find_of(account, text),
    )
