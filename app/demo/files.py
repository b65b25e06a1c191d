"""Read the county's data files (data/<county>/*.csv): every error names the file, the line and the reason."""

import csv
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import NoReturn, TypeVar

from app.errors import DomainError
from app.process_date import ProcessDate

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
RELATIVE_DAY = re.compile(rf"([+-]\d+)(?: ({'|'.join(WEEKDAYS)}))?", re.ASCII)
TRUTH = {"yes": True, "no": False}


class DataError(DomainError):
    """A data file cannot be loaded; the message says where and why."""

    def __init__(self, file: Path, line: int, reason: str) -> None:
        super().__init__(f"{file.name}, Zeile {line}: {reason}")


class Row:
    """A line of a file; each method reads one cell and refuses what does not belong there."""

    def __init__(self, file: Path, line: int, cells: Mapping[str, str], today: date) -> None:
        self.file = file
        self.line = line
        self.cells = cells
        self.today = today

    def text(self, column: str) -> str:
        return self.cells[column].strip()

    def required(self, column: str) -> str:
        return self.text(column) or self._refuse(column, "fehlt")

    def flag(self, column: str) -> bool:
        value = self.optional_flag(column)
        return self._refuse(column, "ist weder „yes“ noch „no“") if value is None else value

    def optional_flag(self, column: str) -> bool | None:
        """None for an empty cell: the source does not say."""
        value = self.text(column)
        return self.one_in(column, TRUTH) if value else None

    def integer(self, column: str) -> int:
        value = self.optional_integer(column)
        return self._refuse(column, "fehlt") if value is None else value

    def optional_integer(self, column: str) -> int | None:
        value = self.text(column)
        if not value:
            return None
        return (
            int(value) if re.fullmatch(r"[+-]?\d+", value, re.ASCII) else self._refuse(column, "ist keine ganze Zahl")
        )

    def decimal(self, column: str) -> Decimal:
        value = self.optional_decimal(column)
        return self._refuse(column, "fehlt") if value is None else value

    def optional_decimal(self, column: str) -> Decimal | None:
        value = self.text(column)
        try:
            return Decimal(value) if value else None
        except InvalidOperation:
            return self._refuse(column, "ist keine Zahl")

    def day(self, column: str) -> date:
        value = self.optional_day(column)
        return self._refuse(column, "fehlt") if value is None else value

    def optional_day(self, column: str) -> date | None:
        """A date, or days from the day of loading: `-3`, or `+49 sat`, the first Saturday at least 49 days ahead.

        Looking back (`-60 mon`) it is the last such weekday at least that many days ago.
        """
        value = self.text(column)
        if not value:
            return None
        if match := RELATIVE_DAY.fullmatch(value):
            return _relative_day(self.today, int(match[1]), match[2])
        try:
            return date.fromisoformat(value)
        except ValueError:
            return self._refuse(column, f"„{value}“ ist kein Datum")

    def year(self, column: str) -> int:
        """A year, or years from the year of loading: `+1`."""
        value = self.integer(column)
        return self.today.year + value if self.text(column).startswith("+") else value

    def process_date(self, column: str) -> ProcessDate:
        value = self.text(column)
        if RELATIVE_DAY.fullmatch(value):
            return ProcessDate.on(self.day(column))
        try:
            return ProcessDate(value)
        except ValueError:
            return self._refuse(column, f"„{value}“ ist keine Zeitangabe wie 2016-03, 2016-05/2017-07 oder 2017-04/..")

    def many(self, column: str) -> list[str]:
        return [value.strip() for value in self.text(column).split(";") if value.strip()]

    def one_of(self, column: str, enum: type[E]) -> E:
        return self.one_in(column, {member.value: member for member in enum})

    def one_in(self, column: str, known: Mapping[str, T]) -> T:
        """What the cell names: a slug or key of a file read before."""
        return self._find(column, self.required(column), known)

    def optional_in(self, column: str, known: Mapping[str, T]) -> T | None:
        value = self.text(column)
        return self._find(column, value, known) if value else None

    def many_in(self, column: str, known: Mapping[str, T]) -> list[T]:
        return [self._find(column, value, known) for value in self.many(column)]

    def refuse(self, reason: str) -> DataError:
        """For what only the loader can see: `raise row.refuse("...")`."""
        return DataError(self.file, self.line, reason)

    @contextmanager
    def telling_where(self) -> Iterator[None]:
        """What a service refuses in this block is told with file and line, too."""
        try:
            yield
        except DataError:
            raise
        except DomainError as error:
            raise self.refuse(str(error)) from error

    def _find(self, column: str, value: str, known: Mapping[str, T]) -> T:
        return known[value] if value in known else self._refuse(column, f"„{value}“ ist nicht bekannt")

    def _refuse(self, column: str, reason: str) -> NoReturn:
        raise self.refuse(f"{column} {reason}")


def read(file: Path, columns: Collection[str], today: date) -> Iterator[Row]:
    """The rows of a CSV file that has exactly these columns; raises DataError."""
    try:
        content = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise DataError(file, 0, "die Datei fehlt") from None
    except UnicodeDecodeError:
        raise DataError(file, 0, "die Datei ist nicht in UTF-8 gespeichert") from None
    reader = csv.reader(content.splitlines(keepends=True), strict=True)
    header = next(reader, [])
    if sorted(header) != sorted(columns):
        unknown, missing = set(header) - set(columns), set(columns) - set(header)
        raise DataError(file, 1, f"Spalten zu viel: {sorted(unknown)}, Spalten fehlen: {sorted(missing)}")
    try:
        for cells in reader:
            if len(cells) != len(header):
                raise DataError(file, reader.line_num, f"{len(cells)} Zellen statt {len(header)}")
            yield Row(file, reader.line_num, dict(zip(header, cells, strict=True)), today)
    except csv.Error as error:
        raise DataError(file, reader.line_num, f"kein lesbares CSV ({error})") from error


def load_rows(file: Path, columns: Collection[str], today: date, add: Callable[[Row], object]) -> None:
    """Hand each row of the file to `add`; raises DataError, also for what a service refuses there."""
    for row in read(file, columns, today):
        with row.telling_where():
            add(row)


def _relative_day(today: date, days: int, weekday: str | None) -> date:
    day = today + timedelta(days=days)
    step = timedelta(days=1 if days >= 0 else -1)
    while weekday and day.weekday() != WEEKDAYS.index(weekday):
        day += step
    return day
