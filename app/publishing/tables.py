"""Annex 2 for spreadsheets: CSV as German Excel reads it, and XLSX."""

import csv
import io
from collections.abc import Iterator

from flask_babel import gettext as _
from xlsxwriter import Workbook

from app.publishing.annex import Annex, GoalLines, MeasureLine, SectionTable

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
WIDTHS = (8, 24, 42, 10, 10, 42, 10, 10, 42, 24, 30, 14, 24)


def csv_of(annex: Annex) -> bytes:
    """UTF-8 with its mark, semicolons; cells that a spreadsheet would take for a formula are defused."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    edition = (_("Fassung"), _("vom"), _("Prüfsumme (SHA-256)"))
    writer.writerow([*_heads(), *edition])
    for row in _rows(annex):
        writer.writerow([_defused(cell) for cell in (*row, annex.slug, annex.dated, annex.sha256)])
    return text.getvalue().encode("utf-8-sig")


def xlsx_of(annex: Annex) -> bytes:
    """Cells are text, whatever they look like."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(file, options) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(_("Ziele und Maßnahmen"))
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for column, (title, width) in enumerate(zip(_heads(), WIDTHS, strict=True)):
            sheet.set_column(column, column, width, body)
            sheet.write_string(0, column, title, head)
        for number, row in enumerate(_rows(annex), 1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, body)
        _write_edition(book, annex)
    return file.getvalue()


def _write_edition(book: Workbook, annex: Annex) -> None:
    sheet = book.add_worksheet(_("Fassung"))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 80)
    facts = [
        (_("Konzept"), annex.title),
        (_("Nummer"), annex.edition),
        (_("Fassung"), annex.slug),
        (_("vom"), annex.dated),
        (_("Prüfsumme (SHA-256)"), annex.sha256),
    ]
    if annex.holds_examples:
        facts.append((_("Hinweis"), _("Die Wortlaute der Ziele und Maßnahmen sind erfundene Beispiele.")))
    for row, (name, value) in enumerate(facts):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)


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


def _defused(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
