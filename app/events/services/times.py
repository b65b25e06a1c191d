"""What has to lie within an event, and moves along with it."""

from datetime import timedelta

from flask_babel import gettext

from app.db import db
from app.events.errors import ChangesTooLate, ClosesTooLate, EndsTooEarly, OpensTooLate, OutsideTheEvent
from app.events.models import Event, ProgrammeItem


def check_times(event: Event) -> None:
    """Raise EndsTooEarly, ClosesTooLate, OpensTooLate or ChangesTooLate."""
    if event.starts_at >= event.ends_at:
        raise EndsTooEarly
    if event.registration_closes_at > event.ends_at:
        raise ClosesTooLate
    if event.registration_opens_at is not None and event.registration_opens_at >= event.registration_closes_at:
        raise OpensTooLate
    if event.changes_until is not None and event.changes_until > event.ends_at:
        raise ChangesTooLate


def move_deadlines(event: Event, by: timedelta) -> None:
    """Registration opens and closes, and changes end, as long before the start as they did."""
    event.registration_closes_at = min(event.registration_closes_at + by, event.ends_at)
    if event.registration_opens_at is not None:
        event.registration_opens_at += by
    if event.changes_until is not None:
        event.changes_until = min(event.changes_until + by, event.ends_at)


def move_along(event: Event, by: timedelta) -> None:
    """The programme stays where it is as long as it fits; otherwise it moves with the start.

    Raises OutsideTheEvent, naming the item, when it fits neither way.
    """
    db.session.flush()
    if all(is_within(item, event) for item in event.programme):
        return
    for item in event.programme:
        item.starts_at += by
        item.ends_at += by
        if not is_within(item, event):
            raise OutsideTheEvent(
                gettext(
                    "Der Programmpunkt „%(title)s“ läge dann außerhalb der Veranstaltung. Ändern Sie ihn zuerst.",
                    title=item.title,
                )
            )


def is_within(item: ProgrammeItem, event: Event) -> bool:
    return event.starts_at <= item.starts_at and item.ends_at <= event.ends_at
