"""Reading the review of goals: what is to be rated at a table, and what all tables said."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.concept import queries as concept
from app.concept.catalogue import Catalogue, CatalogueGoal
from app.concept.models import Goal
from app.db import db
from app.evaluation.models import GoalRating, ReviewSheet
from app.events.models import ThemeTable


class RatedGoal(NamedTuple):
    """A goal as the edition words it, with the row it stands for."""

    id: int
    goal: CatalogueGoal


class GoalReview(NamedTuple):
    """What the tables thought of a goal."""

    section: str
    goal: CatalogueGoal
    ratings: Sequence[GoalRating]

    @property
    def mean(self) -> float | None:
        given = [each.rating for each in self.ratings if each.rating is not None]
        return sum(given) / len(given) if given else None

    @property
    def comments(self) -> list[GoalRating]:
        return [each for each in self.ratings if each.comment]


def review_of(event_id: int) -> ReviewSheet | None:
    statement = select(ReviewSheet).where(ReviewSheet.event_id == event_id)
    options = (joinedload(ReviewSheet.edition), joinedload(ReviewSheet.event))
    return db.session.scalars(statement.options(*options)).one_or_none()


def ratings_of(table_id: int) -> dict[int, GoalRating]:
    """By the goal's id."""
    statement = select(GoalRating).where(GoalRating.table_id == table_id)
    return {rating.goal_id: rating for rating in db.session.scalars(statement)}


def goals_for(sheet: ReviewSheet, table: ThemeTable) -> list[RatedGoal]:
    """The Unterziele of the table's theme; at a table without one the Oberziele of all themes."""
    catalogue = concept.catalogue_of(sheet.edition)
    if table.section is None:
        goals = [section.overall for section in catalogue.sections if section.overall]
    else:
        section = catalogue.section(table.section.slug)
        goals = list(section.sub_goals) if section else []
    ids = _ids([goal.code for goal in goals])
    return [RatedGoal(ids[goal.code], goal) for goal in goals if goal.code in ids]


def results_of_review(sheet: ReviewSheet) -> list[GoalReview]:
    """Goal by goal in the order of the edition, those that at least one table said something about."""
    catalogue = concept.catalogue_of(sheet.edition)
    said = _said(sheet.event_id)
    return [GoalReview(section, goal, said[goal.code]) for section, goal in _goals_in(catalogue) if goal.code in said]


def _goals_in(catalogue: Catalogue) -> list[tuple[str, CatalogueGoal]]:
    return [(section.title, goal) for section in catalogue.sections for goal in section.goals]


def _said(event_id: int) -> dict[str, list[GoalRating]]:
    statement = (
        select(GoalRating)
        .join(ThemeTable)
        .where(ThemeTable.event_id == event_id)
        .options(joinedload(GoalRating.goal), joinedload(GoalRating.table))
        .order_by(ThemeTable.number)
    )
    said: dict[str, list[GoalRating]] = defaultdict(list)
    for rating in db.session.scalars(statement):
        said[rating.goal.code].append(rating)
    return said


def _ids(codes: Sequence[str]) -> dict[str, int]:
    goals = db.session.scalars(select(Goal).where(Goal.code.in_(codes)))
    return {goal.code: goal.id for goal in goals}
