"""What can be done with meetings and papers."""

from app.council.services.meetings import add_result, cancel_meeting, move_meeting, schedule_meeting
from app.council.services.papers import (
    PaperVersions,
    add_annex,
    add_consultation,
    add_sitting,
    create_paper,
    edit_paper,
    mark_sent,
    record_outcome,
    remove_annex,
    remove_consultation,
    restore_section,
    reword_paper,
)

__all__ = [
    "PaperVersions",
    "add_annex",
    "add_consultation",
    "add_result",
    "add_sitting",
    "cancel_meeting",
    "create_paper",
    "edit_paper",
    "mark_sent",
    "move_meeting",
    "record_outcome",
    "remove_annex",
    "remove_consultation",
    "restore_section",
    "reword_paper",
    "schedule_meeting",
]
