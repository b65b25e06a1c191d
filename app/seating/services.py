"""Make a plan, change it by hand, publish it. Each locks the event's row: two organisers act one after the other."""

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace

from flask_babel import force_locale

from app.accounts.models import Account
from app.audit import log
from app.db import db, lock, now, transactional
from app.events.models import Event, ThemeTable
from app.registrations.errors import EventCalledOff, EventOver
from app.registrations.models import Attendee, Registration, RegistrationStatus
from app.registrations.services.letters import tell
from app.seating import queries
from app.seating.errors import NobodyToSeat, NoTables, NothingPublished, PinsDoNotFit, PlanGone, TableFull, TableTwice
from app.seating.models import PlanStatus, SeatingPlan, TableSeat
from app.seating.parties import Places, groups_in, overfull, problem_of, seats_of_groups
from app.seating.problem import Problem
from app.seating.program import version
from app.seating.solver import solve
from app.seating.words import seats_in_words

SHOWN = ("unseated", "foreign", "unmet", "imbalance", "spread")


@transactional
def make(event: Event, *, includes_held: bool = False, by: Account | None) -> SeatingPlan:
    """A new draft in place of the one there was; who was pinned stays. Everyone else is seated as well as can be.

    Raises NoTables, NobodyToSeat or PinsDoNotFit.
    """
    event = lock(event)
    base = queries.plan_of(event.id, PlanStatus.DRAFT) or queries.plan_of(event.id, PlanStatus.PUBLISHED)
    pins = {place: table for place, (table, is_pinned) in _places(base).items() if is_pinned}
    return _draft(event, pins, pins, includes_held=includes_held, by=by)


@transactional
def supplement(event: Event, *, by: Account | None) -> SeatingPlan:
    """A draft in which all published seats stay and whoever has none gets one, as well as the rest allows.

    A party that grew and fits no more is seated anew as a whole. Raises NothingPublished, NoTables or NobodyToSeat.
    """
    event = lock(event)
    published = queries.plan_of(event.id, PlanStatus.PUBLISHED)
    if published is None:
        raise NothingPublished
    places = _places(published)
    pins = {place: table for place, (table, is_pinned) in places.items() if is_pinned}
    fixed = {place: table for place, (table, _) in places.items()}
    return _draft(event, fixed, pins, includes_held=published.includes_held, by=by, gives_way=True)


@transactional
def move(plan: SeatingPlan, members: Sequence[Attendee], number: int, table: ThemeTable, *, by: Account | None) -> None:
    """Seat a group at another table in one round, and pin it there. All others stay.

    Raises PlanGone, TableFull or TableTwice.
    """
    plan = _lock_draft(plan)
    keys = {member.id for member in members}
    seats = queries.seats_in(plan.id)
    others = [seat for seat in seats if seat.attendee_id not in keys]
    taken = sum(seat.round == number and seat.table_id == table.id for seat in others)
    if table.capacity is not None and taken + len(members) > table.capacity:
        raise TableFull
    own = [seat for seat in seats if seat.attendee_id in keys]
    if plan.rounds <= len(plan.event.tables) and any(s.table_id == table.id and s.round != number for s in own):
        raise TableTwice
    _seat(plan, members, number, table)
    _refigure(plan)
    log.record("seating.move", plan, by=by)


@transactional
def pin(
    plan: SeatingPlan, members: Sequence[Attendee], number: int, table: ThemeTable, *, by: Account | None
) -> SeatingPlan:
    """Seat a group at a table for good and everyone else anew around it: a new draft.

    Raises PlanGone or PinsDoNotFit.
    """
    plan = _lock_draft(plan)
    _seat(plan, members, number, table)
    db.session.flush()
    return make(plan.event, includes_held=plan.includes_held, by=by)


@transactional
def unpin(plan: SeatingPlan, members: Collection[Attendee], *, by: Account | None) -> None:
    """They stay where they are until tables are given out anew. Raises PlanGone."""
    plan = _lock_draft(plan)
    keys = {member.id for member in members}
    for seat in plan.seats:
        if seat.attendee_id in keys:
            seat.is_pinned = False
    log.record("seating.unpin", plan, by=by)


@transactional
def publish(plan: SeatingPlan, *, by: Account | None) -> int:
    """From now on everyone sees their tables. Who sits elsewhere than before is told once; returns how many.

    Raises PlanGone, EventCalledOff or EventOver.
    """
    plan = _lock_draft(plan)
    at = now()
    if plan.event.is_cancelled:
        raise EventCalledOff
    if plan.event.is_over(at):
        raise EventOver
    changed = queries.changed_parties(plan)
    published = queries.plan_of(plan.event_id, PlanStatus.PUBLISHED)
    if published is not None:
        published.discard()
        db.session.flush()  # there is one published plan at a time
    plan.publish(at, by)
    log.record("seating.publish", plan, by=by)
    for registration, seats in changed:
        if registration.status is RegistrationStatus.CONFIRMED:
            with force_locale(registration.language):
                tell(registration, "seated", seats=seats_in_words(seats, plan.rounds))
    return len(changed)


@transactional
def discard(plan: SeatingPlan, *, by: Account | None) -> None:
    """Throw the draft away; what is published stays. Raises PlanGone."""
    plan = _lock_draft(plan)
    plan.discard()
    log.record("seating.discard", plan, by=by)


def _lock_draft(plan: SeatingPlan) -> SeatingPlan:
    lock(plan.event)
    db.session.refresh(plan)
    if not plan.is_draft:
        raise PlanGone
    return plan


def _places(plan: SeatingPlan | None) -> dict[tuple[int, int], tuple[int, bool]]:
    """Person and round to table, and whether they are pinned there."""
    seats = queries.seats_in(plan.id) if plan else ()
    return {(seat.attendee_id, seat.round): (seat.table_id, seat.is_pinned) for seat in seats}


def _draft(
    event: Event,
    fixed: Places,
    pins: Places,
    *,
    includes_held: bool,
    by: Account | None,
    gives_way: bool = False,
) -> SeatingPlan:
    """Solve with these seats fixed, and keep the answer as the draft; `pins` are those the organisers want."""
    if not event.tables:
        raise NoTables
    parties = queries.parties_of(event.id, includes_held=includes_held)
    if not parties:
        raise NobodyToSeat
    problem = problem_of(event, parties, event.table_rounds, fixed)
    problem = _give_way(problem) if gives_way else problem
    _check_pins(event, problem)
    plan = _solved(event, problem, parties, pins)
    plan.includes_held, plan.created_by_id = includes_held, by.id if by else None
    draft = queries.plan_of(event.id, PlanStatus.DRAFT)
    if draft is not None:
        draft.discard()
        db.session.flush()  # there is one draft at a time
    db.session.add(plan)
    log.record("seating.make", plan, by=by)
    return plan


def _solved(event: Event, problem: Problem, parties: Sequence[Registration], pins: Places) -> SeatingPlan:
    started = time.perf_counter()
    solution = solve(problem)
    plan = SeatingPlan(
        event=event,
        rounds=problem.rounds,
        created_at=now(),
        input_digest=problem.digest,
        persons=sum(group.size for group in problem.groups),
        bound=solution.bound,
        is_proven=solution.is_proven,
        solver=version(),
        seconds=round(time.perf_counter() - started, 3),
    )
    _keep_figures(plan, problem, solution.seats)
    plan.seats = [
        TableSeat(
            attendee=member,
            round=number,
            table_id=solution.seats[members[0].id, number],
            is_pinned=(member.id, number) in pins,
        )
        for registration in parties
        for members in groups_in(registration)
        for number in problem.numbers
        if (members[0].id, number) in solution.seats
        for member in members
    ]
    return plan


def _keep_figures(plan: SeatingPlan, problem: Problem, seats: Mapping[tuple[int, int], int]) -> None:
    score = problem.canonical.score(dict(seats))
    plan.total_rank = score.rank
    first, second, third = score.wishes
    shown = {name: value for name, value in asdict(score).items() if name in SHOWN}
    plan.figures = {**shown, "first": first, "second": second, "third": third, "lowest_rank": problem.lowest_rank}


def _refigure(plan: SeatingPlan) -> None:
    """Count anew after a change by hand; the bound stays, as nothing was solved."""
    db.session.flush()
    parties = queries.parties_of(plan.event_id, includes_held=plan.includes_held)
    problem = problem_of(plan.event, parties, plan.rounds, {})
    places = {place: table for place, (table, _) in _places(plan).items()}
    _keep_figures(plan, problem, seats_of_groups(parties, plan.rounds, places))


def _seat(plan: SeatingPlan, members: Sequence[Attendee], number: int, table: ThemeTable) -> None:
    seats = {seat.attendee_id: seat for seat in plan.seats if seat.round == number}
    for member in members:
        seat = seats.get(member.id)
        if seat is None:
            seat = TableSeat(attendee=member, round=number)
            plan.seats.append(seat)
        seat.table, seat.is_pinned = table, True


def _check_pins(event: Event, problem: Problem) -> None:
    found = overfull(problem)
    if found is not None:
        table, number = found
        [crowded] = [each for each in event.tables if each.id == table.id]
        raise PinsDoNotFit.at(crowded, number)


def _give_way(problem: Problem) -> Problem:
    """Where a party grew and its table is full, the party looks for another one; the last registered one first."""
    while (found := overfull(problem)) is not None:
        table, number = found
        crowding = [group for group in problem.groups if group.pins.get(number) == table.id]
        grown = [group for group in crowding if group.size > 1] or crowding
        last = max(grown, key=lambda group: group.key)
        groups = tuple(replace(group, pins={}) if group is last else group for group in problem.groups)
        problem = Problem(problem.tables, groups, problem.rounds)
    return problem
