"""From what was typed about a decision to what the services take, the same for one and for a meeting's many."""

from app.concept import queries as concept
from app.concept.models import Goal, Section
from app.concept.services import PracticeFacts
from app.decisions.forms import DecisionForm, ItemForm, Offered
from app.decisions.queries import Subject
from app.decisions.services.acceptance import (
    Acceptance,
    AsWorded,
    NewGoal,
    NewIdea,
    NewMeasure,
    NewPractice,
    NewWording,
)
from app.decisions.services.decisions import TAKEN_UP, Receiver
from app.moderation.models import BlockKind
from app.moderation.queries import text_blocks
from app.proposals import languages
from app.proposals import queries as proposals
from app.proposals.models import Condensation, Decision, DecisionOutcome, Level, Recommendation
from app.structures import queries as structures

VerdictForm = DecisionForm | ItemForm


BEGINNINGS = {"idee": "idea", "praxisbeispiel": "practice"}  # in the address
IN_A_SECTION = frozenset({"goal", "idea", "practice"})


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
        return AsWorded(before.result, before.result.text.current) if before.result else None
    if form.into.data in IN_A_SECTION:
        section = concept.find_section(form.section.data)
        return _in_section(form, section) if section else None
    goal = concept.get_goal(form.goal.data) if form.goal.data else None
    return _for_goal(form, goal) if goal is not None else None


def _in_section(form: VerdictForm, section: Section) -> Acceptance | None:
    if form.into.data == "goal":
        return NewGoal(section, form.wording.data)
    if form.into.data == "idea":
        return NewIdea(section, form.wording.data)
    municipality = structures.find_municipality(form.example_from.data)
    if municipality is None:
        return None
    title, wording = form.example_title.data, form.wording.data
    return NewPractice(PracticeFacts(section=section, municipality=municipality, title=title, wording=wording))


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


def begun(subject: Subject, becomes: str) -> dict[str, object]:
    """The draft of taking it over, by the word in the address of the link that says so; words as they stand."""
    if becomes not in BEGINNINGS:
        return {}
    draft: dict[str, object] = {"outcome": DecisionOutcome.ACCEPTED, "into": BEGINNINGS[becomes]}
    if isinstance(subject, Condensation):
        section = subject.section
        return {**draft, "wording": subject.text.current.content, "section": section.slug if section else ""}
    [proposal] = proposals.with_texts([subject.version.text_id])
    german = proposal.translation if subject.version.language != languages.SOURCE else None
    return {
        **draft,
        "wording": german.current.content if german else subject.quote,
        "section": proposal.section.slug if proposal.section else "",
        "example_title": proposal.title,
        "example_from": proposal.municipality.ags if proposal.municipality else "",
    }


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
        "into": "same" if before.result else "nothing",
        "forwarded_to": before.forwarded_to,
        "level": forwarding.level if forwarding else Level.OTHER,
        "municipality": forwarding.municipality.ags if forwarding and forwarding.municipality else "",
        "office_address": forwarding.office_address if forwarding else "",
        "forwarded_on": forwarding.forwarded_on if forwarding else None,
    }
