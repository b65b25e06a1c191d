"""Contributions come in: from the website, a table, a letter, a file; and their author's say over them."""

from app.proposals.services.intake.given import Contact, Origin, Statement
from app.proposals.services.intake.own import (
    confirm_email,
    confirmation_link,
    find_by_receipt,
    forget_unconfirmed_before,
    own_link,
    read_confirmation_link,
    read_own_link,
    withdraw,
)
from app.proposals.services.intake.receiving import (
    MOST_CHARACTERS,
    Submission,
    receive,
    submit,
    type_in,
)

__all__ = [
    "MOST_CHARACTERS",
    "Contact",
    "Origin",
    "Statement",
    "Submission",
    "confirm_email",
    "confirmation_link",
    "find_by_receipt",
    "forget_unconfirmed_before",
    "own_link",
    "read_confirmation_link",
    "read_own_link",
    "receive",
    "submit",
    "type_in",
    "withdraw",
]
