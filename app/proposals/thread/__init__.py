"""The thread: from what people said to the goal, its resolutions, its measures; built from rows, each step dated."""

from app.proposals.thread.load import of_goal, of_measure, of_proposal
from app.proposals.thread.steps import (
    Answered,
    Blackened,
    Condensed,
    Decided,
    Drawn,
    Ended,
    Moderated,
    Objected,
    Planned,
    Progressed,
    Resolved,
    Said,
    Step,
    Thread,
    Worded,
)

__all__ = [
    "Answered",
    "Blackened",
    "Condensed",
    "Decided",
    "Drawn",
    "Ended",
    "Moderated",
    "Objected",
    "Planned",
    "Progressed",
    "Resolved",
    "Said",
    "Step",
    "Thread",
    "Worded",
    "of_goal",
    "of_measure",
    "of_proposal",
]
