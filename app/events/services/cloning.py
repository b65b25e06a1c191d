"""A new event from an old one: what was planned, nothing of the people."""

from datetime import datetime

from app.accounts.models import Account
from app.audit import log
from app.db import db, transactional
from app.events.models import Event, ProgrammeItem, TeamMember, ThemeTable
from app.events.services.attachments import ATTACHED, attach, attached_to
from app.events.services.times import check_times, move_deadlines

# Everything else of an event is its own: status, calendar's counters, the meeting it belonged to, whether it is made up
COPIED = (
    *("kind", "series", "attendance_mode", "place", "address", "municipality", "latitude", "longitude"),
    *("online_address", "organization", "contact", "summary", "guiding_question", "format", "accessibility", "offers"),
    *("capacity", "online_capacity", "requires_approval", "is_by_invitation", "hold_hours", "offer_hours"),
    *("offers_stop_hours", "table_choice", "table_rounds", "is_all_day", "is_example", "motto"),
    *("registration_opens_at", "registration_closes_at", "changes_until"),
)
COPIED_OF_TABLE = ("number", "section", "title", "capacity", "languages", "note")
COPIED_OF_ITEM = ("title", "description", "room", "section", "languages", "is_bookable", "capacity")


@transactional
def clone_event(event: Event, *, title: str, starts_at: datetime, by: Account | None) -> Event:
    """A planned event with the fields, tables, programme and attachments of this one; all times move along.

    Hosts, scribes, speakers, materials, team and registrations stay with the old one; whoever clones is the new team.
    """
    moved = starts_at - event.starts_at
    copy = Event(
        title=title,
        starts_at=starts_at,
        ends_at=event.ends_at + moved,
        **{name: getattr(event, name) for name in COPIED},
    )
    move_deadlines(copy, moved)
    check_times(copy)
    copy.offers = list(event.offers)
    copy.team = [TeamMember(account=by)] if by else []
    copy.tables = [_copy_of_table(table) for table in event.tables]
    copy.programme = [
        ProgrammeItem(
            starts_at=item.starts_at + moved,
            ends_at=item.ends_at + moved,
            **{name: getattr(item, name) for name in COPIED_OF_ITEM},
        )
        for item in event.programme
    ]
    db.session.add(copy)
    for name in ATTACHED:
        attach(copy, name, attached_to(event, name))
    log.record("events.clone", copy, by=by)
    return copy


def _copy_of_table(table: ThemeTable) -> ThemeTable:
    return ThemeTable(**{name: getattr(table, name) for name in COPIED_OF_TABLE})
