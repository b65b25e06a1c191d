"""The numbers of a call as pictures: where each column, line and bar stands."""

from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from flask_babel import gettext as _

from app.proposals.figures import Bar, Week

WIDTH, HEIGHT = 320, 150  # of the drawing, in units of its own
MOST_BARS = 12  # a picture names them A to L


class Column(NamedTuple):
    """A week: what came in, and all that had come in by its end."""

    monday: date
    times: int
    total: int
    x: float
    width: float
    height: float
    line_y: float


class WeekChart(NamedTuple):
    columns: Sequence[Column]
    line: str  # the points of the running total
    top: int  # what the upper edge stands for
    target_y: float | None


def week_chart(weeks: Sequence[Week], target: int | None) -> WeekChart:
    """Columns and running total on one scale, so that both can be compared; up to the target where there is one."""
    totals = list(accumulate(week.times for week in weeks))
    top = max([*totals, target or 0])
    step = WIDTH / len(weeks)
    columns = [
        Column(
            week.monday,
            week.times,
            total,
            x=round(number * step + step * 0.15, 1),
            width=round(step * 0.7, 1),
            height=round(week.times / top * HEIGHT, 1),
            line_y=round(HEIGHT - total / top * HEIGHT, 1),
        )
        for number, (week, total) in enumerate(zip(weeks, totals, strict=True))
    ]
    points = " ".join(f"{round(column.x + column.width / 2, 1)},{column.line_y}" for column in columns)
    return WeekChart(columns, points, top, round(HEIGHT - target / top * HEIGHT, 1) if target else None)


def named(bars: Sequence[Bar]) -> list[Bar]:
    """At most as many as a picture can name: what is rare becomes one bar, what was not told gets a word."""
    told = [bar._replace(label=str(bar.label) or _("nicht angegeben")) for bar in bars]
    if len(told) <= MOST_BARS:
        return told
    shown, rest = told[: MOST_BARS - 1], told[MOST_BARS - 1 :]
    others = Bar("", _("alle anderen"), sum(bar.times for bar in rest), sum(bar.share for bar in rest))
    return [*shown, others]
