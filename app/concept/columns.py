"""Which column each field of a document or file is kept in: one list, for writing rows out and for taking them in.

A field is kept in the column of its name, unless its metadata says otherwise. What leads to other rows is in none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from app.db import Model
from app.process_date import ProcessDate

H = TypeVar("H")


def _same(value: Any) -> Any:  # noqa: ANN401 -- whatever a column holds
    return value


@dataclass(frozen=True)
class Column:
    """Its name, where that is not the field's; its value as a field has it, and back."""

    name: str = ""
    held: Callable[[Any], Any] = _same
    kept: Callable[[Any], Any] = _same


def kept_as(name: str = "", held: Callable[[Any], Any] = _same, kept: Callable[[Any], Any] = _same) -> dict[str, Any]:
    """Metadata of a field that is not kept as it is, or in a column of another name."""
    return {"column": Column(name, held, kept)}


ELSEWHERE: dict[str, Any] = {"column": None}  # of fields that lead to other rows
DAY = kept_as(held=ProcessDate.on, kept=lambda each: each.first_day)


def moment(name: str) -> dict[str, Any]:
    return kept_as(name, datetime.isoformat, datetime.fromisoformat)


def decimal(held: Callable[[Decimal | None], str]) -> dict[str, Any]:
    """A number as decimal text; nothing where there is none."""
    return kept_as(held=held, kept=lambda written: Decimal(written) if written else None)


def held_of(kind: Callable[..., H], row: Model, **elsewhere: object) -> H:
    """What a row says, and what other rows say about it."""
    columns = _columns(kind).items()
    return kind(**{name: each.held(getattr(row, each.name or name)) for name, each in columns}, **elsewhere)


def kept_of(held: Any) -> dict[str, Any]:  # noqa: ANN401 -- a dataclass
    """The columns of the row that says the same."""
    return {each.name or name: each.kept(getattr(held, name)) for name, each in _columns(held.__class__).items()}


@cache
def _columns(kind: Any) -> Mapping[str, Column]:  # noqa: ANN401 -- a dataclass
    kept = [each for each in fields(kind) if not each.metadata.get("computed")]
    found = {each.name: each.metadata.get("column", Column()) for each in kept}
    return {name: column for name, column in found.items() if column}
