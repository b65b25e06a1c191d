"""Reading who is expected, and who has arrived."""

from app.attendance.queries.arrivals import arrived, attendees_who_came, standing_arrivals
from app.attendance.queries.doors import DoorParty, DoorPerson, devices_of, get_device, gone_from, parties_at, parties_for

__all__ = [
    "DoorParty",
    "DoorPerson",
    "arrived",
    "attendees_who_came",
    "devices_of",
    "get_device",
    "gone_from",
    "parties_at",
    "parties_for",
    "standing_arrivals",
]
