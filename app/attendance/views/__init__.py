"""The pages of the day: one's ticket, and the door."""

from app.attendance.views import doors, tickets

BLUEPRINTS = (doors.bp, tickets.bp)
CSRF_EXEMPT = (doors.record,)  # a device sends hours later what it recorded; the token in the address is the right
