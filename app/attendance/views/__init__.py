"""The pages of the day and after it: one's ticket, the door, documentation."""

from app.attendance.views import documentation, doors, tickets

BLUEPRINTS = (doors.bp, tickets.bp, documentation.bp)
CSRF_EXEMPT = (doors.record,)  # a device sends hours later what it recorded; the token in the address is the right
