"""The pages of the day and after it: one's ticket, the door, certificates, documentation."""

from app.attendance.views import certificates, documentation, doors, tickets

BLUEPRINTS = (doors.bp, tickets.bp, certificates.bp, documentation.bp)
CSRF_EXEMPT = (doors.record,)  # a device sends hours later what it recorded; the token in the address is the right
