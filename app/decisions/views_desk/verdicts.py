"""From what was typed about a decision to what the services take, the same for one and for a meeting's many."""

from app.concept import queries as concept
from app.concept.models import Goal
from app.decisions.forms import DecisionForm, ItemForm, Offered
from app.decisions.services.decisions import (
    TAKEN_UP,
    Acceptance,
    AsWorded,
    NewGoal,
    NewMeasure,
    NewWording,
    Receiver,
)
from app.moderation.models import BlockKind
from app.moderation.queries import text_blocks
from app.proposals.models import Decision, Level, Recommendation
from app.structures import queries as structures

VerdictForm = DecisionForm | ItemForm


def offered() -> Offered:
    return Offered(
        concept.working_catalogue(),
        structures.organizations(),
        structures.municipalities(),
        text_blocks(BlockKind.ANSWER),
    )


def acceptance(form: VerdictForm, before: Decision | None = None) -> Acceptance | None:
    """What becomes of what is accepted; None where nothing does. `before` is the decision that is corrected."""
    if form.outcome.data not in TAKEN_UP:
        return None
    if form.into.data == "same" and before is not None:
        held = before.goal or before.measure
        return AsWorded(held, held.text.current) if held else None
    if form.into.data == "goal":
        section = concept.find_section(form.section.data)
        return NewGoal(section, form.wording.data) if section else None
    goal = concept.get_goal(form.goal.data) if form.goal.data else None
    return _for_goal(form, goal) if goal is not None else None


def _for_goal(form: VerdictForm, goal: Goal) -> Acceptance | None:
    if form.into.data == "goal_wording":
        return NewWording(goal, form.wording.data)
    responsible = structures.find_organization(form.responsible.data) if form.responsible.data else None
    if form.into.data == "measure" and goal.placement is not None and responsible is not None:
        return NewMeasure(goal.placement.section, (goal,), form.wording.data, responsible)
    return None


def receiver(form: VerdictForm) -> Receiver:
    municipalities = {each.ags: each for each in structures.municipalities()} if form.municipality.data else {}
    is_municipality = form.level.data is Level.MUNICIPALITY
    return Receiver(
        form.forwarded_to.data or "",
        level=form.level.data or Level.OTHER,
        municipality=municipalities.get(form.municipality.data) if is_municipality else None,
        address=form.office_address.data or "",
        on=form.forwarded_on.data,
    )


def recommended(recommendation: Recommendation) -> dict[str, object]:
    """What a group recommends, as the draft of a decision."""
    condensation = recommendation.referral.condensation
    section = condensation.section if condensation else None
    return {
        "outcome": recommendation.outcome,
        "answer": recommendation.reason.current.content,
        "wording": recommendation.wording.current.content if recommendation.wording else "",
        "into": "goal" if recommendation.wording and recommendation.outcome in TAKEN_UP else "nothing",
        "section": section.slug if section else "",
    }


def released(before: Decision) -> dict[str, object]:
    """What holds, as the draft of its correction."""
    forwarding = before.forwarding
    return {
        "outcome": before.outcome,
        "answer": before.answer.current.content,
        "into": "same" if before.goal or before.measure else "nothing",
        "forwarded_to": before.forwarded_to,
        "level": forwarding.level if forwarding else Level.OTHER,
        "municipality": forwarding.municipality.ags if forwarding and forwarding.municipality else "",
        "office_address": forwarding.office_address if forwarding else "",
        "forwarded_on": forwarding.forwarded_on if forwarding else None,
    }
