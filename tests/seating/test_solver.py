import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.seating.errors import PinsDoNotFit
from app.seating.problem import Group, Problem, Table
from app.seating.solver import solve
from tests.seating.exhaustive import best_cost, broken_rules, cost
from tests.seating.halls import hall

pytestmark = pytest.mark.no_database

TABLES = (Table(1, 2), Table(2, 2), Table(3, 2))
SPOKEN = st.sampled_from([frozenset(), frozenset({"de"}), frozenset({"ar"}), frozenset({"de", "ar"})])


@st.composite
def small_halls(draw):
    """So small that every plan can be tried; groups too large, too few places and pins included."""
    count, rounds = draw(st.sampled_from([(5, 1), (4, 1), (2, 2), (3, 2), (1, 3)]))
    tables = draw(st.integers(1, 3))
    capacities = st.sampled_from([None, 1, 2, 2, 3, 4])
    places = [Table(number, draw(capacities), draw(SPOKEN)) for number in range(1, tables + 1)]
    groups = []
    for key in range(1, count + 1):
        wishes = draw(st.lists(st.integers(1, tables + 1), unique=True, max_size=3))
        pins = draw(st.dictionaries(st.integers(1, rounds), st.integers(1, tables), max_size=1))
        group = Group(key, draw(st.sampled_from([1, 1, 1, 2, 2, 3])), tuple(wishes), draw(SPOKEN), None, pins)
        groups.append(replace(group, pins=pins if draw(st.booleans()) else {}))
    return Problem(tuple(places), tuple(groups), rounds)


@given(small_halls())
def test_solve_finds_what_trying_everything_finds(problem):
    problem = problem.canonical  # without wishes for tables that are gone
    best = best_cost(problem)
    if best is None:
        with pytest.raises(PinsDoNotFit):
            solve(problem)
        return

    solution = solve(problem)

    assert (broken_rules(problem, solution.seats), cost(problem, solution.seats)) == ([], best)
    assert (solution.is_proven, solution.gap) == (True, 0)


@given(small_halls(), st.randoms(use_true_random=False))
def test_solve_does_not_mind_the_order_of_its_input(problem, rng):
    shuffled = Problem(
        tuple(rng.sample(problem.tables, len(problem.tables))),
        tuple(rng.sample(problem.groups, len(problem.groups))),
        problem.rounds,
    )
    assert problem.digest == shuffled.digest
    if best_cost(problem) is not None:
        assert solve(problem) == solve(shuffled)


@pytest.mark.parametrize("sizes", [(1,), (1, 1, 1, 2, 2, 3, 4, 5)])
@pytest.mark.parametrize("seed", [1, 2])
def test_solve_proves_the_total_rank_of_a_whole_hall(seed, sizes):
    problem = hall(seed, sizes=sizes)

    solution = solve(problem)

    assert broken_rules(problem, solution.seats) == []
    assert (solution.score.unseated, solution.gap, solution.is_proven) == (0, 0, True)
    assert solution.score.rank == solution.bound


def test_solve_gives_the_same_answer_to_the_same_question():
    problem = hall(3, persons=60, tables=5)
    groups = list(problem.groups)
    random.Random(1).shuffle(groups)

    assert solve(problem) == solve(replace(problem, groups=tuple(groups)))


def test_the_digest_tells_questions_apart():
    problem = hall(3, persons=10, tables=5)

    others = [
        replace(problem, rounds=2),
        replace(problem, tables=problem.tables[:-1]),
        replace(problem, groups=(replace(problem.groups[0], size=9), *problem.groups[1:])),
        replace(problem, groups=(replace(problem.groups[0], pins={1: 1}), *problem.groups[1:])),
    ]

    assert len({problem.digest, *(other.digest for other in others)}) == 5


def test_solve_seats_those_who_came_first_where_places_are_missing():
    groups = tuple(Group(key, wishes=(1,)) for key in range(1, 6))

    solution = solve(Problem((Table(1, 2), Table(2, 1)), groups))

    assert sorted(key for key, _ in solution.seats) == [1, 2, 3]
    assert solution.score.unseated == 2


def test_solve_leaves_a_group_larger_than_any_table_out_and_seats_the_others():
    solution = solve(Problem(TABLES, (Group(1, 3, (1,)), Group(2, 2, (1,)))))

    assert (solution.seats, solution.too_large) == ({(2, 1): 1}, (1,))
    assert (solution.score.unseated, solution.score.rank, solution.gap) == (3, 12, 0)


def test_solve_without_anybody_or_any_table_has_nothing_to_seat():
    assert solve(Problem(TABLES, ())).seats == {}
    assert solve(Problem((), (Group(1),))).too_large == (1,)


def test_solve_lets_everybody_stay_where_there_is_one_table_for_all_rounds():
    solution = solve(Problem((Table(1, None),), (Group(1, 2, (1,)), Group(2)), 3))

    assert set(solution.seats.values()) == {1}
    assert (len(solution.seats), solution.score.wishes, solution.score.unmet) == (6, (2, 0, 0), 0)


def test_solve_changes_tables_in_every_round_and_counts_each_wish_once():
    solution = solve(Problem(TABLES, tuple(Group(key, wishes=(1, 2, 3)) for key in range(1, 7)), 3))

    assert [len({solution.seats[key, number] for number in (1, 2, 3)}) for key in range(1, 7)] == [3] * 6
    assert (solution.score.wishes, solution.score.rank) == ((6, 6, 6), 18)


def test_solve_prefers_the_language_to_the_wish():
    tables = (Table(1, 5, frozenset({"de"})), Table(2, 5, frozenset({"ar"})))

    solution = solve(Problem(tables, (Group(1, wishes=(1,), languages=frozenset({"ar"})),)))

    assert (solution.seats, solution.score.foreign, solution.score.rank) == ({(1, 1): 2}, 0, 4)


def test_a_table_that_names_no_language_is_held_in_german():
    table = Table(1, 5)

    assert [table.speaks(frozenset(spoken)) for spoken in ((), ("de",), ("ar",))] == [True, True, False]


def test_solve_mixes_those_who_come_as_something():
    kinds = ["migrant", "volunteer"] * 4
    groups = tuple(Group(key, comes_as=kind) for key, kind in enumerate(kinds, start=1))

    solution = solve(Problem((Table(1, 4), Table(2, 4)), groups, 2))

    assert (solution.score.imbalance, solution.score.spread) == (0, 0)


def test_solve_fills_tables_alike_where_nobody_minds():
    solution = solve(Problem(tuple(Table(number, 10) for number in range(3)), tuple(map(Group, range(9)))))

    assert solution.score.spread == 0


def test_solve_keeps_pins_although_they_cost_a_wish():
    solution = solve(Problem(TABLES, (Group(1, wishes=(1,), pins={1: 3}), Group(2, wishes=(1,)))))

    assert solution.seats == {(1, 1): 3, (2, 1): 1}


def test_solve_refuses_pins_that_do_not_fit():
    groups = tuple(Group(key, pins={1: 1}) for key in (1, 2, 3))

    with pytest.raises(PinsDoNotFit):
        solve(Problem(TABLES, groups))


def test_solve_finds_rounds_for_groups_that_only_fit_together_in_one_way():
    """Tables of five with twos and threes: some answers of the first step have no rounds."""
    groups = tuple(Group(key, size, (1, 2)) for key, size in enumerate([3, 3, 2, 2], start=1))
    problem = Problem((Table(1, 5), Table(2, 5)), groups, 2)

    solution = solve(problem)

    assert (broken_rules(problem, solution.seats), solution.score.unseated, solution.gap) == ([], 0, 0)
