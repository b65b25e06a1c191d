"""What the worker does about answers."""

from flask import current_app

from app.decisions.services import reminders
from app.queue import Job


def remind_of_answers() -> int:
    return reminders.remind_of_answers(current_app.config["ANSWER_DAYS"])


JOBS = (Job("decisions.remind_of_answers", remind_of_answers, minutes="17", hours="6"),)
