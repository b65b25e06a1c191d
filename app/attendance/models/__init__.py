"""Devices at the door, and what they recorded."""

from app.attendance.models.arrivals import ArrivalEntry, EntryKind, EntryResult
from app.attendance.models.doors import DoorDevice

__all__ = ["ArrivalEntry", "DoorDevice", "EntryKind", "EntryResult"]
