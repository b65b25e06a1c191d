"""What the worker does after an event."""

from app.attendance.services.results import remind_of_results
from app.queue import Job

JOBS = (Job("attendance.remind_of_results", remind_of_results, minutes="11", hours="7"),)
