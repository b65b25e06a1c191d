"""Thematic tables of an event, and who hosts them and writes down what is said."""

from collections.abc import Sequence
from typing import TypedDict, Unpack

from sqlalchemy.exc import IntegrityError

from app.accounts.models import Account
from app.audit import log
from app.concept.models import Section
from app.db import db, lock, transactional
from app.events.errors import TableInUse, TableNumberTaken
from app.events.models import Event, ThemeTable
from app.events.services.people import PersonFields, set_people


class TableFields(TypedDict, total=False):
    title: str
    number: int
    section: Section | None
    capacity: int | None
    languages: list[str]
    note: str
    people: Sequence[PersonFields]


@transactional
def add_table(event: Event, *, by: Account | None, **fields: Unpack[TableFields]) -> ThemeTable:
    """With the next number, unless another is given. Raises TableNumberTaken."""
    event = lock(event)
    numbers = {table.number for table in event.tables}
    number = fields.setdefault("number", max(numbers, default=0) + 1)
    if number in numbers:
        raise TableNumberTaken
    people = fields.pop("people", ())
    table = ThemeTable(event=event, **fields)
    set_people(table, people)
    db.session.add(table)
    log.record("events.add_table", table, by=by)
    return table


@transactional
def change_table(table: ThemeTable, *, by: Account | None, **fields: Unpack[TableFields]) -> None:
    """Raise TableNumberTaken when another table of the event has the number."""
    event = lock(table.event)
    if fields.get("number") in {other.number for other in event.tables if other.id != table.id}:
        raise TableNumberTaken
    changed = list(fields)
    if "people" in fields:
        set_people(table, fields.pop("people"))
    for name, value in fields.items():
        setattr(table, name, value)
    log.record("events.change_table", table, by=by, fields=changed)


@transactional
def remove_table(table: ThemeTable, *, by: Account | None) -> None:
    """Raise TableInUse when somebody chose it or something was said at it."""
    lock(table.event)
    log.record("events.remove_table", table, by=by)
    db.session.delete(table)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise TableInUse from error
