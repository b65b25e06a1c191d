"""Annex 2: the table of goals and county measures of an edition; ideas and good practice are left out.

2017 paper, section 3: "Eine tabellarische Übersicht der in den einzelnen Handlungsfeldern und Querschnittsthemen
formulierten Ziele und geplanten Maßnahmen auf Landkreisebene".
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.concept import queries
from app.concept.catalogue import Catalogue, CatalogueGoal, CatalogueMeasure, CatalogueSection, canonical, checksum
from app.concept.models import DURATION_LABELS, SECTION_KIND_LABELS, Duration


@dataclass(frozen=True)
class MeasureLine:
    number: str
    code: str
    wording: str
    responsible: str
    partners: str
    duration: str
    when: str


@dataclass(frozen=True)
class GoalLines:
    """An Unterziel with the measures that serve it."""

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

    @property
    def name(self) -> str:
        """Of a file, without its ending."""
        return f"anlage-2-{self.slug}"


def annex_of(catalogue: Catalogue, agreed: Collection[tuple[str, str]] | None = None) -> Annex:
    """The annex of a frozen edition, or of the working edition as it stands now.

    It names the partners who agree (code of the measure, slug), by default today.
    """
    if agreed is None:
        agreed = queries.partners_who_agree([measure.code for measure in catalogue.measures])
    slugs = {slug for measure in catalogue.measures for slug in measure.partners}
    names = {slug: organization.name for slug, organization in queries.named_organizations(slugs).items()}

    def line(measure: CatalogueMeasure) -> MeasureLine:
        named = [slug for slug in measure.partners if (measure.code, slug) in agreed and slug in names]
        return MeasureLine(
            number=measure.number,
            code=measure.code,
            wording=measure.wording,
            responsible=measure.responsible_name,
            partners=", ".join(names[slug] for slug in named),
            duration=str(DURATION_LABELS[measure.duration]),
            when=period(measure),
        )

    def goal_lines(goal: CatalogueGoal) -> GoalLines:
        measures = [line(measure) for measure in catalogue.measures_of(goal.code)]
        return GoalLines(goal.number, goal.code, goal.wording, measures)

    def table(section: CatalogueSection) -> SectionTable:
        return SectionTable(
            kind=str(SECTION_KIND_LABELS[section.kind]),
            number=section.number,
            title=section.title,
            overall=section.overall.wording if section.overall else "",
            goals=[goal_lines(goal) for goal in section.sub_goals],
        )

    return Annex(
        slug=catalogue.slug,
        title=catalogue.title,
        edition=catalogue.edition,
        dated="" if catalogue.is_working else str(catalogue.dated),
        sha256=catalogue.sha256 or checksum(canonical(catalogue)),
        is_working=catalogue.is_working,
        holds_examples=catalogue.holds_examples,
        sections=[table(section) for section in catalogue.sections],
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
