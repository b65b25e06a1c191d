"""What the worker does with registrations."""

from app.queue import Job
from app.registrations import services

JOBS = (
    Job("registrations.expire_due", services.expire_due),
    Job("registrations.remind_due", services.remind_due, minutes="*/5"),
)
