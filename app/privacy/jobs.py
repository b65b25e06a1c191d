"""What the worker deletes every night."""

from app.privacy import services
from app.queue import Job

JOBS = (Job("privacy.retention", services.run, minutes="23", hours="3"),)
