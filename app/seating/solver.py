"""The best plan, found and proven by HiGHS (https://highs.dev), an integer program in two steps.

Rounds are alike, so the first step asks only how often each group sits at each table, and the second splits that into
rounds. For persons who come alone it always splits (a bipartite graph's edges can be coloured evenly), for groups
nearly always. Only where it does not, all rounds are solved at once, with many more columns. The first step's bound
holds for the whole either way.

One thread, a fixed seed, sorted input and limits that count nodes, never seconds: same input, same result.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.seating.errors import PinsDoNotFit
from app.seating.levelling import level
from app.seating.problem import FILL, UNMET, Group, Problem, Score, Seats, Table
from app.seating.program import LOCK, Program, Terms

BALANCE_GAP = 0.1  # how near to the best balance is near enough


@dataclass(frozen=True)
class Solution:
    """`bound`: no plan that seats as many people, and as many in their language, has a lower total rank."""

    seats: Seats
    score: Score
    bound: int
    is_proven: bool
    too_large: tuple[int, ...]  # keys of groups that no table takes

    @property
    def gap(self) -> int:
        return self.score.rank - self.bound


def solve(problem: Problem) -> Solution:
    """Seat everyone as well as can be; see app.seating.problem for what counts."""
    problem = problem.canonical
    seatable = [group for group in problem.groups if problem.tables_for(group)]
    too_large = tuple(group.key for group in problem.groups if not problem.tables_for(group))
    asked = Problem(problem.tables, tuple(seatable), problem.rounds)
    with LOCK:
        answer = _answer(asked) if seatable else _Answer({}, 0, is_proven=True)
    left_out = [group for group in problem.groups if group.key in too_large]
    missed = sum(UNMET * group.size * problem.ideal(group) for group in left_out)
    return Solution(answer.seats, problem.score(answer.seats), answer.bound + missed, answer.is_proven, too_large)


@dataclass(frozen=True)
class _Answer:
    seats: Seats
    bound: int
    is_proven: bool


@dataclass(frozen=True)
class _Best:
    """What a seating's program came to: values of its columns, and below what total rank nothing lies."""

    seating: "_Seating"
    values: Sequence[float]
    bound: int
    is_proven: bool


def _answer(problem: Problem) -> _Answer:
    rounds = tuple(problem.numbers)
    rough = _best(problem, (rounds,))
    for values in (rough.seating.balance(rough.values), rough.values):
        seats = _split(rough.seating, values)
        if seats is not None:
            return _Answer(level(problem, seats), rough.bound, rough.is_proven)
    whole = _best(problem, tuple((number,) for number in rounds))
    seats = whole.seating.seats(whole.seating.balance(whole.values))
    return _Answer(level(problem, seats), whole.bound, whole.is_proven)


def _best(problem: Problem, slots: tuple[tuple[int, ...], ...]) -> _Best:
    """With everybody seated, or with as many as there are places for. Raises PinsDoNotFit."""
    best = _solve(_Seating(problem, slots, leaves_out=False)) or _solve(_Seating(problem, slots, leaves_out=True))
    if best is None:
        raise PinsDoNotFit
    return best


def _solve(seating: "_Seating") -> _Best | None:
    """Each level as good as can be before the next is looked at; None where not everything fits."""
    values: Sequence[float] = ()
    is_proven = True
    gained = 0
    for terms in seating.levels():
        found = seating.program.minimise(terms, start=values)
        if found is None:
            return None
        values, gained = found.values, found.bound
        is_proven = is_proven and found.is_proven
        seating.program.keep(-math.inf, terms, found.value + 0.5)
    problem = seating.problem
    unmet = sum(UNMET * group.size * problem.ideal(group) for group in problem.groups)
    return _Best(seating, values, unmet + gained, is_proven)


def _split(rough: "_Seating", values: Sequence[float]) -> Seats | None:
    """Give each visit a round; None where groups do not fit into them."""
    visits = {(g, t): round(values[column]) for (g, t, _), column in rough.columns.items()}
    rounds = tuple((number,) for number in rough.problem.numbers)
    split = _Seating(rough.problem, rounds, leaves_out=bool(rough.left_out), visits=visits)
    found = split.program.minimise([])
    return split.seats(found.values) if found else None


class _Seating:
    """The variables: how often a group sits at a table in the rounds of a slot."""

    def __init__(
        self,
        problem: Problem,
        slots: tuple[tuple[int, ...], ...],
        *,
        leaves_out: bool,
        visits: dict[tuple[int, int], int] | None = None,
    ) -> None:
        self.problem = problem
        self.slots = slots
        self.program = Program()
        self.columns: dict[tuple[int, int, int], int] = {}
        self.left_out: dict[tuple[int, int], int] = {}
        self.met: dict[tuple[int, int], int] = {}  # whether a wish is met at all, where a table may be visited twice
        for g, group in enumerate(problem.groups):
            self._place(g, group, visits, leaves_out=leaves_out)
        for s, slot in enumerate(slots):
            for t, table in enumerate(problem.tables):
                self._limit(s, slot, t, table)

    def _place(self, g: int, group: Group, visits: dict[tuple[int, int], int] | None, *, leaves_out: bool) -> None:
        fitting = {table.id for table in self.problem.tables_for(group)}
        for t, table in enumerate(self.problem.tables):
            most = self.problem.visits(group, table) if table.id in fitting else 0
            if visits is not None:
                most = visits.get((g, t), 0)
            if most:
                self._visit(g, group, t, table, most, is_exact=visits is not None)
        for s, slot in enumerate(self.slots):
            terms: Terms = [
                (self.columns[g, t, s], 1) for t in range(len(self.problem.tables)) if (g, t, s) in self.columns
            ]
            if leaves_out:
                self.left_out[g, s] = self.program.add(upper=len(slot))
                terms.append((self.left_out[g, s], 1))
            self.program.keep(len(slot), terms, len(slot))

    def _visit(self, g: int, group: Group, t: int, table: Table, most: int, *, is_exact: bool) -> None:
        terms: Terms = []
        for s, slot in enumerate(self.slots):
            pinned = sum(group.pins.get(number) == table.id for number in slot)
            self.columns[g, t, s] = self.program.add(lower=pinned, upper=min(most, len(slot)))
            terms.append((self.columns[g, t, s], 1))
        if len(self.slots) > 1 or is_exact:
            self.program.keep(most if is_exact else 0, terms, most)
        if most > 1 and group.gain(table.id):
            self.met[g, t] = self.program.add()
            self.program.keep(0, [*terms, (self.met[g, t], -1)], math.inf)

    def _limit(self, s: int, slot: tuple[int, ...], t: int, table: Table) -> None:
        """No table holds more than its places; of groups larger than a half, a third, ... only one, two, ... fit."""
        if table.capacity is None:
            return
        sitting = [
            (self.columns[g, t, s], group.size)
            for g, group in enumerate(self.problem.groups)
            if (g, t, s) in self.columns
        ]
        self.program.keep(0, [(column, size) for column, size in sitting], table.capacity * len(slot))
        for parts in (1, 2, 3) if len(slot) > 1 else ():
            large: Terms = [(column, 1) for column, size in sitting if size * (parts + 1) > table.capacity]
            if len(large) > parts:
                self.program.keep(0, large, parts * len(slot))

    def levels(self) -> list[Terms]:
        """To be minimised one after the other, the total rank last: there in what is gained, below zero."""
        groups, tables = self.problem.groups, self.problem.tables
        foreign: Terms = [
            (column, groups[g].size)
            for (g, t, _), column in self.columns.items()
            if not tables[t].speaks(groups[g].languages)
        ]
        gained: Terms = [
            (column, -groups[g].size * groups[g].gain(tables[t].id))
            for (g, t, _), column in self.columns.items()
            if groups[g].gain(tables[t].id) and (g, t) not in self.met
        ]
        gained += [(met, -groups[g].size * groups[g].gain(tables[t].id)) for (g, t), met in self.met.items()]
        unseated: Terms = [(column, groups[g].size) for (g, _), column in self.left_out.items()]
        early: Terms = [(column, groups[g].size * (len(groups) - g)) for (g, _), column in self.left_out.items()]
        return [*filter(None, (unseated, early, foreign)), gained]

    def balance(self, start: Sequence[float]) -> Sequence[float]:
        """Each kind of people at each table as in the whole hall, and the tables alike; near enough is good enough."""
        before = len(self.program.lower)
        cost: Terms = []
        groups = self.problem.groups
        even = sum(group.size for group in groups) / len(self.problem.tables)
        for s, slot in enumerate(self.slots):
            for t in range(len(self.problem.tables)):
                sitting = [
                    (self.columns[g, t, s], group) for g, group in enumerate(groups) if (g, t, s) in self.columns
                ]
                counted = {kind: self.program.add(upper=math.inf, is_whole=False) for kind in self.problem.shares}
                for kind, count in counted.items():
                    members: Terms = [(column, group.size) for column, group in sitting if group.comes_as == kind]
                    self.program.keep(0, [*members, (count, -1)], 0)
                for kind, share in self.problem.shares.items():
                    terms: Terms = [(count, (other == kind) - share) for other, count in counted.items()]
                    cost.append((self.program.add_distance(terms, 0), 0.5))
                everyone: Terms = [(column, group.size) for column, group in sitting]
                cost.append((self.program.add_distance(everyone, even * len(slot)), FILL))
        found = self.program.minimise(cost, start=start, gap=BALANCE_GAP)
        return (found.values if found else start)[:before]

    def seats(self, values: Sequence[float]) -> Seats:
        return {
            (self.problem.groups[g].key, self.slots[s][0]): self.problem.tables[t].id
            for (g, t, s), column in self.columns.items()
            if round(values[column]) == 1
        }
