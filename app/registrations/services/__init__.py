"""What can be done with registrations."""

from app.registrations.services.answers import accept_offer, confirm
from app.registrations.services.approvals import approve, decline
from app.registrations.services.capacities import change_capacity, change_capacity_of
from app.registrations.services.deadlines import expire_due
from app.registrations.services.details import Companion, Party
from app.registrations.services.emails import change_email, confirm_email, resend
from app.registrations.services.events import (
    cancel_event,
    change_event,
    clone_event,
    close_event,
    postpone_event,
    reopen_event,
    reschedule_event,
)
from app.registrations.services.links import find_by_email_link, find_by_link, issue_email_link, issue_link
from app.registrations.services.moves import admit_beyond_limit, book_beyond_limit, move
from app.registrations.services.offers import offer
from app.registrations.services.parties import cancel, change, decline_offer
from app.registrations.services.parts import change_item, change_table
from app.registrations.services.registering import check_open, register
from app.registrations.services.reminders import plan_reminders, remind_due
from app.registrations.services.submitting import submit, submit_change
from app.registrations.services.wordings import reset_wording, reword, send_sample

__all__ = [
    "Companion",
    "Party",
    "accept_offer",
    "admit_beyond_limit",
    "approve",
    "book_beyond_limit",
    "cancel",
    "cancel_event",
    "change",
    "change_capacity",
    "change_capacity_of",
    "change_email",
    "change_event",
    "change_item",
    "change_table",
    "check_open",
    "clone_event",
    "close_event",
    "confirm",
    "confirm_email",
    "decline",
    "decline_offer",
    "expire_due",
    "find_by_email_link",
    "find_by_link",
    "issue_email_link",
    "issue_link",
    "move",
    "offer",
    "plan_reminders",
    "postpone_event",
    "register",
    "remind_due",
    "reopen_event",
    "reschedule_event",
    "resend",
    "reset_wording",
    "reword",
    "send_sample",
    "submit",
    "submit_change",
]
