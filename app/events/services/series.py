"""Series of events, and why a year had none."""

from typing import TypedDict, Unpack

from app.accounts.models import Account
from app.audit import log
from app.db import db, lock, now, transactional
from app.events import queries
from app.events.errors import YearHasEvent, YearOutside
from app.events.models import EventSeries, SeriesGap
from app.local_time import day_of
from app.slugs import free_slug


class SeriesFields(TypedDict, total=False):
    title: str
    summary: str
    is_yearly: bool
    first_year: int


@transactional
def create_series(*, by: Account | None, **fields: Unpack[SeriesFields]) -> EventSeries:
    """Its address follows from its title and stays."""
    series = EventSeries(slug=free_slug(fields["title"], queries.is_slug_taken), **fields)
    db.session.add(series)
    log.record("events.create_series", series, by=by)
    return series


@transactional
def change_series(series: EventSeries, *, by: Account | None, **fields: Unpack[SeriesFields]) -> None:
    series = lock(series)
    for name, value in fields.items():
        setattr(series, name, value)
    log.record("events.change_series", series, by=by, fields=list(fields))


@transactional
def explain_gap(series: EventSeries, year: int, reason: str, *, by: Account | None) -> SeriesGap:
    """Say why a year had no event; said again, the new words take the place of the old.

    Raises YearOutside or YearHasEvent.
    """
    series = lock(series)
    today = day_of(now())
    if not series.first_year <= year <= today.year:
        raise YearOutside
    if any(each.year == year and any(event.takes_place for event in each.events) for each in _years(series)):
        raise YearHasEvent
    gap = next((each for each in series.gaps if each.year == year), None)
    if gap is None:
        gap = SeriesGap(series=series, year=year, reason=reason)
        db.session.add(gap)
    gap.reason, gap.explained_at, gap.explained_by_id = reason, now(), by.id if by else None
    log.record("events.explain_gap", gap, by=by)
    return gap


def _years(series: EventSeries) -> list[queries.SeriesYear]:
    return queries.years_of(series, day_of(now()))
