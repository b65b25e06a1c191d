"""Devices at the door, what they recorded, and certificates of attendance."""

from app.attendance.models.arrivals import ArrivalEntry, EntryKind, EntryResult
from app.attendance.models.certificates import Certificate
from app.attendance.models.doors import DoorDevice

__all__ = ["ArrivalEntry", "Certificate", "DoorDevice", "EntryKind", "EntryResult"]
