"""Who existed when, as lines on one scale of time: positions in percent, for a drawing made of rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.structures.models import Organization, OrganizationState

TOP, MIDDLE, BOTTOM = 0, 50, 100


@dataclass(frozen=True)
class Handover:
    """The piece of a line from one body to its successor that runs through a row."""

    x: float
    top: int
    bottom: int


@dataclass(frozen=True)
class Lifeline:
    """The row of one body; a start that nobody wrote down is not a date but the edge or the handover."""

    organization: Organization
    state: OrganizationState
    start: float
    end: float
    is_start_known: bool
    meetings: Sequence[float]
    handovers: set[Handover] = field(default_factory=set)


@dataclass(frozen=True)
class Chart:
    years: Sequence[tuple[int, float]]
    day: float
    rows: Sequence[Lifeline]


class Scale:
    """From the first year that something is known of to the end of the last one."""

    def __init__(self, days: Sequence[date]) -> None:
        self.first = date(min(days).year, 1, 1)
        self.last = date(max(days).year + 1, 1, 1)

    def x(self, day: date) -> float:
        day = min(max(day, self.first), self.last)
        return round(100 * (day - self.first).days / (self.last - self.first).days, 2)

    @property
    def years(self) -> list[tuple[int, float]]:
        step = 1 + (self.last.year - self.first.year) // 8  # as many as have room for their number on a phone
        return [(year, self.x(date(year, 1, 1))) for year in range(self.first.year, self.last.year, step)]


def draw(organizations: Sequence[Organization], meetings: Mapping[int, Sequence[date]], day: date) -> Chart:
    """One row per organisation, successors right below whom they follow; `meetings`: by organisation, when it met."""
    organizations = _beside_successors(organizations)
    scale = Scale([day, *_known_days(organizations), *(each for days in meetings.values() for each in days)])
    rows = [_draw_row(organization, meetings.get(organization.id, ()), day, scale) for organization in organizations]
    _connect(rows)
    return Chart(scale.years, scale.x(day), rows)


def _beside_successors(organizations: Sequence[Organization]) -> list[Organization]:
    known = {each.id: each for each in organizations}
    ordered: dict[int, Organization] = {}
    waiting = list(reversed(organizations))
    while waiting:
        organization = waiting.pop()
        if organization.id not in ordered:
            ordered[organization.id] = organization
            successors = [known[each.successor_id] for each in organization.successions if each.successor_id in known]
            waiting.extend(reversed(successors))
    return list(ordered.values())


def _known_days(organizations: Sequence[Organization]) -> list[date]:
    return [known.first_day for each in organizations for known in (each.founded, each.dissolved) if known]


def _draw_row(organization: Organization, meetings: Sequence[date], day: date, scale: Scale) -> Lifeline:
    ends = [succession.predecessor.dissolved.last_day for succession in organization.preceded_by]
    start = organization.founded.first_day if organization.founded else max(ends, default=scale.first)
    return Lifeline(
        organization=organization,
        state=organization.state_on(day),
        start=scale.x(start),
        end=scale.x(organization.dissolved.last_day),
        is_start_known=bool(organization.founded),
        meetings=[scale.x(each) for each in meetings],
    )


def _connect(rows: Sequence[Lifeline]) -> None:
    places = {row.organization.id: place for place, row in enumerate(rows)}
    for row in rows:
        for succession in row.organization.successions:
            if succession.successor_id in places:
                _hand_over(rows, places[row.organization.id], places[succession.successor_id])


def _hand_over(rows: Sequence[Lifeline], source: int, target: int) -> None:
    upper, lower = sorted((source, target))
    x = rows[source].end
    rows[upper].handovers.add(Handover(x, MIDDLE, BOTTOM))
    rows[lower].handovers.add(Handover(x, TOP, MIDDLE))
    for row in rows[upper + 1 : lower]:
        row.handovers.add(Handover(x, TOP, BOTTOM))
