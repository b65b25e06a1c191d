"""Reading who is expected, and who has arrived."""

from app.attendance.queries.arrivals import arrived, attendees_who_came, standing_arrivals
from app.attendance.queries.doors import (
    DoorParty,
    DoorPerson,
    devices_of,
    get_device,
    gone_from,
    label_of,
    parties_at,
    parties_for,
)
from app.attendance.queries.people import Expected, expected_at
from app.attendance.queries.seats import Seat, published_seats, seats_at

__all__ = [
    "DoorParty",
    "DoorPerson",
    "Expected",
    "Seat",
    "arrived",
    "attendees_who_came",
    "devices_of",
    "expected_at",
    "get_device",
    "gone_from",
    "label_of",
    "parties_at",
    "parties_for",
    "published_seats",
    "seats_at",
    "standing_arrivals",
]
