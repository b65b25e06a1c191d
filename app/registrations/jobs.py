"""What the worker does with registrations."""

from app.queue import Job
from app.registrations import services

JOBS = (
    Job("registrations.expire_due", services.expire_due),
    Job("registrations.remind_due", services.remind_due, minutes="*/5"),
    Job("registrations.remove_expired", services.remove_expired, minutes="23", hours="3"),
)
