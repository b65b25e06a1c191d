"""Annex 2 for spreadsheets: CSV as German Excel reads it, and XLSX; amounts are numbers there, days are days."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from flask_babel import gettext as _

from app import spreadsheets
from app.concept.money import Sum, amount_of
from app.process_date import ProcessDate, Shape
from app.publishing.annex import Annex, GoalLines, MeasureLine, SectionTable
from app.spreadsheets import Cell, Day, Precision, Sheet

WIDTHS = (8, 24, 42, 10, 10, 42, 10, 10, 42, 24, 30, 14, 12, 12)
PRECISIONS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}  # by the length of the notation


def csv_of(annex: Annex) -> bytes:
    """Each row says which edition it is of."""
    edition = (_("Fassung"), _("vom"), _("Prüfsumme (SHA-256)"))
    rows = [[*row, annex.slug, annex.dated, annex.sha256] for row in _rows(annex)]
    return spreadsheets.csv_of([*_heads(annex), *edition], rows)


def xlsx_of(annex: Annex) -> bytes:
    goals = Sheet(_("Ziele und Maßnahmen"), _heads(annex), list(_rows(annex)), WIDTHS)
    costs = [_cost_sheet(annex)] if annex.totals else []
    return spreadsheets.xlsx_of(goals, *costs, _edition_sheet(annex))


def _cost_sheet(annex: Annex) -> Sheet:
    """Each measure once, so that it adds up; what has no figure is counted, and never 0."""
    measures = [line for line in annex.measures if line.budget]
    heads = [_("Maßnahme Nr."), _("Maßnahme Code"), _("Maßnahme"), _("Verantwortlich"), *_years(annex)]
    rows = [[line.number, line.code, line.wording, line.responsible, *_costs(annex, [line])] for line in measures]
    return Sheet(
        _("Kosten"),
        [*heads, _("Zusammen in Euro"), _("Posten ohne Zahl")],
        rows,
        (10, 10, 42, 24, *(16 for _year in annex.years), 16, 12),
        [_("Zusammen"), "", "", "", *_costs(annex, measures)],
    )


def _costs(annex: Annex, measures: Sequence[MeasureLine]) -> list[Cell]:
    sums = [_sum(measures, year) for year in annex.years]
    total = sum(sums, Sum())
    return [*(each.cell for each in sums), total.cell, total.unknown]


def _sum(measures: Iterable[MeasureLine], year: int) -> Sum:
    return amount_of(each for measure in measures for each in measure.budget if each.year == year)


def _edition_sheet(annex: Annex) -> Sheet:
    facts = [
        [_("Konzept"), annex.title],
        [_("Nummer"), annex.edition],
        [_("Fassung"), annex.slug],
        [_("vom"), annex.dated],
        [_("Prüfsumme (SHA-256)"), annex.sha256],
    ]
    if annex.holds_examples:
        facts.append([_("Hinweis"), _("Die Wortlaute der Ziele und Maßnahmen sind erfundene Beispiele.")])
    return Sheet(_("Fassung"), [_("Angabe"), _("Wert")], facts, (24, 80))


def _heads(annex: Annex) -> list[str]:
    left = [_("Nummer"), _("Thema"), _("Oberziel"), _("Unterziel Nr."), _("Unterziel Code"), _("Unterziel")]
    right = [_("Maßnahme Nr."), _("Maßnahme Code"), _("Maßnahme"), _("Verantwortlich"), _("Mit dabei"), _("Dauer")]
    groups = [_("Lebenslagen"), _("Zielgruppen")] if _names_groups(annex) else []
    return [*left, *right, _("Beginn"), _("Ende"), *groups, *_years(annex)]


def _years(annex: Annex) -> list[str]:
    return [_("%(year)s in Euro", year=year) for year in annex.years]


def _names_groups(annex: Annex) -> bool:
    return any(column.name == "for_whom" for column in annex.columns)


def _rows(annex: Annex) -> Iterator[list[Cell]]:
    """One for each measure under an Unterziel; an Unterziel without one still has its row.

    What a measure costs stands where it comes first: the columns add up.
    """
    first: dict[str, str] = {}
    for section in annex.sections:
        for goal in section.goals:
            if not goal.measures:
                yield _left(section, goal) + [""] * (len(_heads(annex)) - len(_left(section, goal)))
            for measure in goal.measures:
                told_at = first.setdefault(measure.code, goal.number)
                yield [*_left(section, goal), *_right(annex, measure, told_at if told_at != goal.number else "")]


def _left(section: SectionTable, goal: GoalLines) -> list[Cell]:
    return [section.number, section.title, section.overall, goal.number, goal.code, goal.wording]


def _right(annex: Annex, line: MeasureLine, told_at: str) -> list[Cell]:
    facts = [line.number, line.code, line.wording, line.responsible, line.partners, line.duration]
    groups = [", ".join(line.life_situations), ", ".join(line.target_groups)] if _names_groups(annex) else []
    costs: list[Cell] = [_("siehe %(number)s", number=told_at) for _year in annex.years]
    if not told_at:
        costs = [_sum([line], year).cell for year in annex.years]
    return [*facts, *_period(line), *groups, *costs]


def _period(line: MeasureLine) -> list[Cell]:
    starts, ends = ProcessDate(line.starts), ProcessDate(line.ends)
    return [_day(starts, starts.first_day), _day(ends, ends.last_day)]


def _day(when: ProcessDate, day: date) -> Cell:
    """A day that can be reckoned with, shown as precisely as it is known; in words where it is no point in time."""
    return Day(day, PRECISIONS[len(when.notation)]) if when.shape is Shape.POINT else str(when or "")
