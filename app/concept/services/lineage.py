"""Goals and measures that follow from others: split, merged, taken over again.

What is split or merged leaves the working edition and keeps its code and its page; what follows from it has a new code
and wording, and links of kind `derived` lead there from the whole old wording or from chosen words of it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import inspect, select

from app import queue
from app.accounts.models import Account
from app.audit import log
from app.concept.errors import GoalMissing, NotAlike, StillInWorkingEdition, TooFewParts, TooFewToMerge
from app.concept.models import (
    ChangeKind,
    Descent,
    Goal,
    Measure,
    MeasureLifeSituation,
    MeasurePartner,
    MeasureTargetGroup,
    Section,
    WorkingMeasure,
    WorkingMeasureGoal,
)
from app.concept.services import goals as goal_services
from app.concept.services import measures as measure_services
from app.concept.services.working import (
    current_version,
    lock_working,
    next_code,
    placement_of,
    record_change,
    write_wording,
)
from app.db import db, now, transactional
from app.errors import ReasonMissing
from app.texts import services as texts
from app.texts.models import LinkKind, TextVersion
from app.texts.services import Span

Item = TypeVar("Item", Goal, Measure)
OF_ITS_OWN = frozenset({"id", "code", "text_id", "created_at"})  # columns that what follows does not take over


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one part of a split is to say.

    `words` of the old wording lead to it; without them the whole does. `measures` of those that served the old goal
    serve it from now on; None: all of them.
    """

    wording: str
    words: str = ""
    measures: Collection[Measure] | None = None


@dataclass(frozen=True, kw_only=True)
class Why:
    """The reason, who gives it, and when."""

    reason: str
    by: Account | None
    at: datetime | None = None


@transactional
def split_goal(
    goal: Goal,
    *,
    parts: Sequence[Part],
    expected_version_id: int | None = None,
    reason: str,
    by: Account | None,
    at: datetime | None = None,
) -> list[Goal]:
    """Several goals take the place of one.

    Raises TooFewParts, GoalMissing when a measure would serve no goal any more, QuoteNotFound for words that the old
    wording has not, WordingChanged, NotInWorkingEdition, ReasonMissing, TextEmpty.
    """
    lock_working()
    why = Why(reason=reason, by=by, at=at)
    _check_parts(parts, why)
    placement = goal_services.placement_of_goal(goal)
    section, position = placement.section, placement.position
    before = current_version(goal, expected_version_id)
    serving = _serving([goal])
    goal_services.take_out(goal)
    made = []
    for place, part in enumerate(parts, position):
        new = _new_goal(goal, part.wording, why)
        goal_services.place(new, section, place)
        _serve(new, [each for each in serving if part.measures is None or each.measure in part.measures])
        _follow(ChangeKind.SPLIT, new, [(goal, _span(before, part.words))], why)
        made.append(new)
    _check_served(serving)
    _leave(ChangeKind.SPLIT, [goal], why)
    return made


@transactional
def merge_goals(
    goals: Sequence[Goal],
    *,
    wording: str,
    words: Sequence[str] = (),
    expected_version_ids: Sequence[int] = (),
    reason: str,
    by: Account | None,
    at: datetime | None = None,
) -> Goal:
    """One goal takes the place of several, where the first of them stood; what served any of them serves it.

    `words` of each that lead to it, in their order; empty: its whole wording. Raises TooFewToMerge, NotAlike, and what
    split_goal raises.
    """
    lock_working()
    why = Why(reason=reason, by=by, at=at)
    _check_merge(goals, why)
    if len({goal.kind for goal in goals}) > 1:
        raise NotAlike
    placement = goal_services.placement_of_goal(goals[0])
    section, position = placement.section, placement.position
    origins = _origins(goals, words, expected_version_ids)
    serving = _serving(goals)
    for goal in goals:
        goal_services.take_out(goal)
    new = _new_goal(goals[0], wording, why)
    goal_services.place(new, section, position)
    _serve(new, serving)
    _follow(ChangeKind.MERGED, new, origins, why)
    _leave(ChangeKind.MERGED, goals, why)
    return new


@transactional
def split_measure(
    measure: Measure, *, parts: Sequence[Part], expected_version_id: int | None = None, reason: str, by: Account | None
) -> list[Measure]:
    """Several measures take the place of one, each with all that the old one had beside its wording.

    Progress and money stay with the old one, whose page says what became of it. Raises what split_goal raises.
    """
    lock_working()
    why = Why(reason=reason, by=by)
    _check_parts(parts, why)
    placement = measure_services.placement_of_measure(measure)
    section, position, goals = placement.section, placement.position, [link.goal for link in placement.goals]
    before = current_version(measure, expected_version_id)
    measure_services.take_out(measure)
    made = []
    for place, part in enumerate(parts, position):
        new = _new_measure([measure], part.wording, why)
        measure_services.place(new, section, goals, place)
        _follow(ChangeKind.SPLIT, new, [(measure, _span(before, part.words))], why)
        made.append(new)
    _leave(ChangeKind.SPLIT, [measure], why)
    return made


@transactional
def merge_measures(
    measures: Sequence[Measure],
    *,
    wording: str,
    words: Sequence[str] = (),
    expected_version_ids: Sequence[int] = (),
    reason: str,
    by: Account | None,
) -> Measure:
    """One measure takes the place of several and serves all their goals.

    Office, dates and kind are those of the first, where it stands; partners and Lebenslagen those of all. Raises what
    merge_goals raises.
    """
    lock_working()
    why = Why(reason=reason, by=by)
    _check_merge(measures, why)
    placements = [measure_services.placement_of_measure(each) for each in measures]
    section, position = placements[0].section, placements[0].position
    goals = list(dict.fromkeys(link.goal for placement in placements for link in placement.goals))
    origins = _origins(measures, words, expected_version_ids)
    for measure in measures:
        measure_services.take_out(measure)
    new = _new_measure(measures, wording, why)
    measure_services.place(new, section, goals, position)
    _follow(ChangeKind.MERGED, new, origins, why)
    _leave(ChangeKind.MERGED, measures, why)
    return new


@transactional
def carry_over(
    item: Goal | Measure,
    *,
    section: Section,
    goals: Collection[Goal] = (),
    position: int | None = None,
    reason: str,
    by: Account | None,
) -> None:
    """Take a goal or measure that left the working edition into it again, with its code and its last wording.

    What the precursor had stays the same thing in the next concept (2016 paper: "soll es Bestandteil des o.g.
    Gesamtkonzepts"). A measure goes under `goals`. Raises StillInWorkingEdition, GoalMissing, NotInWorkingEdition for
    the section, ReasonMissing.
    """
    lock_working()
    placement_of(section)
    db.session.refresh(item, ["placement"])
    if item.placement is not None:
        raise StillInWorkingEdition
    if isinstance(item, Goal):
        goal_services.place(item, section, position)
    else:
        measure_services.check_goals(goals)
        measure_services.place(item, section, goals, position)
    record_change(ChangeKind.CARRIED, item, reason=reason, by=by, at=None, version=item.text.current)
    log.record(f"concept.carry_over_{item.__tablename__}", item, by=by)


def _check_parts(parts: Sequence[Part], why: Why) -> None:
    if len(parts) < 2:
        raise TooFewParts
    if not why.reason.strip():
        raise ReasonMissing


def _check_merge(items: Sequence[Goal] | Sequence[Measure], why: Why) -> None:
    if len({item.id for item in items}) < max(2, len(items)):
        raise TooFewToMerge
    if not why.reason.strip():
        raise ReasonMissing


def _origins(items: Sequence[Item], words: Sequence[str], expected: Sequence[int]) -> list[tuple[Item, Span]]:
    words, ids = [*words, *[""] * (len(items) - len(words))], [*expected, *[None] * (len(items) - len(expected))]
    return [
        (item, _span(current_version(item, version_id), quote))
        for item, quote, version_id in zip(items, words, ids, strict=True)
    ]


def _span(version: TextVersion, words: str) -> Span:
    quote = texts.normalize(words)
    return Span.of(version, quote) if quote else Span.whole(version)


def _new_goal(old: Goal, wording: str, why: Why) -> Goal:
    version = write_wording(wording, by=why.by, at=why.at)
    new = Goal(
        code=next_code(Goal), text=version.text, created_at=why.at or now(), kind=old.kind, is_example=old.is_example
    )
    db.session.add(new)
    return new


def _new_measure(old: Sequence[Measure], wording: str, why: Why) -> Measure:
    version = write_wording(wording, by=why.by, at=why.at)
    partners = {partner.organization_id: partner for measure in reversed(old) for partner in measure.partners}
    situations = dict.fromkeys(each.life_situation_id for measure in old for each in measure.life_situations)
    groups = dict.fromkeys(each.target_group_id for measure in old for each in measure.target_groups)
    new = Measure(
        code=next_code(Measure),
        text=version.text,
        created_at=now(),
        partners=[
            MeasurePartner(organization_id=each.organization_id, named_at_entry=each.may_be_named)
            for each in partners.values()
        ],
        life_situations=[MeasureLifeSituation(life_situation_id=each) for each in situations],
        target_groups=[MeasureTargetGroup(target_group_id=each) for each in groups],
        **_columns_of(old[0]),
    )
    db.session.add(new)
    return new


def _columns_of(row: Measure) -> dict[str, Any]:
    names = {column.key for column in inspect(Measure).columns} - OF_ITS_OWN
    return {name: getattr(row, name) for name in names}


def _serving(goals: Sequence[Goal]) -> Sequence[WorkingMeasure]:
    """The measures of the working edition that serve any of these goals."""
    ids = [goal.id for goal in goals]
    return db.session.scalars(
        select(WorkingMeasure)
        .where(WorkingMeasure.goals.any(WorkingMeasureGoal.goal_id.in_(ids)))
        .order_by(WorkingMeasure.id)
        .execution_options(populate_existing=True)
    ).all()


def _serve(goal: Goal, serving: Sequence[WorkingMeasure]) -> None:
    for placement in serving:
        db.session.add(WorkingMeasureGoal(placement=placement, goal=goal))
    db.session.flush()


def _check_served(serving: Sequence[WorkingMeasure]) -> None:
    for placement in serving:
        db.session.refresh(placement, ["goals"])
        if not placement.goals:
            raise GoalMissing


def _follow(kind: ChangeKind, new: Item, origins: Sequence[tuple[Item, Span]], why: Why) -> None:
    """Append that it follows from these, in the catalogue and in the thread."""
    version = new.text.current
    record_change(kind, new, reason=why.reason, by=why.by, at=why.at, version=version)
    for old, span in origins:
        texts.link(LinkKind.DERIVED, span, Span.whole(version))
        db.session.add(Descent(code=new.code, follows=old.code, kind=kind))
    db.session.flush()


def _leave(kind: ChangeKind, items: Sequence[Item], why: Why) -> None:
    for item in items:
        record_change(kind, item, reason=why.reason, by=why.by, at=why.at)
        log.record(f"concept.{kind}_{item.__tablename__}", item, by=why.by)
    queue.wake_after_commit("proposals.tell_followers")
