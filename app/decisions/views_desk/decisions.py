"""Deciding: an answer to a condensation or a sentence, written by one person and released by another."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.accounts.models import Account
from app.concept import queries as concept
from app.db import db
from app.decisions import queries, rules
from app.decisions.errors import ReceiverMissing, ResultMissing
from app.decisions.forms import DecisionForm, PassageForm
from app.decisions.queries import Subject
from app.decisions.services import decisions
from app.decisions.services.decisions import TAKEN_UP, Acceptance, NewGoal, NewMeasure, NewWording
from app.proposals import languages, sentences
from app.proposals import queries as proposals
from app.proposals.models import OUTCOME_LABELS, Decision
from app.structures import queries as structures
from app.texts.services import Span
from app.web.access import current_account, requires

bp = Blueprint("decisions_desk", __name__, url_prefix="/verwaltung/entscheidungen")


@bp.get("")
@requires(rules.can_see_decisions)
def index() -> ResponseReturnValue:
    account = current_account()
    return render_template(
        "decisions/index.html",
        undecided=queries.undecided() if rules.can_decide(account) else [],
        drafts=[(decision, rules.can_release(account, decision)) for decision in queries.drafts()],
        may_decide=rules.can_decide(account),
        labels=OUTCOME_LABELS,
    )


@bp.route("/zusammenfuehrung/<int:condensation_id>", methods=["GET", "POST"])
@requires(rules.can_decide)
def decide(condensation_id: int) -> ResponseReturnValue:
    condensation = proposals.get_condensation(condensation_id) or abort(404)
    form = _form()
    if form.validate_on_submit() and not form.lacks() and _decided(condensation, form):
        return redirect(url_for("decisions_desk.index"), 303)
    page = render_template(
        "decisions/decide.html",
        form=form,
        wording=condensation.text.current.content,
        sources=proposals.sources_of(condensation),
        direction_of=languages.direction_of,
    )
    return page, 422 if form.errors else 200


@bp.route("/beitrag/<string:reference>", methods=["GET", "POST"])
@requires(rules.can_decide)
def decide_passage(reference: str) -> ResponseReturnValue:
    proposal = proposals.find(reference) or abort(404)
    version = proposal.text.versions[0]
    found = sentences.split(version.content)
    passage_form, form = PassageForm(), _form()
    passage_form.passage.choices = [(str(number), each.text) for number, each in enumerate(found)]
    if passage_form.validate_on_submit() and form.validate() and not form.lacks():
        chosen = found[int(passage_form.passage.data)]
        if _decided(Span(version, chosen.start, chosen.end), form):
            return redirect(url_for("decisions_desk.index"), 303)
    page = render_template(
        "decisions/decide.html",
        form=form,
        passage_form=passage_form,
        wording=version.content,
        sources=[],
        direction_of=languages.direction_of,
    )
    return page, 422 if form.errors or passage_form.errors else 200


@bp.get("/<int:decision_id>")
@requires(rules.can_see_decisions)
def show(decision_id: int) -> ResponseReturnValue:
    decision = _get(decision_id)
    author = db.session.get(Account, decision.made_by_id) if decision.made_by_id else None
    return render_template(
        "decisions/show.html",
        decision=decision,
        author=author,
        may_release=not decision.is_released and rules.can_release(current_account(), decision),
        label=OUTCOME_LABELS[decision.outcome],
        form=FlaskForm(),
    )


@bp.post("/<int:decision_id>/freigabe")
@requires(rules.can_release_decisions)
def release(decision_id: int) -> ResponseReturnValue:
    decisions.release_decision(_get(decision_id), by=current_account())
    flash(_("Die Antwort ist veröffentlicht. Wer ihr folgt, bekommt eine Mail."))
    return redirect(url_for("decisions_desk.index"), 303)


def _form() -> DecisionForm:
    return DecisionForm().choose_from(concept.working_catalogue(), structures.organizations())


def _decided(subject: Subject, form: DecisionForm) -> bool:
    """Whether it could be saved; what is missing stands at its field then."""
    account = current_account()
    into = _acceptance(form)
    try:
        if into is not None and form.outcome.data in TAKEN_UP:
            decisions.accept(subject, into=into, answer=form.answer.data, outcome=form.outcome.data, by=account)
        else:
            decisions.decide(
                subject,
                outcome=form.outcome.data,
                answer=form.answer.data,
                forwarded_to=form.forwarded_to.data or "",
                by=account,
            )
    except ReceiverMissing as error:
        form.forwarded_to.errors = [str(error)]
        return False
    except ResultMissing as error:
        form.into.errors = [str(error)]
        return False
    flash(_("Gespeichert. Jetzt gibt eine zweite Person die Antwort frei."))
    return True


def _acceptance(form: DecisionForm) -> Acceptance | None:
    wording = form.wording.data
    if form.into.data == "goal":
        return NewGoal(concept.find_section(form.section.data) or abort(404), wording)
    goal = concept.get_goal(form.goal.data) if form.goal.data else None
    if goal is None:
        return None
    if form.into.data == "goal_wording":
        return NewWording(goal, wording)
    if form.into.data == "measure" and goal.placement is not None:
        responsible = structures.find_organization(form.responsible.data) or abort(404)
        return NewMeasure(goal.placement.section, (goal,), wording, responsible)
    return None


def _get(decision_id: int) -> Decision:
    return queries.get_decision(decision_id) or abort(404)
