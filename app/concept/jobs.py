"""What the worker does for the concept."""

from flask import current_app

from app.concept import services
from app.queue import Job


def remind_partners() -> int:
    return services.remind_partners(current_app.config["PARTNER_DAYS"])


def remind_of_tasks() -> int:
    return services.remind_of_tasks()


JOBS = (
    Job("concept.remind_partners", remind_partners, minutes="41", hours="7"),
    Job("concept.remind_of_tasks", remind_of_tasks, minutes="43", hours="7"),
)
