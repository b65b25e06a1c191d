"""What became of the facts of a measure over time, in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from flask_babel import gettext

from app.concept.facts import BAR, SEPARATOR
from app.concept.in_words import euros, number
from app.concept.models import (
    BUDGET_STATE_LABELS,
    DURATION_LABELS,
    PRIORITY_LABELS,
    BudgetState,
    CatalogueChange,
    Duration,
    Priority,
)
from app.concept.views.words import AMENDED_LABELS
from app.process_date import ProcessDate


@dataclass(frozen=True)
class AmendedFact:
    label: object
    before: str
    after: str


@dataclass(frozen=True)
class Amendment:
    at: datetime
    reason: str
    facts: Sequence[AmendedFact]


def amendments(changes: Sequence[CatalogueChange]) -> list[Amendment]:
    """The latest first; changes of other things are left out."""
    return [
        Amendment(
            change.made_at,
            change.reason,
            [
                AmendedFact(AMENDED_LABELS[each.field], _said(each.field, each.before), _said(each.field, each.after))
                for each in change.amendments
            ],
        )
        for change in reversed(changes)
        if change.amendments
    ]


def facts_in_words(said: Mapping[str, str]) -> list[tuple[object, str]]:
    return [(AMENDED_LABELS[name], _said(name, value)) for name, value in said.items()]


def _said(field: str, value: str) -> str:
    return WORDS.get(field, str)(value) if value else gettext("nichts")


def _listed(value: str) -> str:
    return ", ".join(value.split(SEPARATOR))


def _money(value: str) -> str:
    return ", ".join(_line(line) for line in value.split(SEPARATOR))


def _line(line: str) -> str:
    """2018: 18.000 Euro (bewilligt)."""
    year, amount, state, _cost_type = line.split(BAR)
    label = BUDGET_STATE_LABELS[BudgetState(state)]
    return f"{year}: {euros(Decimal(amount))} ({label})" if amount else f"{year}: {label}"


def _when(value: str) -> str:
    return str(ProcessDate(value))


WORDS: Mapping[str, Callable[[str], str]] = {
    "duration": lambda value: str(DURATION_LABELS[Duration(value)]),
    "priority": lambda value: str(PRIORITY_LABELS[Priority(value)]),
    "starts": _when,
    "ends": _when,
    "target_by": _when,
    "target_from": number,
    "target_to": number,
    "life_situations": _listed,
    "target_groups": _listed,
    "budget": _money,
}
