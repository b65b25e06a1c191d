"""How long a fair plan takes: a county's dialogue event, 150 people, 11 tables, 3 rounds; three kinds of halls.

Beside each the limit: the LP relaxation of the same question in the same run, the least any proof can take.
"""

import math
import time

from app.seating.problem import UNMET, Problem
from app.seating.program import Program
from app.seating.solver import solve
from tests.seating.halls import SIZES, hall

HALLS = {"everyone alone": (1,), "families and groups": SIZES, "only pairs and larger": (2, 2, 3, 4, 5, 6)}
SEEDS = (1, 2, 3)


def main() -> None:
    solve(hall(0, persons=20, tables=3))  # loads the solver
    print("150 people, 11 tables of 14, 3 rounds; languages, kinds of people, some tables wished for more than others")
    for name, sizes in HALLS.items():
        for seed in SEEDS:
            problem = hall(seed, sizes=sizes)
            started, used = time.perf_counter(), time.process_time()
            solution = solve(problem)
            seconds, processor = time.perf_counter() - started, time.process_time() - used
            relaxed, limit = relaxation(problem)
            score = solution.score
            print(
                f"{seconds:6.2f} s ({processor:.2f} s of one processor; LP alone {limit:.3f} s)  {name}, "
                f"{len(problem.groups)} groups: total rank {score.rank}, bound {solution.bound}, gap {solution.gap}, "
                f"LP {relaxed:.1f}; unseated {score.unseated}, not in an own language {score.foreign}, "
                f"imbalance {score.imbalance:.1f}, spread {score.spread}",
                flush=True,
            )


def relaxation(problem: Problem) -> tuple[float, float]:
    """The lowest total rank with people cut into pieces and languages left aside; and the seconds that took."""
    started = time.perf_counter()
    program = Program()
    columns = {
        (g, t): program.add(is_whole=False) for g in range(len(problem.groups)) for t in range(len(problem.tables))
    }
    for g in range(len(problem.groups)):
        program.keep(problem.rounds, [(columns[g, t], 1) for t in range(len(problem.tables))], problem.rounds)
    for t, table in enumerate(problem.tables):
        places = math.inf if table.capacity is None else table.capacity * problem.rounds
        program.keep(0, [(columns[g, t], group.size) for g, group in enumerate(problem.groups)], places)
    gains = [
        (columns[g, t], -group.size * group.gain(table.id))
        for g, group in enumerate(problem.groups)
        for t, table in enumerate(problem.tables)
    ]
    found = program.minimise(gains)
    assert found is not None
    gained = sum(weight * found.values[column] for column, weight in gains)
    unmet = sum(UNMET * group.size * problem.ideal(group) for group in problem.groups)
    return unmet + gained, time.perf_counter() - started


if __name__ == "__main__":
    main()
