"""What the worker does for those who follow."""

from app.proposals.services import follows, notices
from app.queue import Job

JOBS = (
    Job("proposals.tell_followers", notices.tell_followers),
    Job("proposals.ask_again", follows.ask_again, minutes="23", hours="7"),
)
