"""Deciding: an answer to a condensation or a sentence, written by one person and released by another."""

from collections.abc import Sequence

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.accounts.models import Account
from app.concept.errors import FieldWanted
from app.db import db, now
from app.decisions import due, queries, rules, workflow
from app.decisions.errors import MunicipalityMissing, ObjectionOpen, ReceiverMissing, ResultMissing
from app.decisions.forms import AnswerForm, DecisionForm, PassageForm
from app.decisions.queries import Subject
from app.decisions.services import decisions
from app.decisions.services.reminders import AHEAD
from app.decisions.views_desk import verdicts
from app.errors import DomainError
from app.local_time import day_of
from app.proposals import languages
from app.proposals import queries as proposals
from app.proposals.models import OUTCOME_LABELS, Condensation, Decision
from app.proposals.results import shown
from app.proposals.stages import STAGE_LABELS
from app.texts import sentences
from app.texts.models import ThreadLink
from app.texts.services import Span
from app.web.access import current_account, requires
from app.web.parameters import whole
from app.workbench.queries import open_objections

REFUSED_AT: dict[type[DomainError], str] = {
    ReceiverMissing: "forwarded_to",
    MunicipalityMissing: "municipality",
    ResultMissing: "into",
    ObjectionOpen: "objection_reason",
    FieldWanted: "section",
}
bp = Blueprint("decisions_desk", __name__, url_prefix="/verwaltung/entscheidungen")


@bp.get("")
@requires(rules.can_see_decisions)
def index() -> ResponseReturnValue:
    account = current_account()
    may_decide = rules.can_decide(account)
    return render_template(
        "decisions/index.html",
        undecided=queries.undecided() if may_decide else [],
        referred=queries.referred_condensations(),
        drafts=[(decision, rules.can_release(account, decision)) for decision in queries.drafts()],
        meetings=queries.meetings_with_drafts(),
        stages=[(STAGE_LABELS[stage], count) for stage, count in workflow.count_by_stage().items()],
        may_decide=may_decide,
        labels=OUTCOME_LABELS,
    )


@bp.get("/faellig")
@requires(rules.can_see_decisions)
def show_due() -> ResponseReturnValue:
    days, today = current_app.config["ANSWER_DAYS"], day_of(now())
    rows = due.unanswered(days, until=today + AHEAD)
    stages = workflow.stages_of([row.proposal for row in rows])
    return render_template(
        "decisions/due.html",
        rows=rows,
        counted=due.count(days, today=today, until=today + AHEAD),
        stages={key: [STAGE_LABELS[stage] for stage in found] for key, found in stages.items()},
        days=days,
        may_decide=rules.can_decide(current_account()),
        today=today,
    )


@bp.get("/ablauf")
@requires(rules.can_see_decisions)
def show_workflow() -> ResponseReturnValue:
    return render_template("decisions/workflow.html", steps=workflow.STEPS, labels=STAGE_LABELS)


@bp.route("/zusammenfuehrung/<int:condensation_id>", methods=["GET", "POST"])
@requires(rules.can_decide)
def decide(condensation_id: int) -> ResponseReturnValue:
    condensation = proposals.get_condensation(condensation_id) or abort(404)
    form = _form(condensation)
    if form.validate_on_submit() and not form.lacks() and _decided(condensation, form):
        return redirect(url_for("decisions_desk.index"), 303)
    return _page(form, condensation.text.current.content, condensation, proposals.sources_of(condensation))


@bp.route("/beitrag/<string:reference>", methods=["GET", "POST"])
@requires(rules.can_decide)
def decide_passage(reference: str) -> ResponseReturnValue:
    proposal = proposals.find(reference) or abort(404)
    version = proposal.text.versions[0]
    found = sentences.split(version.content)
    passage_form = PassageForm(passage=request.args.get("satz"))
    passage_form.passage.choices = [(str(number), each.text) for number, each in enumerate(found)]
    passage_form.passage.choices.append((WHOLE, _("Um den ganzen Beitrag")))
    chosen = Span.whole(version)
    if passage_form.passage.data in dict(passage_form.passage.choices[:-1]):
        sentence = found[int(passage_form.passage.data)]
        chosen = Span(version, sentence.start, sentence.end)
    form = _form(chosen)
    if passage_form.validate_on_submit() and form.validate() and not form.lacks() and _decided(chosen, form):
        return redirect(url_for("decisions_desk.index"), 303)
    return _page(form, version.content, chosen, [], passage_form)


WHOLE = "ganz"


@bp.get("/<int:decision_id>")
@requires(rules.can_see_decisions)
def show(decision_id: int) -> ResponseReturnValue:
    decision = _get(decision_id)
    author = db.session.get(Account, decision.made_by_id) if decision.made_by_id else None
    is_open = not decision.is_released and not queries.has_newer(decision)
    return render_template(
        "decisions/show.html",
        decision=decision,
        author=author,
        is_open=is_open,
        may_release=is_open and rules.can_release(current_account(), decision),
        may_decide=rules.can_decide(current_account()),
        correct_url=_correct_url(decision),
        label=OUTCOME_LABELS[decision.outcome],
        result=shown(decision.result) if decision.result else None,
        form=FlaskForm(),
    )


@bp.route("/<int:decision_id>/antwort", methods=["GET", "POST"])
@requires(rules.can_decide)
def revise(decision_id: int) -> ResponseReturnValue:
    decision = _get(decision_id)
    form = AnswerForm(answer=decision.answer.current.content)
    if form.validate_on_submit():
        decisions.revise_answer(decision, answer=form.answer.data, by=current_account())
        flash(_("Der neue Wortlaut ist gespeichert. Freigeben kann ihn, wer ihn nicht geschrieben hat."))
        return redirect(url_for("decisions_desk.show", decision_id=decision.id), 303)
    page = render_template("decisions/revise.html", form=form, decision=decision)
    return page, 422 if form.errors else 200


@bp.post("/<int:decision_id>/freigabe")
@requires(rules.can_release_decisions)
def release(decision_id: int) -> ResponseReturnValue:
    """The answer as their page showed it."""
    read = request.form.get("fassung", 0, type=whole)
    decisions.release_decision(_get(decision_id), version_id=read, by=current_account())
    flash(_("Die Antwort ist veröffentlicht. Wer ihr folgt, bekommt eine Mail."))
    return redirect(url_for("decisions_desk.index"), 303)


def _form(subject: Subject) -> DecisionForm:
    """With what was released on it before, or what a group recommends, or what the link that led here says."""
    before, recommendation = queries.holding(subject), queries.recommendation_on(subject)
    begun = verdicts.begun(subject, request.args.get("wird", ""))
    if before is not None:
        held = shown(before.result).name if before.result else ""
        keeps = _("es bleibt, was daraus schon wurde: %(what)s", what=held) if held else ""
        return DecisionForm(verdicts.offered(), keeps=keeps, data={**verdicts.released(before), **begun})
    recommended = verdicts.recommended(recommendation) if recommendation else {}
    return DecisionForm(verdicts.offered(), data={**recommended, **begun})


def _page(
    form: DecisionForm,
    wording: str,
    subject: Subject,
    sources: Sequence[ThreadLink],
    passage_form: PassageForm | None = None,
) -> ResponseReturnValue:
    page = render_template(
        "decisions/decide.html",
        form=form,
        passage_form=passage_form,
        wording=wording,
        sources=sources,
        before=queries.holding(subject),
        draft=queries.draft_on(subject),
        recommendation=queries.recommendation_on(subject),
        referral=queries.open_referral(subject),
        objections=open_objections(subject) if isinstance(subject, Condensation) else [],
        labels=OUTCOME_LABELS,
        direction_of=languages.direction_of,
    )
    return page, 422 if form.errors or (passage_form and passage_form.errors) else 200


def _decided(subject: Subject, form: DecisionForm) -> bool:
    """Whether it could be saved; what is missing stands at its field then."""
    account = current_account()
    into = verdicts.acceptance(form, queries.holding(subject))
    try:
        if into is not None:
            decisions.accept(
                subject,
                into=into,
                answer=form.words,
                outcome=form.outcome.data,
                objection_reason=form.objection_reason.data or "",
                by=account,
            )
        else:
            decisions.decide(
                subject,
                outcome=form.outcome.data,
                answer=form.words,
                forwarded_to=verdicts.receiver(form),
                objection_reason=form.objection_reason.data or "",
                by=account,
            )
    except tuple(REFUSED_AT) as error:
        form[REFUSED_AT[type(error)]].errors = [str(error)]
        return False
    flash(_("Gespeichert. Jetzt gibt eine zweite Person die Antwort frei."))
    return True


def _correct_url(decision: Decision) -> str:
    """Where a released answer is corrected: by deciding anew."""
    if decision.condensation_id is not None:
        return url_for("decisions_desk.decide", condensation_id=decision.condensation_id)
    [proposal] = proposals.with_texts([decision.text_id])
    found = sentences.split(decision.passage.version.content) if decision.passage else []
    places = [
        str(number)
        for number, each in enumerate(found)
        if decision.passage and (each.start, each.end) == (decision.passage.start, decision.passage.stop)
    ]
    return url_for("decisions_desk.decide_passage", reference=proposal.reference, satz=(places or [WHOLE])[0])


def _get(decision_id: int) -> Decision:
    return queries.get_decision(decision_id) or abort(404)
