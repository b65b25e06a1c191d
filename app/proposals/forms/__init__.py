"""Input of contributions and of those who follow."""

from app.proposals.forms.contributions import (
    KINDS,
    TEXT_LENGTH,
    ContributionForm,
    ReceiptForm,
    language_choices,
    section_choices,
)
from app.proposals.forms.follows import FollowForm, SupportForm

__all__ = [
    "KINDS",
    "TEXT_LENGTH",
    "ContributionForm",
    "FollowForm",
    "ReceiptForm",
    "SupportForm",
    "language_choices",
    "section_choices",
]
