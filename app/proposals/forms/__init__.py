"""Input of contributions and of those who follow."""

from app.proposals.forms.contributions import (
    KINDS,
    TEXT_LENGTH,
    TEXT_RULE,
    ContributionForm,
    ReceiptForm,
    as_stored,
    language_choices,
    municipality_choices,
    section_choices,
)
from app.proposals.forms.follows import FollowForm, RhythmForm, SupportForm

__all__ = [
    "KINDS",
    "TEXT_LENGTH",
    "TEXT_RULE",
    "ContributionForm",
    "FollowForm",
    "ReceiptForm",
    "RhythmForm",
    "SupportForm",
    "as_stored",
    "language_choices",
    "municipality_choices",
    "section_choices",
]
