"""What the worker does with mail."""

from app.db import now
from app.mail import delivery
from app.queue import Job


def forget_recipients() -> int:
    return delivery.forget_recipients(now())


JOBS = (
    Job("mail.deliver", delivery.deliver),
    Job("mail.forget_recipients", forget_recipients, minutes="17", hours="3"),
)
