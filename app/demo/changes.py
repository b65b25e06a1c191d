"""What an edition changed beside words and places: goals that were split or merged, and what measures bear."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TypedDict

from sqlalchemy import select

from app.accounts.models import Role
from app.concept import services
from app.concept.facts import MeasureFacts
from app.concept.models import BudgetLine, BudgetState, ChangeKind, EditionChangeKind, Indicator, Measure, TargetGroup
from app.concept.services import Part
from app.db import db
from app.demo.files import Row
from app.demo.world import World
from app.local_time import start_of

DESCENTS = ("edition", "kind", "follows", "goals", "words", "reason")
FACTS = (
    *("measure", "edition", "start", "end", "target_groups", "indicator", "target_from", "target_to", "target_by"),
    "reason",
)
BUDGET = ("measure", "edition", "year", "amount", "state", "cost_type", "is_example")
CUT = (
    *("slug", "base", "kind", "paper", "consultation", "meeting", "day", "goal", "measure", "wording", "reason"),
    "minutes",
)
EVENING = timedelta(hours=20)


class Why(TypedDict):
    """What every change of the working edition is told."""

    reason: str
    by: None
    at: datetime


def cut(world: World, row: Row) -> None:
    """What a body changed in its meeting, or a typing error: the office proposes, the editor confirms."""
    item = row.optional_in("goal", world.goals) or row.one_in("measure", world.measures)
    wordings, reason = {item.text.current.id: row.required("wording")}, row.required("reason")
    proposing, confirming = world.accounts[Role.ORGANISER], world.accounts[Role.EDITOR]
    if row.one_of("kind", EditionChangeKind) is EditionChangeKind.CORRECTED:
        at = start_of(row.day("day")) + EVENING
        change = services.propose_correction(
            row.one_in("base", world.editions), wordings=wordings, reason=reason, by=proposing, at=at
        )
    else:
        meeting = row.one_in("meeting", world.meetings)
        at = start_of(meeting.day) + EVENING
        change = services.propose_amendment(
            world.consultations[row.required("paper"), row.integer("consultation")],
            meeting=meeting,
            wordings=wordings,
            reason=reason,
            source=row.text("minutes"),
            by=proposing,
            at=at,
        )
    edition = services.confirm_change(change, by=confirming, at=at)
    if edition.slug != row.required("slug"):
        raise row.refuse(f"slug müsste „{edition.slug}“ sein")
    world.editions[edition.slug] = edition


def follow(world: World, row: Row, wordings: Mapping[str, str], at: datetime) -> None:
    """Goals of this edition take the place of others; `words` of the old wordings lead to them, in their order."""
    old, new, words = row.many_in("follows", world.goals), row.many("goals"), row.many("words")
    why: Why = {"reason": row.required("reason"), "by": None, "at": at}
    missing = [key for key in new if key not in wordings]
    if missing:
        raise row.refuse(f"goals „{missing[0]}“ steht nicht in dieser Fassung")
    if row.one_of("kind", ChangeKind) is ChangeKind.MERGED:
        [key] = new
        world.goals[key] = services.merge_goals(old, wording=wordings[key], words=words, **why)
        return
    [goal] = old
    parts = [Part(wording=wordings[key], words=said) for key, said in zip(new, words, strict=True)]
    world.goals |= zip(new, services.split_goal(goal, parts=parts, **why), strict=True)


def amend(world: World, row: Row, at: datetime) -> None:
    """When, for whom and with which figure to change; a figure by its key, the rest of the measure stays."""
    measure: Measure = row.one_in("measure", world.measures)
    groups = {group.slug: group for group in db.session.scalars(select(TargetGroup))}
    figures = {figure.slug: figure for figure in db.session.scalars(select(Indicator))}
    facts = MeasureFacts(
        responsible=measure.responsible,
        duration=measure.duration,
        priority=measure.priority,
        starts=row.process_date("start") or measure.starts,
        ends=row.process_date("end") or measure.ends,
        life_situations=[each.life_situation for each in measure.life_situations],
        target_groups=row.many_in("target_groups", groups),
        indicator=row.optional_in("indicator", figures),
        target_from=row.optional_decimal("target_from"),
        target_to=row.optional_decimal("target_to"),
        target_by=row.process_date("target_by"),
    )
    services.amend_measure(measure, facts, reason=row.required("reason"), by=None, at=at)


def add_budget_line(world: World, row: Row) -> None:
    amount, state = row.optional_decimal("amount"), row.one_of("state", BudgetState)
    if (amount is None) is not (state is BudgetState.NOT_QUANTIFIABLE):
        raise row.refuse("amount fehlt, oder state müsste „not_quantifiable“ sein")
    db.session.add(
        BudgetLine(
            measure=row.one_in("measure", world.measures),
            year=row.year("year"),
            amount=amount,
            state=state,
            cost_type=row.text("cost_type"),
            is_example=row.flag("is_example"),
        )
    )
