"""The next steps: which of them are due."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.concept.models import RoadmapTask
from app.db import db
from app.process_date import ProcessDate

AHEAD = timedelta(days=14)  # so long before its date a step is called due


def due_tasks(today: date) -> list[RoadmapTask]:
    """Open ones whose date comes within two weeks or has passed, the earliest first."""
    dated = select(RoadmapTask).where(RoadmapTask.due != ProcessDate()).order_by(RoadmapTask.due, RoadmapTask.id)
    found = db.session.scalars(dated.options(joinedload(RoadmapTask.responsible)))
    return [task for task in found if task.is_due_by(today + AHEAD)]
