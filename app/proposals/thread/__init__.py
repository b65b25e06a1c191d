"""The thread: from what people said to the goal, its resolutions, its measures; built from rows, each step dated."""

from app.proposals.thread.load import of_goal, of_measure, of_proposal
from app.proposals.thread.steps import (
    Condensed,
    Decided,
    Drawn,
    Moderated,
    Planned,
    Progressed,
    Resolved,
    Said,
    Step,
    Thread,
    Worded,
)

__all__ = [
    "Condensed",
    "Decided",
    "Drawn",
    "Moderated",
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
