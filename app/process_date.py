"""Dates as a process knows them: a day, a month, a year, a range, open ("seit April 2017"), a window, or unknown.

Written in the notation of the Extended Date/Time Format (EDTF, ISO 8601-2:2019): `2016-03-29`, `2016-03`, `2016`,
`2016-05/2017-07`, `2017-04/..`, and for a window ("Februar/März 2018", one point within) `2018-02..2018-03`.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import total_ordering
from typing import Self

from babel.dates import format_date
from flask_babel import get_locale, gettext
from sqlalchemy import Dialect, String, TypeDecorator
from sqlalchemy.types import TypeEngine


class Shape(StrEnum):
    UNKNOWN = ""
    POINT = "point"
    RANGE = "/"
    WINDOW = ".."
    OPEN = "/.."


PART = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
NOTATION = re.compile(rf"(?:{PART}(?:(?:/|\.\.){PART}|/\.\.)?)?", re.ASCII)
FORMATS = {4: "y", 7: "LLLL y", 10: "long"}


@dataclass(frozen=True)
@total_ordering
class ProcessDate:
    """Sorts by its first day, then by its notation; what is unknown comes first."""

    notation: str = ""

    def __post_init__(self) -> None:
        if not NOTATION.fullmatch(self.notation):
            raise ValueError(f"„{self.notation}“ is not a date, a range, a window or open")
        for part in self._parts:
            _days(part)
        if self.shape in {Shape.RANGE, Shape.WINDOW} and not self._parts[0] < self._parts[1]:
            raise ValueError(f"{self.notation}: the end does not come after the start")

    @classmethod
    def on(cls, day: date) -> Self:
        return cls(day.isoformat())

    @property
    def shape(self) -> Shape:
        if not self.notation:
            return Shape.UNKNOWN
        if self.notation.endswith(Shape.OPEN):
            return Shape.OPEN
        return next((shape for shape in (Shape.RANGE, Shape.WINDOW) if shape in self.notation), Shape.POINT)

    @property
    def first_day(self) -> date:
        return _days(self._parts[0])[0] if self.notation else date.min

    @property
    def last_day(self) -> date:
        """The last day it may reach; `date.max` while it is open or unknown."""
        if self.shape in {Shape.UNKNOWN, Shape.OPEN}:
            return date.max
        return _days(self._parts[-1])[1]

    @property
    def starts(self) -> Self:
        """Where it begins, as precisely as it is known: a day, a month or a year."""
        return type(self)(self._parts[0] if self.notation else "")

    @property
    def day(self) -> date | None:
        """The one day it is, where it is known that precisely."""
        return self.first_day if self.notation and self.first_day == self.last_day else None

    @property
    def is_open(self) -> bool:
        """Whether it only says since when."""
        return self.shape is Shape.OPEN

    def later(self, months: int) -> Self:
        """So many months later; where a month is shorter, on its last day.

        Raises ValueError where only the year is known and the months are no whole years.
        """
        parts = [_later(part, months) for part in self._parts]
        if self.shape is Shape.OPEN:
            return type(self)(f"{parts[0]}{Shape.OPEN}")
        return type(self)(self.shape.join(dict.fromkeys(parts)) if len(parts) > 1 else "".join(parts))

    def covers(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def __bool__(self) -> bool:
        return bool(self.notation)

    def __lt__(self, other: Self) -> bool:
        return self._sort_key < other._sort_key

    def __str__(self) -> str:
        """The wording in the reader's language: "Mai 2016 bis Juli 2017"."""
        if not self.notation:
            return gettext("unbekannt")
        if self.shape is Shape.WINDOW:
            return self._window_wording()
        words = [_wording(part) for part in self._parts]
        if self.shape is Shape.OPEN:
            return gettext("seit %(start)s", start=words[0])
        if self.shape is Shape.RANGE:
            return gettext("%(start)s bis %(end)s", start=words[0], end=words[1])
        return words[0]

    @property
    def _sort_key(self) -> tuple[date, str]:
        return self.first_day, self.notation

    @property
    def _parts(self) -> list[str]:
        return [part for part in re.split(r"/|\.\.", self.notation) if part]

    def _window_wording(self) -> str:
        start, end = self._parts
        if start[:4] == end[:4] and len(start) == len("2018-02"):
            return f"{_month(start)}/{_wording(end)}"
        return f"{_wording(start)}/{_wording(end)}"


def _days(part: str) -> tuple[date, date]:
    """First and last day of a year, month or day; raises ValueError for a month or day that does not exist."""
    match list(map(int, part.split("-"))):
        case [year]:
            return date(year, 1, 1), date(year, 12, 31)
        case [year, month]:
            first = date(year, month, 1)
            return first, first.replace(day=calendar.monthrange(year, month)[1])
        case given:
            day = date(*given)
            return day, day


def _later(part: str, months: int) -> str:
    match list(map(int, part.split("-"))):
        case [year]:
            if months % 12:
                raise ValueError(f"{part}: a year and {months} months give no year")
            return f"{year + months // 12:04}"
        case [year, month, *days]:
            year, month = divmod(year * 12 + month - 1 + months, 12)
            last = calendar.monthrange(year, month + 1)[1]
            return "-".join(f"{each:02}" for each in (f"{year:04}", month + 1, *(min(day, last) for day in days)))
    raise ValueError(part)


def _wording(part: str) -> str:
    locale = get_locale() or "de"
    if len(part) == len("2016-03-29"):
        return format_date(_days(part)[0], "long", locale)
    return format_date(_days(part)[0], FORMATS[len(part)], locale)


def _month(part: str) -> str:
    return format_date(_days(part)[0], "LLLL", get_locale() or "de")


class ProcessDateColumn(TypeDecorator[ProcessDate]):
    """A ProcessDate as its first day and its notation, so that the text sorts as the dates do, on both databases."""

    impl = String(36)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        return dialect.type_descriptor(String(36, collation="C" if dialect.name == "postgresql" else None))

    def process_bind_param(self, value: ProcessDate | None, dialect: Dialect) -> str | None:
        return f"{value.first_day} {value.notation}" if value else ""

    def process_result_value(self, value: str | None, dialect: Dialect) -> ProcessDate | None:
        return ProcessDate((value or "").partition(" ")[2])
