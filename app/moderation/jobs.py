"""What the worker does for moderation."""

from app.moderation.services import translating
from app.queue import Job

JOBS = (Job("moderation.translate_waiting", translating.translate_waiting, minutes="*/5"),)
