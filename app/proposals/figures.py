"""What came in and what became of it, in numbers: over all, of a call, of an event. Only what the public may read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.concept.models import Section
from app.db import db
from app.events.models import ThemeTable
from app.languages import name_of
from app.proposals.models import CHANNEL_LABELS, Channel, Proposal, ProposalState
from app.proposals.outcomes import OUTCOME_CONDITIONS, label_of
from app.structures.models import Municipality
from app.texts.models import TextVersion

WEEK = timedelta(days=7)
Counts = Sequence[tuple[Any, ...]]  # what is counted, in one or more columns, and how often


class Bar(NamedTuple):
    """One row of a chart. `value` as the list's address has it (`feld=wohnen`), empty: not told."""

    value: str
    label: object
    times: int
    share: float  # of all contributions, 0 to 1


class Week(NamedTuple):
    monday: date
    times: int


@dataclass(frozen=True)
class Figures:
    """Each bar counts contributions, the most frequent first; one with several outcomes counts for each of them."""

    total: int
    weeks: Sequence[Week]  # without a gap from the first to the last
    channels: Sequence[Bar]
    sections: Sequence[Bar]
    languages: Sequence[Bar]
    municipalities: Sequence[Bar]
    tables: Sequence[Bar]  # of an event; what was said elsewhere is left out
    outcomes: Sequence[Bar]


def figures_of(proposals: Select[Proposal]) -> Figures:
    """Of those among them that are released; seven queries however many there are."""
    released = proposals.where(Proposal.state == ProposalState.RELEASED).with_only_columns(Proposal.id).order_by(None)
    total, outcomes = _outcomes(released)
    return Figures(
        total=total,
        weeks=_weeks(_counted(released, Proposal.received_on)),
        channels=_bars(_counted(released, Proposal.channel), total, _channel),
        sections=_bars(_titled(released, Proposal.section_id, Section, Section.slug, Section.title), total, _named),
        languages=_bars(_languages(released), total, _language),
        municipalities=_bars(
            _titled(released, Proposal.municipality_id, Municipality, Municipality.ags, Municipality.name),
            total,
            _named,
        ),
        tables=_bars(_tables(released), total, _table),
        outcomes=outcomes,
    )


def count_unread(proposals: Select[Proposal]) -> int:
    """Those among them that nobody has reviewed yet."""
    waiting = proposals.where(Proposal.state == ProposalState.RECEIVED).with_only_columns(func.count())
    return db.session.scalars(waiting.order_by(None)).one()


def _outcomes(released: Select[int]) -> tuple[int, list[Bar]]:
    counts = [func.count().filter(condition) for condition in OUTCOME_CONDITIONS.values()]
    statement = select(func.count(), *counts).select_from(Proposal).where(Proposal.id.in_(released))
    total, *numbers = db.session.execute(statement).one()
    return total, [
        Bar(slug, label_of(slug), times, times / total)
        for slug, times in zip(OUTCOME_CONDITIONS, numbers, strict=True)
        if times
    ]


def _counted(released: Select[int], column: InstrumentedAttribute[Any]) -> Counts:
    statement = select(column, func.count()).where(Proposal.id.in_(released)).group_by(column)
    return [tuple(row) for row in db.session.execute(statement)]


def _titled(
    released: Select[int],
    key: InstrumentedAttribute[Any],
    model: type[Section | Municipality],
    *columns: InstrumentedAttribute[str],
) -> Counts:
    statement = (
        select(*columns, func.count())
        .select_from(Proposal)
        .outerjoin(model, key == model.id)
        .where(Proposal.id.in_(released))
        .group_by(*columns)
    )
    return [tuple(row) for row in db.session.execute(statement)]


def _languages(released: Select[int]) -> Counts:
    statement = (
        select(TextVersion.language, func.count())
        .join(Proposal, Proposal.text_id == TextVersion.text_id)
        .where(Proposal.id.in_(released), TextVersion.number == 1)
        .group_by(TextVersion.language)
    )
    return [tuple(row) for row in db.session.execute(statement)]


def _tables(released: Select[int]) -> Counts:
    columns = (ThemeTable.id, ThemeTable.number, ThemeTable.title)
    statement = (
        select(*columns, func.count())
        .select_from(Proposal)
        .join(Proposal.table)
        .where(Proposal.id.in_(released))
        .group_by(*columns)
    )
    return [tuple(row) for row in db.session.execute(statement)]


def _bars(rows: Counts, total: int, words: Callable[..., tuple[str, object]]) -> list[Bar]:
    found = [Bar(*words(*keys), times, times / total) for *keys, times in rows]
    return sorted(found, key=lambda bar: (not bar.value, -bar.times, str(bar.label)))


def _channel(channel: Channel) -> tuple[str, object]:
    return channel.value, CHANNEL_LABELS[channel]


def _named(value: str | None, title: str | None) -> tuple[str, object]:
    return value or "", title or ""


def _table(table_id: int, number: int, title: str) -> tuple[str, object]:
    return str(table_id), _("%(number)s: %(title)s", number=number, title=title)


def _language(code: str) -> tuple[str, object]:
    return code, name_of(code)


def _weeks(rows: Counts) -> list[Week]:
    times: dict[date, int] = {}
    for day, count in rows:
        monday = day - timedelta(days=day.weekday())
        times[monday] = times.get(monday, 0) + count
    if not times:
        return []
    first, last = min(times), max(times)
    mondays = [first + number * WEEK for number in range((last - first) // WEEK + 1)]
    return [Week(monday, times.get(monday, 0)) for monday in mondays]
