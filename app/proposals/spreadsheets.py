"""Rows of a CSV or XLSX file as people export them: any of the usual encodings and separators."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile

from app.proposals.errors import FileUnreadable


class Line(NamedTuple):
    """One row, by the lower-case names of its columns; `number` as a spreadsheet counts, the header being 1."""

    number: int
    cells: dict[str, str]


def read(path: Path, *, required: str) -> list[Line]:
    """All rows that are not empty; raises FileUnreadable, also where the required column is missing."""
    try:
        rows = list(_xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path))
    except (OSError, ValueError, KeyError, csv.Error, BadZipFile) as error:
        raise FileUnreadable from error
    header = [name.strip().lower() for name in rows[0]] if rows else []
    if required not in header:
        raise FileUnreadable
    return [
        Line(number, dict(zip(header, (cell.strip() for cell in row), strict=False)))
        for number, row in enumerate(rows[1:], 2)
        if any(cell.strip() for cell in row)
    ]


def _csv(path: Path) -> Iterator[list[str]]:
    content = path.read_bytes()
    if b"\0" in content:
        raise ValueError("not a text file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # what Excel writes in Germany, a superset of Latin-1
    first_line = text.partition("\n")[0]
    delimiter = ";" if first_line.count(";") > first_line.count(",") else ","
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _xlsx(path: Path) -> Iterator[list[str]]:
    from openpyxl import load_workbook  # slow to load: only where a spreadsheet is read
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        sheet = load_workbook(path, read_only=True, data_only=True).worksheets[0]
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
    return "" if cell is None else str(cell)
