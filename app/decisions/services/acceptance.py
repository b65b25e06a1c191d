"""What accepted words become in the working edition: a goal, a measure, an idea for municipalities, good practice."""

from dataclasses import dataclass

from app.accounts.models import Account
from app.concept import services as concept
from app.concept.facts import MeasureFacts
from app.concept.models import Duration, Goal, GoalKind, Measure, Priority, Section
from app.concept.services import PracticeFacts
from app.decisions.queries import Subject
from app.proposals import queries as proposals
from app.proposals.models import Condensation, Result
from app.structures.models import Organization
from app.texts.models import TextVersion


@dataclass(frozen=True)
class NewGoal:
    """The wording becomes a goal of the working edition."""

    section: Section
    wording: str
    kind: GoalKind = GoalKind.SUB


@dataclass(frozen=True)
class NewWording:
    """A goal or measure that exists already is worded anew."""

    subject: Goal | Measure
    wording: str


@dataclass(frozen=True)
class NewMeasure:
    section: Section
    goals: tuple[Goal, ...]
    wording: str
    responsible: Organization
    duration: Duration = Duration.PROJECT
    priority: Priority = Priority.NORMAL


@dataclass(frozen=True)
class NewIdea:
    """An idea for municipalities; 2017 paper, section 3."""

    section: Section
    wording: str


@dataclass(frozen=True)
class NewPractice:
    """An example of good practice; who can be asked and a picture are added at its own page."""

    facts: PracticeFacts


@dataclass(frozen=True)
class AsWorded:
    """It stands so already: the version that took it up."""

    subject: Result
    version: TextVersion


Acceptance = NewGoal | NewWording | NewMeasure | NewIdea | NewPractice | AsWorded


def take_up(subject: Subject, into: Acceptance, *, by: Account | None) -> tuple[Result, TextVersion]:
    """In the caller's transaction; raises whatever the concept refuses."""
    if isinstance(into, AsWorded):
        return into.subject, into.version
    if isinstance(into, NewWording):
        return into.subject, _reword(into, reason=_reason(subject), by=by)
    made = _add(subject, into, by)
    return made, made.text.current


def _reword(into: NewWording, *, reason: str, by: Account | None) -> TextVersion:
    if isinstance(into.subject, Goal):
        return concept.reword_goal(into.subject, wording=into.wording, reason=reason, by=by)
    return concept.reword_measure(into.subject, wording=into.wording, reason=reason, by=by)


def _add(subject: Subject, into: NewGoal | NewMeasure | NewIdea | NewPractice, by: Account | None) -> Result:
    reason, is_example = _reason(subject), _is_example(subject)
    match into:
        case NewGoal():
            return concept.add_goal(
                section=into.section, kind=into.kind, wording=into.wording, reason=reason, by=by, is_example=is_example
            )
        case NewMeasure():
            return concept.add_measure(
                MeasureFacts(responsible=into.responsible, duration=into.duration, priority=into.priority),
                section=into.section,
                goals=into.goals,
                wording=into.wording,
                reason=reason,
                by=by,
                is_example=is_example,
            )
        case NewIdea():
            return concept.add_idea(section=into.section, wording=into.wording, by=by, is_example=is_example)
        case NewPractice():
            return concept.add_practice(into.facts, by=by, is_example=is_example)


def _is_example(subject: Subject) -> bool:
    if isinstance(subject, Condensation):
        return subject.is_example
    [proposal] = proposals.with_texts([subject.version.text_id])
    return proposal.is_example


def _reason(subject: Subject) -> str:
    """What the comparison of editions says; it names contributions, not persons."""
    if isinstance(subject, Condensation):
        text_ids = {link.source.text_id for link in proposals.sources_of(subject)}
    else:
        text_ids = {subject.version.text_id}
    references = sorted(proposal.reference for proposal in proposals.with_texts(text_ids))
    return f"Aus der Beteiligung: {', '.join(references)}"
