"""Integer programs, minimised once and again by HiGHS: one thread, a fixed seed, limits that count no seconds."""

import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from highspy import Highs, HighsLp

Terms = list[tuple[int, float]]  # columns and their weights

WORK = 400_000  # nodes times columns after which an unproven answer has to do
ROUNDING = 1e-6  # what HiGHS lets a whole number be off
LOCK = threading.Lock()  # HiGHS keeps one scheduler for the whole process


def version() -> str:
    return f"HiGHS {_highs().version()}"


def _highs() -> "Highs":
    import highspy

    return highspy.Highs()  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Found:
    """`value` and `bound` of an objective in whole numbers."""

    values: Sequence[float]
    value: int
    bound: int
    is_proven: bool


@dataclass
class Program:
    """An integer program that is minimised once and again, with more rows each time."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    is_whole: list[bool] = field(default_factory=list)
    rows: list[tuple[float, Terms, float]] = field(default_factory=list)

    def add(self, lower: float = 0, upper: float = 1, *, is_whole: bool = True) -> int:
        self.lower.append(lower)
        self.upper.append(max(lower, upper))
        self.is_whole.append(is_whole)
        return len(self.lower) - 1

    def add_distance(self, terms: Terms, target: float) -> int:
        """A variable that is at least as large as the distance of the sum from the target."""
        distance = self.add(upper=math.inf, is_whole=False)
        self.keep(-math.inf, [*terms, (distance, -1)], target)
        self.keep(target, [*terms, (distance, 1)], math.inf)
        return distance

    def keep(self, lower: float, terms: Terms, upper: float) -> None:
        self.rows.append((lower, terms, upper))

    def minimise(self, terms: Terms, *, start: Sequence[float] = (), gap: float = 0) -> Found | None:
        """None where nothing fits, or nothing was found within the limits. With a `gap` near the best is enough."""
        import highspy

        highs = _highs()
        for name, value in self._options(gap).items():
            highs.setOptionValue(name, value)
        highs.passModel(self._model(terms))
        if start:
            solution = highspy.HighsSolution()
            solution.col_value = [*start, *[0.0] * (len(self.lower) - len(start))]
            highs.setSolution(solution)
        highs.run()
        info = highs.getInfo()
        if info.primal_solution_status != highspy.kSolutionStatusFeasible:
            return None
        is_proven = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        value = round(info.objective_function_value)
        bound = value if is_proven else math.ceil(info.mip_dual_bound - ROUNDING)
        return Found(list(highs.getSolution().col_value), value, bound, is_proven)

    def _options(self, gap: float) -> dict[str, bool | float | str]:
        return {
            "output_flag": False,
            "threads": 1,
            "parallel": "off",
            "random_seed": 0,
            "mip_rel_gap": gap,
            "mip_abs_gap": ROUNDING if gap else 0.9,  # objectives without a gap are whole numbers
            "mip_max_nodes": 1 if gap else max(WORK // max(len(self.lower), 1), 50),
        }

    def _model(self, terms: Terms) -> "HighsLp":
        import highspy
        import numpy as np

        cost = np.zeros(len(self.lower))
        for column, weight in terms:
            cost[column] += weight
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.lower), len(self.rows)
        model.col_cost_ = cost
        model.col_lower_, model.col_upper_ = np.array(self.lower, dtype=float), np.array(self.upper, dtype=float)
        model.row_lower_ = np.array([row[0] for row in self.rows], dtype=float)
        model.row_upper_ = np.array([row[2] for row in self.rows], dtype=float)
        matrix = model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.start_ = np.cumsum([0, *(len(row[1]) for row in self.rows)], dtype=np.int32)
        matrix.index_ = np.array([column for row in self.rows for column, _ in row[1]], dtype=np.int32)
        matrix.value_ = np.array([weight for row in self.rows for _, weight in row[1]], dtype=float)
        whole, real = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
        model.integrality_ = [whole if is_whole else real for is_whole in self.is_whole]
        return model
