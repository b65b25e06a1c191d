"""Swap rounds where that makes the tables more alike: nobody's tables change, so the total rank stays."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from app.seating.problem import FILL, Group, Problem, Seats

Cell = tuple[int, int]  # round, id of a table
SMALLEST_GAIN = 1e-9


def level(problem: Problem, seats: Seats) -> Seats:
    """The same tables for everyone, each kind of people and each number of persons spread over the rounds.

    One group, or two that sit crosswise at the same two tables, swap two of their rounds, as long as that helps.
    """
    hall = _Hall(problem, dict(seats))
    has_changed = True
    while has_changed:
        has_changed = False
        for first, second in combinations(problem.numbers, 2):
            movable = [group for group in problem.groups if hall.may_swap(group, first, second)]
            for group in movable:
                has_changed |= hall.swap((group,), first, second)
            for one, other in combinations(movable, 2):
                has_changed |= hall.cross(one, other, first, second) and hall.swap((one, other), first, second)
    return hall.seats


@dataclass
class _Hall:
    problem: Problem
    seats: Seats

    def __post_init__(self) -> None:
        self.shares = list(self.problem.shares.values())
        self.kinds = {kind: number for number, kind in enumerate(self.problem.shares)}
        self.even = sum(group.size for group in self.problem.groups) / max(len(self.problem.tables), 1)
        self.places = {
            table.id: math.inf if table.capacity is None else table.capacity for table in self.problem.tables
        }
        # Persons of each kind, and all persons last, at each table in each round
        self.persons = {
            (number, table.id): [0] * (len(self.kinds) + 1)
            for number in self.problem.numbers
            for table in self.problem.tables
        }
        for group in self.problem.groups:
            for number in self.problem.numbers:
                if (group.key, number) in self.seats:
                    self._count(group, (number, self.seats[group.key, number]), 1)

    def may_swap(self, group: Group, first: int, second: int) -> bool:
        tables = {self.seats.get((group.key, number)) for number in (first, second)}
        return len(tables) == 2 and None not in tables and {first, second}.isdisjoint(group.pins)

    def cross(self, one: Group, other: Group, first: int, second: int) -> bool:
        here, there = (self.seats[one.key, first], self.seats[one.key, second])
        return (self.seats[other.key, second], self.seats[other.key, first]) == (here, there)

    def swap(self, groups: Sequence[Group], first: int, second: int) -> bool:
        """Only if it helps."""
        cells = sorted(
            {
                (number, self.seats[group.key, other])
                for group in groups
                for number in (first, second)
                for other in (first, second)
            }
        )
        before = sum(map(self._cost, cells))
        self._change(groups, first, second)
        if sum(map(self._cost, cells)) < before - SMALLEST_GAIN:
            return True
        self._change(groups, first, second)
        return False

    def _change(self, groups: Sequence[Group], first: int, second: int) -> None:
        for group in groups:
            one, other = self.seats[group.key, first], self.seats[group.key, second]
            for cell, sign in (((first, one), -1), ((second, other), -1), ((first, other), 1), ((second, one), 1)):
                self._count(group, cell, sign)
            self.seats[group.key, first], self.seats[group.key, second] = other, one

    def _count(self, group: Group, cell: Cell, sign: int) -> None:
        persons = self.persons[cell]
        persons[-1] += sign * group.size
        if group.comes_as in self.kinds:
            persons[self.kinds[group.comes_as]] += sign * group.size

    def _cost(self, cell: Cell) -> float:
        *kinds, everyone = self.persons[cell]
        if everyone > self.places[cell[1]]:
            return math.inf
        said = sum(kinds)
        wrong = sum(abs(count - share * said) for count, share in zip(kinds, self.shares, strict=True)) / 2
        return wrong + FILL * abs(everyone - self.even)
