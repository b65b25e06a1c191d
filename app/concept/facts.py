"""What a measure bears besides its wording and place: as it is given, and as a history and a conflict compare it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from app.concept.models import (
    BudgetLine,
    Duration,
    Indicator,
    LifeSituation,
    Measure,
    MeasureLifeSituation,
    MeasureTargetGroup,
    Priority,
    TargetGroup,
)
from app.process_date import ProcessDate
from app.structures.models import Organization

SEPARATOR, BAR = "; ", " | "


@dataclass(frozen=True, kw_only=True)
class MeasureFacts:
    """The figure to change needs nothing else; from what, to what and by when may be open."""

    responsible: Organization
    duration: Duration = Duration.PROJECT
    priority: Priority = Priority.NORMAL
    starts: ProcessDate = ProcessDate()
    ends: ProcessDate = ProcessDate()
    life_situations: Sequence[LifeSituation] = ()
    target_groups: Sequence[TargetGroup] = ()
    indicator: Indicator | None = None
    target_from: Decimal | None = None
    target_to: Decimal | None = None
    target_by: ProcessDate = ProcessDate()

    def give_to(self, measure: Measure) -> None:
        measure.responsible = self.responsible
        measure.duration, measure.priority = self.duration, self.priority
        measure.starts, measure.ends = self.starts, self.ends
        measure.indicator, measure.target_by = self.indicator, self.target_by
        measure.target_from, measure.target_to = self.target_from, self.target_to
        situations = {each.life_situation.id: each for each in measure.life_situations}
        measure.life_situations = [
            situations.get(each.id) or MeasureLifeSituation(life_situation=each) for each in self.life_situations
        ]
        groups = {each.target_group.id: each for each in measure.target_groups}
        measure.target_groups = [
            groups.get(each.id) or MeasureTargetGroup(target_group=each) for each in self.target_groups
        ]


def said_of(measure: Measure) -> dict[str, str]:
    """Each fact by its name, as codes, notations and names: what a history keeps. Nothing of persons."""
    return {
        "responsible": measure.responsible.name,
        "duration": measure.duration,
        "priority": measure.priority,
        "starts": measure.starts.notation,
        "ends": measure.ends.notation,
        "life_situations": SEPARATOR.join(sorted(each.life_situation.title for each in measure.life_situations)),
        "target_groups": SEPARATOR.join(sorted(each.target_group.title for each in measure.target_groups)),
        "indicator": measure.indicator.title if measure.indicator else "",
        "target_from": plain(measure.target_from),
        "target_to": plain(measure.target_to),
        "target_by": measure.target_by.notation,
    }


def stand_of_facts(measure: Measure) -> str:
    """A short digest, so that two who change facts at once see each other."""
    return sha256(json.dumps(said_of(measure)).encode()).hexdigest()[:16]


def said_of_money(lines: Sequence[BudgetLine]) -> str:
    """Year, amount, state and kind of cost of each line, in this order; a kind may have come with a file."""
    return SEPARATOR.join(
        BAR.join((str(each.year), plain(each.amount), each.state, _apart(each.cost_type))) for each in lines
    )


def _apart(words: str) -> str:
    """Without the signs that part what is kept."""
    return words.replace(SEPARATOR, ", ").replace(BAR, "/")


def plain(value: Decimal | None) -> str:
    """A number as decimal text, the same on every database, which fill up with zeros as they like."""
    return "" if value is None else f"{value.normalize():f}"
