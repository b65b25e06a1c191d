"""Items of the programme: within the event, and taken out only while nobody chose them."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from flask_babel import gettext
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Account
from app.audit import log
from app.concept.models import Section
from app.db import db, lock, transactional
from app.events.errors import EndsTooEarly, ItemInUse, LimitedWithoutChoice, OutsideTheEvent
from app.events.models import Event, ProgrammeItem
from app.events.services.people import PersonFields, set_people
from app.events.services.times import is_within
from app.web.filters import moment


class ItemFields(TypedDict, total=False):
    title: str
    starts_at: datetime
    ends_at: datetime
    section: Section | None
    description: str
    room: str
    materials: str
    languages: list[str]
    is_bookable: bool
    capacity: int | None
    people: Sequence[PersonFields]


@transactional
def add_item(event: Event, *, by: Account | None, **fields: Unpack[ItemFields]) -> ProgrammeItem:
    """Raise EndsTooEarly, OutsideTheEvent, or LimitedWithoutChoice."""
    event = lock(event)
    people = fields.pop("people", ())
    item = ProgrammeItem(event=event, **fields)
    set_people(item, people)
    _check(item, event)
    db.session.add(item)
    log.record("events.add_item", item, by=by)
    return item


@transactional
def change_item(item: ProgrammeItem, *, by: Account | None, **fields: Unpack[ItemFields]) -> None:
    """Raise EndsTooEarly, OutsideTheEvent, or LimitedWithoutChoice."""
    event = lock(item.event)
    changed = list(fields)
    if "people" in fields:
        set_people(item, fields.pop("people"))
    for name, value in fields.items():
        setattr(item, name, value)
    _check(item, event)
    log.record("events.change_item", item, by=by, fields=changed)


@transactional
def remove_item(item: ProgrammeItem, *, by: Account | None) -> None:
    """Raise ItemInUse when somebody chose it."""
    lock(item.event)
    log.record("events.remove_item", item, by=by)
    db.session.delete(item)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise ItemInUse from error


def _check(item: ProgrammeItem, event: Event) -> None:
    if item.starts_at >= item.ends_at:
        raise EndsTooEarly
    if not is_within(item, event):
        raise OutsideTheEvent(
            gettext(
                "Die Veranstaltung dauert von %(start)s bis %(end)s. Ein Programmpunkt liegt innerhalb dieser Zeit.",
                start=moment(event.starts_at),
                end=moment(event.ends_at),
            )
        )
    if item.capacity is not None and not item.is_bookable:
        raise LimitedWithoutChoice
