"""Reading how far measures are."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.concept.models import Measure, WorkingMeasure, WorkingMeasureGoal
from app.db import db
from app.monitoring.models import ProgressNote
from app.texts.models import Text


def progress_of(measure_ids: Collection[int]) -> dict[int, ProgressNote]:
    """The last note of each measure that has one: the one that holds."""
    return {note.measure_id: note for note in notes_of(measure_ids)}


def notes_of(measure_ids: Collection[int]) -> Sequence[ProgressNote]:
    """All notes of these measures, in the order in which they were recorded."""
    return db.session.scalars(
        select(ProgressNote)
        .where(ProgressNote.measure_id.in_(measure_ids))
        .options(joinedload(ProgressNote.organization), selectinload(ProgressNote.text).selectinload(Text.versions))
        .order_by(ProgressNote.id)
    ).all()


def notes_since(start: datetime) -> Sequence[ProgressNote]:
    """Notes recorded from then on, with their measure and the goals it serves in the working edition."""
    placed = selectinload(ProgressNote.measure).selectinload(Measure.placement)
    return db.session.scalars(
        select(ProgressNote)
        .where(ProgressNote.recorded_at >= start)
        .options(placed.selectinload(WorkingMeasure.goals).joinedload(WorkingMeasureGoal.goal))
        .order_by(ProgressNote.id)
    ).all()
