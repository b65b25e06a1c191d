"""The one table of who may lead a contribution from which stage to which, and by what; services check against it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.accounts.models import Account
from app.decisions import rules
from app.decisions.errors import StepNotPossible
from app.proposals import rules as proposals
from app.proposals.models import TRANSITIONS, ProposalState
from app.proposals.stages import (
    DECIDED,
    RELEASED,
    STAGE_LABELS,
    UNRELEASED,
    Stage,
    count_by_stage,
    stage_of,
    stages_of,
)

__all__ = ["ACTIONS", "STEPS", "Action", "Stage", "check", "count_by_stage", "stage_of", "stages_of", "states_after"]


class Action(StrEnum):
    RELEASE = "release"
    WITHHOLD = "withhold"
    WITHDRAW = "withdraw"
    CONDENSE = "condense"
    REFER = "refer"
    RECOMMEND = "recommend"
    TAKE_BACK = "take_back"
    DECIDE = "decide"


Moves = Mapping[Stage, frozenset[Stage]]


@dataclass(frozen=True)
class Step:
    """An action with its moves: from each stage to those it may lead to; a stage may also stay as it is.

    `may` stands at every endpoint that leads there (tested); None: whoever handed it in, by their own link.
    """

    label: object
    service: str
    endpoints: tuple[str, ...]
    who: object
    may: Callable[[Account | None], bool] | None
    moves: Moves
    second: object = ""  # who has to agree before the public sees it

    @property
    def reached(self) -> frozenset[Stage]:
        return frozenset().union(*self.moves.values())


def _moderated(state: ProposalState, after: Stage) -> Moves:
    """As the state of a contribution allows it."""
    stages = {ProposalState.RELEASED: RELEASED, **{each: {stage} for each, stage in UNRELEASED.items()}}
    befores = (stages[before] for before, allowed in TRANSITIONS.items() if state in allowed)
    return {stage: frozenset({after}) for found in befores for stage in found}


def _from(*befores: Stage, to: frozenset[Stage]) -> Moves:
    return dict.fromkeys(befores, to)


ORGANISERS = _("Organisation")
MODERATORS = _("Moderation, Organisation")
# Several groups may look at the same: it stays before them until the last has answered
BEFORE_A_GROUP = (Stage.CHECKED, Stage.CONDENSED, Stage.DEFERRED)
ACTIONS: dict[Action, Step] = {
    Action.RELEASE: Step(
        _("veröffentlichen"),
        "moderation.services.moderation.release",
        ("moderations_desk.release", "moderations_desk.release_all"),
        MODERATORS,
        proposals.can_moderate,
        _moderated(ProposalState.RELEASED, Stage.CHECKED),
    ),
    Action.WITHHOLD: Step(
        _("nicht veröffentlichen"),
        "moderation.services.moderation.withhold",
        ("moderations_desk.withhold",),
        MODERATORS,
        proposals.can_moderate,
        _moderated(ProposalState.WITHHELD, Stage.WITHHELD),
    ),
    Action.WITHDRAW: Step(
        _("zurückziehen"),
        "proposals.services.intake.withdraw",
        ("contributions.withdraw",),
        _("wer den Beitrag eingebracht hat"),
        None,
        _moderated(ProposalState.WITHDRAWN, Stage.WITHDRAWN),
    ),
    Action.CONDENSE: Step(
        _("zusammenführen"),
        "workbench.services.condensation.condense",
        ("condensations_desk.create",),
        MODERATORS,
        proposals.can_condense,
        # What is before a group or decided already stays so for the sentences it is about
        {stage: frozenset({Stage.CONDENSED if stage is Stage.CHECKED else stage}) for stage in RELEASED},
    ),
    Action.REFER: Step(
        _("an einen Arbeitskreis geben"),
        "decisions.services.referrals.refer",
        ("referrals_desk.create",),
        ORGANISERS,
        rules.can_decide,
        _from(*BEFORE_A_GROUP, Stage.REFERRED, to=frozenset({Stage.REFERRED})),
    ),
    Action.RECOMMEND: Step(
        _("Empfehlung eintragen"),
        "decisions.services.referrals.recommend",
        ("working_groups_desk.recommend",),
        ORGANISERS,
        rules.can_decide,
        _from(Stage.REFERRED, to=frozenset({*BEFORE_A_GROUP, Stage.REFERRED})),
    ),
    Action.TAKE_BACK: Step(
        _("vom Arbeitskreis zurückholen"),
        "decisions.services.referrals.take_back",
        ("referrals_desk.take_back",),
        ORGANISERS,
        rules.can_decide,
        _from(Stage.REFERRED, to=frozenset({*BEFORE_A_GROUP, Stage.REFERRED})),
    ),
    Action.DECIDE: Step(
        _("entscheiden und antworten, auch berichtigen"),
        "decisions.services.decisions.decide",
        ("decisions_desk.decide", "decisions_desk.decide_passage", "meeting_decisions_desk.decide"),
        ORGANISERS,
        rules.can_decide,
        _from(Stage.CHECKED, Stage.CONDENSED, *DECIDED, to=frozenset(DECIDED)),
        second=_("Freigabe: eine zweite Person aus Organisation oder Redaktion"),
    ),
}
STEPS = tuple(ACTIONS.values())


def states_after(action: Action, before: Stage) -> frozenset[Stage]:
    """Where it may lead from there; empty when it is not allowed."""
    return ACTIONS[action].moves.get(before, frozenset())


def check(action: Action, before: Stage, after: Stage | None = None) -> None:
    """Raise StepNotPossible, with a sentence that says why."""
    allowed = states_after(action, before)
    if after in allowed or (after is None and allowed):
        return
    if before is Stage.REFERRED:
        raise StepNotPossible(
            gettext("Das liegt noch bei einem Arbeitskreis. Tragen Sie seine Empfehlung ein, oder holen Sie es zurück.")
        )
    label, stage = ACTIONS[action].label, STAGE_LABELS[before]
    raise StepNotPossible(
        gettext("„%(action)s“ geht hier nicht: Der Stand ist „%(stage)s“.", action=label, stage=stage)
    )
