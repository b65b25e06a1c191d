"""The yearly review: the tables of a conference rate the goals of their theme (mission R82)."""

from collections.abc import Mapping
from typing import NamedTuple

from app import links
from app.accounts.models import Account
from app.audit import log
from app.concept.models import Edition
from app.db import db, lock, now, transactional
from app.errors import LinkInvalid
from app.evaluation import reviews
from app.evaluation.errors import NothingInForce, ReviewClosed
from app.evaluation.models import GoalRating, ReviewSheet
from app.events.models import Event, ThemeTable

SCRIBE = "table-review"


class Opinion(NamedTuple):
    """What a table thinks of one goal; None and nothing take back what it thought."""

    rating: int | None
    comment: str = ""


@transactional
def start_review(event: Event, edition: Edition | None, *, by: Account | None) -> ReviewSheet:
    """A sheet of the goals of this edition; the one that is there, if there is one. Raises NothingInForce."""
    event = lock(event)
    found = reviews.review_of(event.id)
    if found is not None:
        return found
    if edition is None:
        raise NothingInForce
    sheet = ReviewSheet(event=event, edition=edition, created_at=now())
    db.session.add(sheet)
    log.record("evaluation.start_review", sheet, by=by)
    return sheet


@transactional
def close_review(sheet: ReviewSheet, *, by: Account | None) -> None:
    """From now on nothing changes any more."""
    sheet = lock(sheet)
    sheet.closed_at = sheet.closed_at or now()
    log.record("evaluation.close_review", sheet, by=by)


@transactional
def rate_goals(sheet: ReviewSheet, table: ThemeTable, opinions: Mapping[int, Opinion]) -> None:
    """What a table thinks, by the goal's id; as often as it likes until the review is closed. Raises ReviewClosed."""
    sheet, at = lock(sheet), now()
    if sheet.closed_at is not None:
        raise ReviewClosed
    there = reviews.ratings_of(table.id)
    for goal_id, opinion in opinions.items():
        rating = there.get(goal_id)
        if not (opinion.rating or opinion.comment):
            if rating is not None:
                db.session.delete(rating)
            continue
        if rating is None:
            rating = GoalRating(table_id=table.id, goal_id=goal_id)
            db.session.add(rating)
        rating.rating, rating.comment, rating.changed_at = opinion.rating, opinion.comment, at
    log.record("evaluation.rate_goals", sheet, fields=["ratings"])


def review_link(table: ThemeTable) -> str:
    """The token for the table's scribe; renewing the table's links ends it."""
    return links.link_to(table, SCRIBE)


def read_review_link(token: str) -> tuple[ReviewSheet, ThemeTable]:
    """Raises LinkInvalid, also for an event without a review."""
    table = links.row_behind(token, SCRIBE, ThemeTable)
    sheet = reviews.review_of(table.event_id)
    if sheet is None:
        raise LinkInvalid
    return sheet, table
