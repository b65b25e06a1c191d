"""Tables as people keep them: CSV, XLSX and JSON, read in any usual encoding, written so that nothing is lost."""

import csv
import io
import json
import re
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple
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


class Sheet(NamedTuple):
    """A table to write. `widths` in characters, by column; those left out are 24."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int] = ()


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


def csv_of(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """As German Excel reads it: UTF-8 with its mark, semicolons.

    What it would take for a formula is defused by an apostrophe, which `read` takes away again.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_defused(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_of(*sheets: Sheet) -> bytes:
    """Cells are text, whatever they look like; from right to left where the language is."""
    from xlsxwriter import Workbook  # slow to load: only where a spreadsheet is written

    file = io.BytesIO()
    with Workbook(file, AS_TEXT) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        body = book.add_format({"text_wrap": True, "valign": "top"})
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
                    sheet.write_string(number, column, cell, body)
    return file.getvalue()


def json_of(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """A list with an object for each row; `read` takes it as it is."""
    content = [dict(zip(heads, row, strict=True)) for row in rows]
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


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
