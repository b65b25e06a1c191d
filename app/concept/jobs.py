"""What the worker does for the concept."""

from flask import current_app

from app.concept import services
from app.queue import Job


def remind_partners() -> int:
    return services.remind_partners(current_app.config["PARTNER_DAYS"])


JOBS = (Job("concept.remind_partners", remind_partners, minutes="41", hours="7"),)
