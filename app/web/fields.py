"""Fields that several features ask with."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

import wtforms
from babel.numbers import NumberFormatError, parse_decimal
from flask_babel import format_decimal, get_locale
from flask_babel import lazy_gettext as _
from wtforms import DateField, DateTimeLocalField, Form, SelectChoice, SelectMultipleField, StringField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.process_date import ProcessDate, Shape

E = TypeVar("E", bound=StrEnum)
MONTHS = (
    *("januar", "februar", "märz", "april", "mai", "juni"),
    *("juli", "august", "september", "oktober", "november", "dezember"),
)
POINT = re.compile(r"(?:(?P<day>\d{1,2})\.\s*)?(?:(?P<month>\d{1,2})\.\s*|(?P<name>[^\W\d]+)\s+)?(?P<year>\d{4})")
FIRST_YEAR, LAST_YEAR = 1900, 2200
MOST_EUROS = 10**9
MOST_DIGITS = 18
YEAR = re.compile(r"\d{4}")


class BoxesField(SelectMultipleField):
    """Any number of choices, a box each."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ProcessDateField(StringField):
    """A date as precise as it is known, typed as people write it; `data` is a ProcessDate.

    29.03.2016, März 2016 or 03.2016, 2016, „05.2016 bis 07.2017“, „seit 04.2017“, „Februar/März 2018“.
    """

    HINT = _(
        "So genau, wie Sie es wissen: 29.03.2016, März 2016, 2016, „seit April 2017“ oder „Mai 2016 bis Juli 2017“."
    )

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **{"description": self.HINT, "default": ProcessDate(), **options})

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return write(self.data) if self.data else ""

    def process_formdata(self, values: list[str]) -> None:
        if values:
            self.data = ProcessDate()
            self.data = self._read(values[0])

    def _read(self, words: str) -> ProcessDate:
        try:
            return read(words)
        except ValueError as error:
            raise ValueError(
                _("Schreiben Sie das Datum so: 29.03.2016, März 2016, 2016 oder „seit April 2017“.")
            ) from error


class Known:
    """A validator: the date must be given."""

    field_flags = {"required": True}

    def __call__(self, _form: object, field: ProcessDateField) -> None:
        if not field.data and not field.errors:
            raise ValidationError(_("Geben Sie an, wann das war oder sein soll."))


def choices(labels: Mapping[E, object]) -> list[SelectChoice]:
    """What a select field offers, from an enumeration's labels."""
    return [SelectChoice(member.value, label) for member, label in labels.items()]


def read(words: str) -> ProcessDate:
    """Raise ValueError for what is no date."""
    words = words.strip()
    if words.lower().startswith("seit "):
        return ProcessDate(_point(words[5:]) + Shape.OPEN)
    for separator, shape in ((" bis ", Shape.RANGE), (" oder ", Shape.WINDOW), ("/", Shape.WINDOW)):
        start, found, end = words.partition(separator)
        if found:
            return ProcessDate(_point(_with_year(start, end)) + shape + _point(end))
    return ProcessDate(_point(words) if words else "")


def _with_year(start: str, end: str) -> str:
    """„Februar/März 2018“: the year is said once."""
    year = YEAR.search(end)
    return f"{start} {year[0]}" if year and not YEAR.search(start) else start


def _point(words: str) -> str:
    match = POINT.fullmatch(words.strip())
    if not match:
        raise ValueError(f"„{words}“ is no date")
    day, month, year = match["day"], match["month"], match["year"]
    if match["name"]:
        month = str(MONTHS.index(match["name"].lower()) + 1)
    elif day and not month:
        day, month = None, day
    return "-".join([year, *(part.zfill(2) for part in (month, day) if part)])


def write(value: ProcessDate) -> str:
    """What `read` reads again, in every language: 29.03.2016, 04.2017, seit 04.2017."""
    start, _slash, end = value.notation.replace(Shape.WINDOW, Shape.RANGE).partition(Shape.RANGE)
    if value.shape is Shape.OPEN:
        return f"seit {_reversed(value.starts.notation)}"
    if value.shape is Shape.RANGE:
        return f"{_reversed(start)} bis {_reversed(end)}"
    return f"{_reversed(start)} oder {_reversed(end)}" if value.shape is Shape.WINDOW else _reversed(start)


def _reversed(notation: str) -> str:
    return ".".join(reversed(notation.split("-")))


class IntegerField(wtforms.IntegerField):
    """A whole number of at most 18 digits: what is longer is a slip, and no comparison can take any number."""

    data: Any
    errors: Any

    def process_formdata(self, values: list[str]) -> None:
        if values and len(values[0]) > MOST_DIGITS:
            self.data = None
            raise ValueError(self.gettext("Not a valid integer value."))
        super().process_formdata(values)

    def post_validate(self, form: Form, validation_stopped: bool) -> None:
        """What a validator asks for says more than that it is no number: one sentence is enough."""
        said: list[object] = list(self.errors)
        self.errors = said[len(self.process_errors) :] or said


class DayField(DateField):
    """A day of our time; what lies beyond is a slip, and no calendar can count with it."""

    def process_formdata(self, values: list[str]) -> None:
        super().process_formdata(values)
        _check_reach(self)


class MomentField(DateTimeLocalField):
    """A day and hour of our time."""

    def process_formdata(self, values: list[str]) -> None:
        super().process_formdata(values)
        _check_reach(self)


def _check_reach(field: DateField | DateTimeLocalField) -> None:
    if field.data is not None and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
        field.data = None
        raise ValueError(_("Geben Sie ein Jahr zwischen 1900 und 2200 an."))


class EuroField(StringField):
    """An amount as people type it, 1.234,50 or 1234,5; `data` is a Decimal with two places, or None."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return format_decimal(self.data, "#,##0.00") if self.data is not None else ""

    def process_formdata(self, values: list[str]) -> None:
        self.data = None
        typed = values[0].replace("€", "").replace("\N{NO-BREAK SPACE}", "").strip() if values else ""
        if not typed:
            return
        try:
            amount = parse_decimal(typed, locale=get_locale(), strict=True)
        except NumberFormatError as error:
            raise ValueError(_("Schreiben Sie den Betrag so: 1.234,50.")) from error
        if not (amount.is_finite() and 0 <= amount < MOST_EUROS) or amount != round(amount, 2):
            raise ValueError(_("Geben Sie einen Betrag ab 0 Euro mit höchstens zwei Stellen nach dem Komma an."))
        self.data = amount
