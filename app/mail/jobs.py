"""What the worker does with mail."""

from app.mail import delivery
from app.queue import Job

JOBS = (Job("mail.deliver", delivery.deliver),)
