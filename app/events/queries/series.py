"""Reading series: each year with its events, or why it had none."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.db import db
from app.events.models import Event, EventSeries, EventStatus, SeriesGap
from app.local_time import day_of


class SeriesYear(NamedTuple):
    """A year of a series. `needs_reason`: it is over, had no event that took place, and nobody said why."""

    year: int
    events: Sequence[Event]
    gap: SeriesGap | None
    needs_reason: bool


def all_series() -> Sequence[EventSeries]:
    return db.session.scalars(select(EventSeries).order_by(EventSeries.title, EventSeries.id)).all()


def find_series(slug: str) -> EventSeries | None:
    statement = select(EventSeries).where(EventSeries.slug == slug).options(selectinload(EventSeries.gaps))
    return db.session.scalars(statement).one_or_none()


def is_slug_taken(slug: str) -> bool:
    return db.session.scalars(select(EventSeries.id).where(EventSeries.slug == slug)).first() is not None


def years_of(series: EventSeries, today: date) -> list[SeriesYear]:
    """The latest first: years with public events, with a reason, and those a yearly series owes one for."""
    return _years(series, _events([series.id]), today)


def unexplained_years(today: date) -> list[tuple[EventSeries, list[int]]]:
    """All series, with the years that had no event and no reason: the desk asks for one (mission R82)."""
    statement = select(EventSeries).options(selectinload(EventSeries.gaps)).order_by(EventSeries.title, EventSeries.id)
    found = db.session.scalars(statement).all()
    events = _events([series.id for series in found])
    return [(series, [each.year for each in _years(series, events, today) if each.needs_reason]) for series in found]


def count_unexplained(today: date) -> int:
    return sum(len(years) for _, years in unexplained_years(today))


def _events(series_ids: Sequence[int]) -> Sequence[Event]:
    statement = select(Event).where(Event.series_id.in_(series_ids), Event.status != EventStatus.PLANNED)
    return db.session.scalars(
        statement.options(joinedload(Event.municipality)).order_by(Event.starts_at, Event.id)
    ).all()


def _years(series: EventSeries, events: Sequence[Event], today: date) -> list[SeriesYear]:
    by_year: dict[int, list[Event]] = {}
    for event in events:
        if event.series_id == series.id:
            by_year.setdefault(day_of(event.starts_at).year, []).append(event)
    gaps = {gap.year: gap for gap in series.gaps}
    owed = series.owed_years(today) - {year for year, held in by_year.items() if any(e.takes_place for e in held)}
    shown = sorted(by_year.keys() | gaps.keys() | owed, reverse=True)
    return [
        SeriesYear(year, by_year.get(year, ()), gaps.get(year), needs_reason=year in owed and year not in gaps)
        for year in shown
    ]
