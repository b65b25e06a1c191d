"""What can be done with surveys and reviews."""

from app.evaluation.services.responding import issue_ticket, moderate, open_link, read_token, respond
from app.evaluation.services.surveys import (
    QuestionFields,
    add_question,
    change_question,
    change_survey,
    create_survey,
    remove_question,
    renew_links,
)

__all__ = [
    "QuestionFields",
    "add_question",
    "change_question",
    "change_survey",
    "create_survey",
    "issue_ticket",
    "moderate",
    "open_link",
    "read_token",
    "remove_question",
    "renew_links",
    "respond",
]
