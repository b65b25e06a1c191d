"""Where a contribution stands, in one word: derived from its state, its referrals and its decisions, never stored."""

from collections.abc import Collection
from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, case, func, select

from app.db import db
from app.proposals.models import OUTCOME_LABELS, DecisionOutcome, Proposal, ProposalState
from app.proposals.outcomes import (
    CONDENSED,
    OPEN,
    OUTCOME_CONDITIONS,
    OUTCOME_SLUGS,
    REFERRED,
    ProposalOutcome,
    outcomes_of,
)


class Stage(StrEnum):
    """R38; the values stand in addresses and files."""

    SUBMITTED = "eingereicht"
    CHECKED = "geprueft"
    REFERRED = "arbeitskreis"
    CONDENSED = "zusammengefuehrt"
    ACCEPTED = "angenommen"
    PARTLY = "teilweise"
    ALREADY_DONE = "umgesetzt"
    REJECTED = "abgelehnt"
    DEFERRED = "zurueckgestellt"
    FORWARDED = "weitergeleitet"
    WITHHELD = "zurueckgehalten"
    WITHDRAWN = "zurueckgezogen"


DECIDED = {Stage(slug): outcome for slug, outcome in OUTCOME_SLUGS.items()}
OUTCOME_STAGES = {outcome: stage for stage, outcome in DECIDED.items()}
RELEASED = frozenset({Stage.CHECKED, Stage.REFERRED, Stage.CONDENSED, *DECIDED})
STAGE_LABELS: dict[Stage, object] = {
    Stage.SUBMITTED: _("eingereicht"),
    Stage.CHECKED: _("geprüft"),
    Stage.REFERRED: _("im Arbeitskreis"),
    Stage.CONDENSED: _("zusammengeführt"),
    **{stage: OUTCOME_LABELS[outcome] for stage, outcome in DECIDED.items()},
    Stage.WITHHELD: _("nicht veröffentlicht"),
    Stage.WITHDRAWN: _("zurückgezogen"),
}
UNRELEASED = {
    ProposalState.RECEIVED: Stage.SUBMITTED,
    ProposalState.WITHHELD: Stage.WITHHELD,
    ProposalState.WITHDRAWN: Stage.WITHDRAWN,
}
BY_SLUG = {REFERRED: Stage.REFERRED, CONDENSED: Stage.CONDENSED, OPEN: Stage.CHECKED}


def stages_from(state: ProposalState, outcome: ProposalOutcome) -> list[Stage]:
    """All that is so of one contribution: passages that went different ways have brought it to several."""
    if state in UNRELEASED:
        return [UNRELEASED[state]]
    return [BY_SLUG.get(slug) or Stage(slug) for slug in outcome.slugs]


def stages_of(proposals: Collection[Proposal]) -> dict[int, list[Stage]]:
    """By id; a constant number of queries."""
    found = outcomes_of(proposals)
    return {proposal.id: stages_from(proposal.state, found[proposal.id]) for proposal in proposals}


def stage_of(proposal: Proposal) -> Stage:
    """The first of them: what lies before a group comes first, then the most that was decided."""
    return stages_of([proposal])[proposal.id][0]


def _is_at(stage: Stage) -> ColumnElement[bool]:
    states = {stage: state for state, stage in UNRELEASED.items()}
    if stage in states:
        return Proposal.state == states[stage]
    slugs = {stage: slug for slug, stage in BY_SLUG.items()}
    return (Proposal.state == ProposalState.RELEASED) & OUTCOME_CONDITIONS[slugs.get(stage, stage.value)]


# For lists: exactly what `stages_of` says
STAGE_CONDITIONS: dict[Stage, ColumnElement[bool]] = {stage: _is_at(stage) for stage in Stage}


def count_by_stage(*conditions: ColumnElement[bool]) -> dict[Stage, int]:
    """How many contributions are at each stage, in one query; one whose passages went different ways counts at each."""
    counts = (func.coalesce(func.sum(case((condition, 1), else_=0)), 0) for condition in STAGE_CONDITIONS.values())
    row = db.session.execute(select(*counts).select_from(Proposal).where(*conditions)).one()
    return dict(zip(STAGE_CONDITIONS, row, strict=True))


def stage_for(outcome: DecisionOutcome | None, *, is_referred: bool, otherwise: Stage) -> Stage:
    """Of one thing that is decided on: before a group, decided, or as it is otherwise."""
    if is_referred:
        return Stage.REFERRED
    return OUTCOME_STAGES[outcome] if outcome else otherwise
