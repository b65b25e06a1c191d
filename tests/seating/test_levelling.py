import pytest

from app.seating.levelling import level
from app.seating.problem import Group, Problem, Table

pytestmark = pytest.mark.no_database

TABLES = (Table(1, 2), Table(2, 2))
BOTH_FIRST = {(1, 1): 1, (1, 2): 2, (2, 1): 1, (2, 2): 2}


def test_level_spreads_persons_over_the_rounds():
    problem = Problem(TABLES, (Group(1), Group(2)), 2)

    assert level(problem, BOTH_FIRST) == {(1, 1): 2, (1, 2): 1, (2, 1): 1, (2, 2): 2}


def test_level_leaves_who_is_pinned():
    problem = Problem(TABLES, (Group(1, pins={1: 1}), Group(2, pins={2: 2})), 2)

    assert level(problem, BOTH_FIRST) == BOTH_FIRST


def test_level_swaps_two_groups_where_one_alone_finds_no_place():
    kinds = ["volunteer", "volunteer", "migrant", "migrant"]
    groups = tuple(Group(key, comes_as=kind) for key, kind in enumerate(kinds, start=1))
    apart = {(key, number): table for key in (1, 2) for number, table in ((1, 1), (2, 2))}
    apart |= {(key, number): table for key in (3, 4) for number, table in ((1, 2), (2, 1))}
    problem = Problem(TABLES, groups, 2)

    levelled = level(problem, apart)

    before, after = problem.score(apart), problem.score(levelled)
    assert (before.imbalance, after.imbalance, after.spread, after.rank) == (4, 0, 0, before.rank)
