"""Money of measures added up: what cannot be put in figures is counted, and never as 0."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import repeat
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext

from app.concept.catalogue import Catalogue, CatalogueBudgetLine, CatalogueMeasure, CatalogueSection
from app.concept.in_words import euros
from app.concept.models import BUDGET_STATE_LABELS, BudgetState
from app.council.models import FinancialEffect

IN_BUDGET = frozenset({BudgetState.ENTERED, BudgetState.APPROVED, BudgetState.SPENT})


@dataclass(frozen=True)
class Sum:
    """Euros of the lines that have an amount, and how many have none."""

    amount: Decimal = Decimal(0)
    known: int = 0
    unknown: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(self.amount + other.amount, self.known + other.known, self.unknown + other.unknown)

    @property
    def cell(self) -> Decimal | str:
        """In a spreadsheet: a number as far as there is one."""
        return self.amount if self.known else str(self) if self.unknown else ""

    def __str__(self) -> str:
        if not self.known:
            return str(_("derzeit nicht bezifferbar")) if self.unknown else "–"
        if not self.unknown:
            return euros(self.amount)
        words = ngettext(
            "%(sum)s, dazu %(num)s Posten derzeit nicht bezifferbar",
            "%(sum)s, dazu %(num)s Posten derzeit nicht bezifferbar",
            self.unknown,
            sum=euros(self.amount),
        )
        return str(words)


class Entry(NamedTuple):
    """A line with the measure it is for, and where that stands."""

    line: CatalogueBudgetLine
    measure: CatalogueMeasure
    section: CatalogueSection
    cost_centre: str = ""


class Row(NamedTuple):
    """A sum for each year, and of all."""

    label: str
    sums: Sequence[Sum]
    total: Sum


class Offer(NamedTuple):
    """What a paper may say of its costs."""

    effect: FinancialEffect
    sentence: str
    amount: Decimal | None = None
    year: int | None = None


KEYS: dict[str, Callable[[Entry], str]] = {
    "section": lambda entry: f"{entry.section.number} {entry.section.title}",
    "responsible": lambda entry: entry.measure.responsible_name,
    "state": lambda entry: str(BUDGET_STATE_LABELS[entry.line.state]),
    "cost_centre": lambda entry: entry.cost_centre or str(_("ohne Kostenstelle")),
    "measure": lambda entry: f"{entry.measure.number} {entry.measure.wording}",
}
RANKS: dict[str, Callable[[Entry], int]] = {"state": lambda entry: list(BudgetState).index(entry.line.state)}


def entries_of(catalogue: Catalogue, cost_centres: Mapping[str, Sequence[str]] | None = None) -> list[Entry]:
    """In the order of the catalogue; cost centres where they are given, by code of the measure."""
    known = cost_centres or {}
    return [
        Entry(line, measure, section, centre)
        for section in catalogue.sections
        for measure in section.measures
        for line, centre in zip(measure.budget, known.get(measure.code, repeat("")), strict=False)
    ]


def years_of(entries: Iterable[Entry]) -> list[int]:
    return sorted({entry.line.year for entry in entries})


def amount_of(lines: Iterable[CatalogueBudgetLine]) -> Sum:
    return sum((Sum(Decimal(each.amount), known=1) if each.amount else Sum(unknown=1) for each in lines), Sum())


def sum_of(entries: Iterable[Entry]) -> Sum:
    return amount_of(entry.line for entry in entries)


def by_year(entries: Sequence[Entry]) -> dict[int, Sum]:
    return {year: sum_of(each for each in entries if each.line.year == year) for year in years_of(entries)}


def table(entries: Sequence[Entry], name: str) -> list[Row]:
    """A row for each value of the key, in the order in which they come, states as they follow; the last adds all up."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=RANKS[name]) if name in RANKS else entries:
        groups[KEYS[name](entry)].append(entry)
    years = years_of(entries)
    return [_row(label, found, years) for label, found in [*groups.items(), (_("Zusammen"), entries)]]


def offer_of(catalogue: Catalogue) -> Offer:
    """A sentence for a paper's section on costs, computed from the money of its measures (both papers)."""
    entries = entries_of(catalogue)
    total, years = sum_of(entries), years_of(entries)
    if not entries:
        return Offer(FinancialEffect.NONE, _("Keine. Zu den Maßnahmen ist kein Geld eingetragen."))
    if not total.known:
        sentence = _("Derzeit nicht bezifferbar; Kosten sind abhängig von der Umsetzung einzelner Maßnahmen.")
        return Offer(FinancialEffect.NOT_QUANTIFIABLE, sentence)
    each_year = "; ".join(f"{year}: {found}" for year, found in by_year(entries).items())
    if all(entry.line.state in IN_BUDGET for entry in entries):
        sentence = ngettext(
            "Im Haushalt berücksichtigt. %(sums)s.",
            "In den Haushalten berücksichtigt. %(sums)s.",
            len(years),
            sums=each_year,
        )
        return Offer(FinancialEffect.IN_BUDGET, sentence, total.amount, years[0])
    entered = sum_of(entry for entry in entries if entry.line.state in IN_BUDGET)
    sentence = _("Die Maßnahmen kosten voraussichtlich: %(sums)s.", sums=each_year)
    if entered.known:
        sentence += " " + _("Davon sind %(sum)s im Haushalt berücksichtigt.", sum=euros(entered.amount))
    return Offer(FinancialEffect.QUANTIFIED, sentence, total.amount, years[0])


def _row(label: str, entries: Sequence[Entry], years: Sequence[int]) -> Row:
    sums = [sum_of(entry for entry in entries if entry.line.year == year) for year in years]
    return Row(label, sums, sum_of(entries))
