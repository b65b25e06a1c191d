"""Reading what was written down at tables."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from app.capture.models import (
    EventCapture,
    FlipchartPhoto,
    StatementPoints,
    TableClosing,
    TableEntry,
    TableLine,
)
from app.db import db
from app.events.models import ThemeTable
from app.proposals.models import Proposal, ProposalState
from app.seating.queries import seats_of
from app.texts.models import Text

V = TypeVar("V")


def lines_of(table: ThemeTable) -> Sequence[TableLine]:
    """What was written down at a table and not taken back, newest first."""
    return db.session.scalars(_lines().where(TableLine.table_id == table.id).order_by(TableLine.number.desc())).all()


def lines_with_points(table: ThemeTable) -> list[tuple[TableLine, dict[int, int]]]:
    """The same, each with its points by round."""
    lines = lines_of(table)
    points = rounds_of([line.proposal_id for line in lines])
    return [(line, points[line.proposal_id]) for line in lines]


def find_line(table_id: int, key: str) -> TableLine | None:
    statement = select(TableLine).where(TableLine.table_id == table_id, TableLine.key == key)
    return db.session.scalars(statement.options(joinedload(TableLine.proposal))).one_or_none()


def get_line(table: ThemeTable, key: str) -> TableLine:
    return db.session.scalars(select(TableLine).where(TableLine.table_id == table.id, TableLine.key == key)).one()


def last_number(table_id: int) -> int:
    return db.session.scalar(select(func.max(TableLine.number)).where(TableLine.table_id == table_id)) or 0


def entries_by_key(table_id: int, keys: Collection[str]) -> dict[str, TableEntry]:
    rows = db.session.scalars(select(TableEntry).where(TableEntry.table_id == table_id, TableEntry.key.in_(keys)))
    return {row.key: row for row in rows}


def points_of(proposal_ids: Collection[int]) -> dict[int, int]:
    """Points each statement was given at its table, over all rounds; also for those without any."""
    return {proposal_id: sum(rounds.values()) for proposal_id, rounds in rounds_of(proposal_ids).items()}


def rounds_of(proposal_ids: Collection[int]) -> dict[int, dict[int, int]]:
    """The points of each statement by round: in each, what was recorded last."""
    wanted = StatementPoints.proposal_id.in_(proposal_ids)
    last = select(func.max(StatementPoints.id)).where(wanted)
    last = last.group_by(StatementPoints.proposal_id, StatementPoints.round)
    rows = db.session.execute(
        select(StatementPoints.proposal_id, StatementPoints.round, StatementPoints.points).where(
            StatementPoints.id.in_(last)
        )
    )
    found: dict[int, dict[int, int]] = {proposal_id: {} for proposal_id in proposal_ids}
    for proposal_id, number, points in rows:
        found[proposal_id][number] = points
    return found


def points_by_round(proposal_id: int) -> dict[int, int]:
    return rounds_of([proposal_id])[proposal_id]


def standing_closing(table_id: int) -> TableClosing | None:
    """Who handed the table over and when; None while it is open."""
    standing = select(TableClosing).where(TableClosing.table_id == table_id, TableClosing.reopened_at.is_(None))
    return db.session.scalars(standing).one_or_none()


def closings_of(table_id: int) -> Sequence[TableClosing]:
    statement = select(TableClosing).where(TableClosing.table_id == table_id).order_by(TableClosing.id)
    return db.session.scalars(statement).all()


def closed_tables() -> Select[int]:
    """The ids of tables that were handed to moderation."""
    return select(TableClosing.table_id).where(TableClosing.reopened_at.is_(None))


def open_tables() -> set[int]:
    """Tables at which something was written down and which nobody has closed: more may come, or be taken back."""
    writing = select(TableLine.table_id).where(TableLine.table_id.not_in(closed_tables())).distinct()
    return set(db.session.scalars(writing))


def settings_of(event_id: int) -> EventCapture:
    """What organisers set; a row that is not stored where they set nothing."""
    found = db.session.scalars(select(EventCapture).where(EventCapture.event_id == event_id)).one_or_none()
    return found or EventCapture(event_id=event_id, points_each=0, wall_generation=1, is_wall_paused=False)


def most_points(table: ThemeTable, points_each: int) -> dict[int, int]:
    """How many points a table can give in each round; rounds for which nobody knows how many sit there are left out.

    People are those seated by the published plan, else the table's places. It is a hint: some come, some leave.
    """
    if not points_each:
        return {}
    seated: dict[int, int] = {}
    for seat in seats_of(table.event_id):
        if seat.table_id == table.id:
            seated[seat.round] = seated.get(seat.round, 0) + 1
    people = {number: seated.get(number) or table.capacity for number in range(1, table.event.table_rounds + 1)}
    return {number: count * points_each for number, count in people.items() if count}


def photos_of(table_id: int) -> Sequence[FlipchartPhoto]:
    statement = select(FlipchartPhoto).where(FlipchartPhoto.table_id == table_id).order_by(FlipchartPhoto.id)
    return db.session.scalars(statement).all()


def get_photo(photo_id: int) -> FlipchartPhoto | None:
    return db.session.scalars(
        select(FlipchartPhoto).where(FlipchartPhoto.id == photo_id).options(joinedload(FlipchartPhoto.table))
    ).one_or_none()


def _lines() -> Select[TableLine]:
    return (
        select(TableLine)
        .join(TableLine.proposal)
        .where(Proposal.state != ProposalState.WITHDRAWN)
        .options(selectinload(TableLine.proposal).selectinload(Proposal.text).selectinload(Text.versions))
    )


@dataclass(frozen=True)
class TableState:
    """A table as the desk sees it."""

    table: ThemeTable
    lines: int = 0
    last_at: datetime | None = None
    points: int = 0
    photos: int = 0
    closed_at: datetime | None = None


def overview(tables: Sequence[ThemeTable]) -> list[TableState]:
    """All tables of an event, with what was written there; the same number of queries for any number of tables."""
    ids = [table.id for table in tables]
    rows = db.session.execute(
        select(TableLine.table_id, TableLine.proposal_id)
        .join(TableLine.proposal)
        .where(TableLine.table_id.in_(ids), Proposal.state != ProposalState.WITHDRAWN)
    ).all()
    points = points_of([proposal_id for _, proposal_id in rows])
    lines: dict[int, list[int]] = {table_id: [] for table_id in ids}
    for table_id, proposal_id in rows:
        lines[table_id].append(points[proposal_id])
    last = _by_table(select(TableEntry.table_id, func.max(TableEntry.received_at)), TableEntry.table_id, ids)
    photos = _by_table(select(FlipchartPhoto.table_id, func.count()), FlipchartPhoto.table_id, ids)
    standing = select(TableClosing.table_id, func.max(TableClosing.closed_at)).where(TableClosing.reopened_at.is_(None))
    closed = _by_table(standing, TableClosing.table_id, ids)
    return [
        TableState(
            table,
            lines=len(lines[table.id]),
            last_at=last.get(table.id),
            points=sum(lines[table.id]),
            photos=photos.get(table.id, 0),
            closed_at=closed.get(table.id),
        )
        for table in tables
    ]


def _by_table(statement: Select[int, V], column: InstrumentedAttribute[int], ids: Collection[int]) -> dict[int, V]:
    return dict(db.session.execute(statement.where(column.in_(ids)).group_by(column)).all())
