"""Annex 2: the table of goals and county measures of an edition; ideas and good practice are left out.

2017 paper, section 3: "Eine tabellarische Übersicht der in den einzelnen Handlungsfeldern und Querschnittsthemen
formulierten Ziele und geplanten Maßnahmen auf Landkreisebene".
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from app.concept import money, queries, vocabularies
from app.concept.catalogue import (
    Catalogue,
    CatalogueBudgetLine,
    CatalogueGoal,
    CatalogueMeasure,
    CatalogueSection,
    canonical,
    checksum,
)
from app.concept.in_words import budget_in_words
from app.concept.models import DURATION_LABELS, SECTION_KIND_LABELS, Duration, LifeSituation


@dataclass(frozen=True)
class MeasureLine:
    number: str
    code: str
    wording: str
    responsible: str
    partners: str
    duration: str
    when: str
    starts: str  # notations (app/process_date.py)
    ends: str
    life_situations: Sequence[str]
    target_groups: Sequence[str]
    for_whom: str  # both
    costs: str
    budget: Sequence[CatalogueBudgetLine]


@dataclass(frozen=True)
class GoalLines:
    """An Unterziel with the measures that serve it; without number and code for those that serve none."""

    number: str
    code: str
    wording: str
    measures: Sequence[MeasureLine]


@dataclass(frozen=True)
class SectionTable:
    kind: str
    number: str
    title: str
    overall: str
    goals: Sequence[GoalLines]


class Column(NamedTuple):
    """What a measure says there; `width` beside others, in print."""

    name: str
    label: object
    width: float
    is_optional: bool = False


COLUMNS = (
    Column("responsible", lazy_gettext("Verantwortlich"), 1.4),
    Column("partners", lazy_gettext("Mit dabei"), 1.7),
    Column("for_whom", lazy_gettext("Für wen"), 1.5, is_optional=True),
    Column("when", lazy_gettext("Zeitraum"), 1.3),
    Column("costs", lazy_gettext("Kosten"), 1.9, is_optional=True),
)


@dataclass(frozen=True)
class YearTotal:
    """What all measures cost in a year, each counted once."""

    year: int
    total: str


@dataclass(frozen=True)
class Annex:
    """The table, and what says which edition it is: slug, date and checksum."""

    slug: str
    title: str
    edition: str
    dated: str
    sha256: str
    is_working: bool
    holds_examples: bool
    sections: Sequence[SectionTable]
    totals: Sequence[YearTotal]

    @property
    def name(self) -> str:
        """Of a file, without its ending."""
        return f"anlage-2-{self.slug}"

    @property
    def years(self) -> list[int]:
        return [each.year for each in self.totals]

    @property
    def measures(self) -> list[MeasureLine]:
        """Each once, also where it serves several Unterziele."""
        lines = (line for section in self.sections for goal in section.goals for line in goal.measures)
        return list({line.code: line for line in lines}.values())

    @property
    def columns(self) -> list[Column]:
        """Beside Unterziel and measure; the optional ones where at least one measure says something there."""
        return [
            each for each in COLUMNS if not each.is_optional or any(getattr(line, each.name) for line in self.measures)
        ]


def annex_of(catalogue: Catalogue, agreed: Collection[tuple[str, str]] | None = None) -> Annex:
    """The annex of a frozen edition, or of the working edition as it stands now.

    It names the partners who agree (code of the measure, slug), by default today.
    """
    lines = _lines(catalogue, agreed)
    return Annex(
        slug=catalogue.slug,
        title=catalogue.title,
        edition=catalogue.edition,
        dated="" if catalogue.is_working else str(catalogue.dated),
        sha256=catalogue.sha256 or checksum(canonical(catalogue)),
        is_working=catalogue.is_working,
        holds_examples=catalogue.holds_examples,
        sections=[_table(catalogue, section, lines) for section in catalogue.sections],
        totals=[YearTotal(year, str(total)) for year, total in money.by_year(money.entries_of(catalogue)).items()],
    )


def _table(catalogue: Catalogue, section: CatalogueSection, lines: dict[str, MeasureLine]) -> SectionTable:
    def goal_lines(goal: CatalogueGoal) -> GoalLines:
        found = [lines[measure.code] for measure in catalogue.measures_of(goal.code)]
        return GoalLines(goal.number, goal.code, goal.wording, found)

    goals = [goal_lines(goal) for goal in section.sub_goals]
    sub_goals = {goal.code for each in catalogue.sections for goal in each.sub_goals}
    if rest := [lines[each.code] for each in section.measures if sub_goals.isdisjoint(each.goals)]:
        goals.append(GoalLines("", "", str(_("Weitere Maßnahmen")), rest))
    return SectionTable(
        kind=str(SECTION_KIND_LABELS[section.kind]),
        number=section.number,
        title=section.title,
        overall=section.overall.wording if section.overall else "",
        goals=goals,
    )


def _lines(catalogue: Catalogue, agreed: Collection[tuple[str, str]] | None) -> dict[str, MeasureLine]:
    """By code of the measure."""
    measures = catalogue.measures
    if agreed is None:
        agreed = queries.partners_who_agree([measure.code for measure in measures])
    slugs = {slug for measure in measures for slug in measure.partners}
    names = {slug: organization.name for slug, organization in queries.named_organizations(slugs).items()}
    situations = {each.slug: each.title for each in vocabularies.terms(LifeSituation)}

    def line(measure: CatalogueMeasure) -> MeasureLine:
        partners = [names[slug] for slug in measure.partners if (measure.code, slug) in agreed and slug in names]
        return _line(measure, partners, [situations.get(slug, slug) for slug in measure.life_situations])

    return {measure.code: line(measure) for measure in measures}


def _line(measure: CatalogueMeasure, partners: Sequence[str], situations: Sequence[str]) -> MeasureLine:
    groups = [group.title for group in measure.target_groups]
    return MeasureLine(
        number=measure.number,
        code=measure.code,
        wording=measure.wording,
        responsible=measure.responsible_name,
        partners=", ".join(partners),
        duration=str(DURATION_LABELS[measure.duration]),
        when=period(measure),
        starts=measure.starts.notation,
        ends=measure.ends.notation,
        life_situations=situations,
        target_groups=groups,
        for_whom=", ".join(dict.fromkeys([*situations, *groups])),
        costs=budget_in_words(measure.budget),
        budget=measure.budget,
    )


def period(measure: CatalogueMeasure) -> str:
    """When it runs, as far as that is known."""
    if measure.starts and measure.ends:
        return str(_("%(start)s bis %(end)s", start=measure.starts, end=measure.ends))
    if measure.starts and measure.duration is Duration.PERMANENT:
        return str(_("seit %(start)s", start=measure.starts))
    if measure.starts:
        return str(_("ab %(start)s", start=measure.starts))
    return str(_("bis %(end)s", end=measure.ends)) if measure.ends else ""
