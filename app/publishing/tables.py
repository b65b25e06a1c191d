"""Annex 2 for spreadsheets: CSV as German Excel reads it, and XLSX."""

from collections.abc import Iterator

from flask_babel import gettext as _

from app import spreadsheets
from app.publishing.annex import Annex, GoalLines, MeasureLine, SectionTable
from app.spreadsheets import Sheet

WIDTHS = (8, 24, 42, 10, 10, 42, 10, 10, 42, 24, 30, 14, 24)


def csv_of(annex: Annex) -> bytes:
    """Each row says which edition it is of."""
    edition = (_("Fassung"), _("vom"), _("Prüfsumme (SHA-256)"))
    rows = [[*row, annex.slug, annex.dated, annex.sha256] for row in _rows(annex)]
    return spreadsheets.csv_of([*_heads(), *edition], rows)


def xlsx_of(annex: Annex) -> bytes:
    goals = Sheet(_("Ziele und Maßnahmen"), _heads(), list(_rows(annex)), WIDTHS)
    return spreadsheets.xlsx_of(goals, _edition_sheet(annex))


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


def _heads() -> list[str]:
    return [
        _("Nummer"),
        _("Thema"),
        _("Oberziel"),
        _("Unterziel Nr."),
        _("Unterziel Code"),
        _("Unterziel"),
        _("Maßnahme Nr."),
        _("Maßnahme Code"),
        _("Maßnahme"),
        _("Verantwortlich"),
        _("Mit dabei"),
        _("Dauer"),
        _("Zeitraum"),
    ]


def _rows(annex: Annex) -> Iterator[list[str]]:
    """One for each measure under an Unterziel; an Unterziel without one still has its row."""
    for section in annex.sections:
        for goal in section.goals:
            if not goal.measures:
                yield _row(section, goal, None)
            for measure in goal.measures:
                yield _row(section, goal, measure)


def _row(section: SectionTable, goal: GoalLines, measure: MeasureLine | None) -> list[str]:
    left = [section.number, section.title, section.overall, goal.number, goal.code, goal.wording]
    if measure is None:
        return [*left, *[""] * 7]
    right = [measure.number, measure.code, measure.wording, measure.responsible, measure.partners, measure.duration]
    return [*left, *right, measure.when]
