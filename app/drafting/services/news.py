"""Whoever suggested something hears what became of it: one mail for all that was settled together."""

from collections.abc import Collection

from app.drafting.models import Suggestion
from app.mail import outbox


def tell(suggestions: Collection[Suggestion]) -> None:
    """To confirmed addresses only; in the caller's transaction."""
    news: dict[tuple[str, str], list[str]] = {}
    for each in suggestions:
        suggester = each.suggester
        if suggester is not None and suggester.email_confirmed_at is not None:
            news.setdefault((suggester.email, suggester.language), []).append(str(each.id))
    for (email, language), ids in news.items():
        outbox.enqueue(email, "drafting/news", language=language, suggestions=",".join(ids))
