"""The yearly look at the goals (mission R82): each table of a conference rates those of its theme, and says why."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.concept.models import Edition, Goal
from app.db import Model, PrimaryKey, Timestamp
from app.events.models import Event, ThemeTable

BEST_RATING = 5


class ReviewSheet(Model):
    """The goals of one edition, to be looked at by the tables of an event until it is closed."""

    __tablename__ = "review_sheet"

    id: Mapped[PrimaryKey]
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id), unique=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey(Edition.id))
    created_at: Mapped[Timestamp]
    closed_at: Mapped[Timestamp | None]

    event: Mapped[Event] = relationship()
    edition: Mapped[Edition] = relationship()


class GoalRating(Model):
    """What a table thinks of a goal: how far the county has come, 1 not at all, 5 reached."""

    __tablename__ = "goal_rating"
    __table_args__ = (
        UniqueConstraint("table_id", "goal_id"),
        CheckConstraint(f"rating BETWEEN 1 AND {BEST_RATING}", name="rating_in_range"),
        CheckConstraint("rating IS NOT NULL OR comment <> ''", name="says_something"),
    )

    id: Mapped[PrimaryKey]
    table_id: Mapped[int] = mapped_column(ForeignKey(ThemeTable.id))
    goal_id: Mapped[int] = mapped_column(ForeignKey(Goal.id), index=True)
    rating: Mapped[int | None]
    comment: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[Timestamp]

    table: Mapped[ThemeTable] = relationship()
    goal: Mapped[Goal] = relationship()
