"""What can be done with events, their tables, their programme and their team.

Changing, postponing, cancelling and resizing an event concern those who are registered:
app.registrations.services does these and calls what stands here.
"""

from app.events.services.cloning import clone_event
from app.events.services.documentation import ReportFields, note_reminder, publish_report, write_report
from app.events.services.events import MOVING, SHOWN_IN_CALENDARS, TOLD, EventFields, change_event, create_event
from app.events.services.people import PersonFields
from app.events.services.photos import add_photo, describe_photo, withdraw_photo
from app.events.services.programme import ItemFields, add_item, change_item, remove_item
from app.events.services.series import SeriesFields, change_series, create_series, explain_gap
from app.events.services.tables import TableFields, add_table, change_table, remove_table
from app.events.services.team import add_to_team, remove_from_team
from app.events.services.transitions import (
    cancel_event,
    close_event,
    postpone_event,
    publish,
    reopen_event,
    reschedule_event,
)

__all__ = [
    "MOVING",
    "SHOWN_IN_CALENDARS",
    "TOLD",
    "EventFields",
    "ItemFields",
    "PersonFields",
    "ReportFields",
    "SeriesFields",
    "TableFields",
    "add_item",
    "add_photo",
    "add_table",
    "add_to_team",
    "cancel_event",
    "change_event",
    "change_item",
    "change_series",
    "change_table",
    "clone_event",
    "close_event",
    "create_event",
    "create_series",
    "describe_photo",
    "explain_gap",
    "note_reminder",
    "postpone_event",
    "publish",
    "publish_report",
    "remove_from_team",
    "remove_item",
    "remove_table",
    "reopen_event",
    "reschedule_event",
    "withdraw_photo",
    "write_report",
]
