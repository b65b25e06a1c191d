"""Tables as people keep them: CSV, XLSX and JSON, read in any usual encoding, written so that nothing is lost."""

import csv
import io
import json
import re
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from flask_babel import get_locale
from flask_babel import lazy_gettext as _

from app.errors import DomainError

ZIP = b"PK\x03\x04"
MOST_UNPACKED = 64 * 1024 * 1024  # bytes; a spreadsheet that unpacks to more is none
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
AS_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
HALF_SIGN_OR_NUL = re.compile("[\0\ud800-\udfff]")
SHEET_NAME = 31  # Excel's limit
WIDTH = 24
BODY = {"text_wrap": True, "valign": "top"}
TOTAL = {"bold": True, "top": 1}
# What broken files make the readers raise; a broken XML inside is a SyntaxError
UNREADABLE = (OSError, ValueError, KeyError, IndexError, SyntaxError, RecursionError, csv.Error, zlib.error, BadZipFile)
MIMETYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


class FileUnreadable(DomainError):
    message = _("Die Datei ist keine lesbare CSV-, XLSX- oder JSON-Datei mit den nötigen Spalten.")


class Line(NamedTuple):
    """One row, by the lower-case names of its columns; `number` as a spreadsheet counts, the header being 1."""

    number: int
    cells: dict[str, str]


class Precision(Enum):
    """How precisely a day is known: how it is written in a spreadsheet, and in a text."""

    DAY = ("dd.mm.yyyy", "%d.%m.%Y")
    MONTH = ("mm.yyyy", "%m.%Y")
    YEAR = ("yyyy", "%Y")


class Day(NamedTuple):
    day: date
    precision: Precision = Precision.DAY


Cell = str | int | Decimal | Day  # a whole number is counted, a decimal one is euros


class Sheet(NamedTuple):
    """A table to write. `widths` in characters, by column; those left out are 24. What adds up stands last, in bold."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int] = ()
    total: Sequence[Cell] = ()


def read(content: bytes, *, required: str) -> list[Line]:
    """All rows that are not empty; raises FileUnreadable, also where the required column is missing."""
    try:
        rows = list(_rows(content))
    except UNREADABLE as error:
        raise FileUnreadable from error
    header = [name.strip().lower() for name in rows[0]] if rows else []
    if required not in header:
        raise FileUnreadable
    return [
        Line(number, dict(zip(header, (cell.strip() for cell in row), strict=False)))
        for number, row in enumerate(rows[1:], 2)
        if any(cell.strip() for cell in row)
    ]


def csv_of(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """As German Excel reads it: UTF-8 with its mark, semicolons.

    What it would take for a formula is defused by an apostrophe, which `read` takes away again.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_in_words(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_of(*sheets: Sheet) -> bytes:
    """Text stays text, whatever it looks like; numbers and days can be reckoned with.

    From right to left where the language is.
    """
    from xlsxwriter import Workbook  # slow to load: only where a spreadsheet is written

    file = io.BytesIO()
    with Workbook(file, AS_TEXT) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        body = book.add_format(BODY)
        formats: dict[str, Any] = {}
        for each in sheets:
            sheet = book.add_worksheet(each.title[:SHEET_NAME])
            if get_locale().text_direction == "rtl":
                sheet.right_to_left()
            sheet.freeze_panes(1, 0)
            sheet.repeat_rows(0)
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            for column, name in enumerate(each.heads):
                width = each.widths[column] if column < len(each.widths) else WIDTH
                sheet.set_column(column, column, width, body)
                sheet.write_string(0, column, name, head)
            for number, row in enumerate(each.rows, 1):
                for column, cell in enumerate(row):
                    _write(sheet, number, column, cell, _format(book, formats, cell))
            for column, cell in enumerate(each.total):
                _write(sheet, len(each.rows) + 1, column, cell, _format(book, formats, cell, is_total=True))
    return file.getvalue()


def json_of(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """A list with an object for each row; `read` takes it as it is."""
    content = [dict(zip(heads, row, strict=True)) for row in rows]
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _write(sheet: Any, row: int, column: int, cell: Cell, style: Any) -> None:  # noqa: ANN401 -- xlsxwriter has no types
    if cell == "":
        sheet.write_blank(row, column, None, style)  # or a spreadsheet takes it for a word
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell, style)
    elif isinstance(cell, Day):
        sheet.write_datetime(row, column, cell.day, style)
    else:
        sheet.write_number(row, column, cell, style)


def _format(book: Any, made: dict[str, Any], cell: Cell, *, is_total: bool = False) -> Any:  # noqa: ANN401 -- the same
    """Each kind once in a book."""
    look = BODY | ({"num_format": _pattern(cell)} if _pattern(cell) else {}) | (TOTAL if is_total else {})
    if str(look) not in made:
        made[str(look)] = book.add_format(look)
    return made[str(look)]


def _pattern(cell: Cell) -> str:
    if isinstance(cell, Day):
        return cell.precision.value[0]
    return "#,##0.00" if isinstance(cell, Decimal) else "0" if isinstance(cell, int) else ""


def _in_words(cell: Cell) -> str:
    """In a file that holds text only, as German Excel reads it."""
    if isinstance(cell, Day):
        return cell.day.strftime(cell.precision.value[1])
    return f"{cell:.2f}".replace(".", ",") if isinstance(cell, Decimal) else _defused(str(cell))


def _rows(content: bytes) -> Iterator[Sequence[str]]:
    if content.startswith(ZIP):
        return _xlsx(content)
    text = _text(content)
    return _json(text) if text.lstrip().startswith(("[", "{")) else _csv(text)


def _text(content: bytes) -> str:
    if b"\0" in content:
        raise ValueError("not a text file")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")  # what Excel writes in Germany, a superset of Latin-1


def _csv(text: str) -> Iterator[list[str]]:
    first_line = text.partition("\n")[0]
    delimiter = max(";,\t", key=first_line.count) if any(sign in first_line for sign in ";,\t") else ","
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
        yield [_restored(cell) for cell in row]


def _json(text: str) -> Iterator[list[str]]:
    rows = json.loads(text)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("no list of objects")
    heads = list(dict.fromkeys(name for row in rows for name in row))
    yield heads
    for row in rows:
        yield [_as_text(row.get(name)) for name in heads]


def _xlsx(content: bytes) -> Iterator[list[str]]:
    from openpyxl import load_workbook  # slow to load: only where a spreadsheet is read
    from openpyxl.utils.exceptions import InvalidFileException

    file = io.BytesIO(content)
    with ZipFile(file) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED:
            raise ValueError("unpacks to too much")
    try:
        sheet = load_workbook(file, read_only=True, data_only=True).worksheets[0]
    except InvalidFileException as error:
        raise FileUnreadable from error
    for row in sheet.iter_rows(values_only=True):
        yield [_as_text(cell) for cell in row]


def _as_text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else HALF_SIGN_OR_NUL.sub("", str(cell))


def _defused(cell: str) -> str:
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA_STARTS) else cell


def _restored(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_STARTS) else cell
