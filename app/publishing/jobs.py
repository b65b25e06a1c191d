"""What the worker does for what went out."""

from app.publishing import services
from app.queue import Job

JOBS = (Job("publishing.keep_sent_files", services.keep_sent_files, minutes="7-59/10"),)
