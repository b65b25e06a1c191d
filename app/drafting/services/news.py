"""Whoever suggested something hears that it is there, and what became of it: one mail for all settled together."""

from collections.abc import Collection

from app.drafting.models import Suggestion
from app.mail import outbox

RECEIVED = "drafting/received"


def confirm_receipt(suggestion: Suggestion) -> None:
    """With the link to its own page; in the caller's transaction."""
    suggester = suggestion.suggester
    if suggester is not None and suggester.is_written_to and not outbox.is_enough(suggester.email, RECEIVED):
        outbox.enqueue(suggester.email, RECEIVED, language=suggester.language, suggestion_id=suggestion.id)


def tell(suggestions: Collection[Suggestion]) -> None:
    """To confirmed addresses only; in the caller's transaction."""
    news: dict[tuple[str, str], list[str]] = {}
    for each in suggestions:
        suggester = each.suggester
        if suggester is not None and suggester.is_written_to:
            news.setdefault((suggester.email, suggester.language), []).append(str(each.id))
    for (email, language), ids in news.items():
        outbox.enqueue(email, "drafting/news", language=language, suggestions=",".join(ids))
