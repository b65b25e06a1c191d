"""The lists of the day for spreadsheets. Cells are text, whatever they look like."""

import io
from collections.abc import Sequence

from flask_babel import get_locale
from flask_babel import gettext as _
from xlsxwriter import Workbook

from app.attendance.documents import by_tables, seats_in_short
from app.attendance.queries import Expected
from app.events.models import Event

AS_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
SHEET_NAME = 31  # Excel's limit


def people_xlsx(event: Event, people: Sequence[Expected]) -> bytes:
    """One sheet by name, and where there are tables one by table; with columns to tick and to sign."""
    file = io.BytesIO()
    with Workbook(file, AS_TEXT) as book:
        _write(book, _("Nach Name"), [_row(person, seats_in_short(person.seats)) for person in people])
        if event.tables:
            rows = [_row(person, title) for title, group in by_tables(event, people) for person in group]
            _write(book, _("Nach Tisch"), rows)
    return file.getvalue()


def _row(person: Expected, table: str) -> list[str]:
    return [person.name, person.organization, table, "", ""]


def _write(book: Workbook, title: str, rows: Sequence[Sequence[str]]) -> None:
    sheet = book.add_worksheet(title[:SHEET_NAME])
    head = book.add_format({"bold": True, "bottom": 1})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    heads = [_("Name"), _("Organisation"), _("Tisch"), _("Da"), _("Unterschrift")]
    if get_locale().text_direction == "rtl":
        sheet.right_to_left()
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for column, (name, width) in enumerate(zip(heads, (36, 30, 24, 6, 36), strict=True)):
        sheet.set_column(column, column, width, body)
        sheet.write_string(0, column, name, head)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell, body)
