"""What the projector shows: the newest lines of each table that wrote something, a few tables at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from app.capture.models import EventCapture, TableEntry, TableLine
from app.db import db
from app.events.models import Event, ThemeTable
from app.proposals.models import Proposal, ProposalState
from app.texts.models import Redaction, Text

TABLES_AT_ONCE = 4
LINES_EACH = {1: 6, 2: 6, 3: 3, 4: 3}  # by how many tables share the screen
SHOWN = (ProposalState.RECEIVED, ProposalState.RELEASED)  # what moderation withheld goes from the wall, too


@dataclass(frozen=True)
class WallTable:
    table: ThemeTable
    lines: Sequence[TableLine]  # newest first
    count: int  # of all that may be shown


@dataclass(frozen=True)
class Wall:
    tables: Sequence[WallTable]
    number: int  # which of the screens, from 1
    last: int

    @property
    def following(self) -> int:
        return self.number % self.last + 1


def wall_of(event: Event, number: int) -> Wall:
    """One screen of the wall; after the last comes the first again."""
    counts = dict(db.session.execute(_counts(event)).all())
    tables = [table for table in event.tables if table.id in counts]
    last = max(1, -(-len(tables) // TABLES_AT_ONCE))
    number = number if 1 <= number <= last else 1
    shown = tables[(number - 1) * TABLES_AT_ONCE :][:TABLES_AT_ONCE]
    newest = _newest([table.id for table in shown], LINES_EACH.get(len(shown), 0))
    return Wall([WallTable(table, newest[table.id], counts[table.id]) for table in shown], number, last)


def fingerprint(event: Event, settings: EventCapture, number: int, language: str) -> str:
    """Another one whenever the screen may look different: an entry of a table, a step of moderation, a pause.

    Words that are blackened anywhere count, too: a name must go from the wall at once.
    """
    of_event = select(ThemeTable.id).where(ThemeTable.event_id == event.id)
    entry = select(func.max(TableEntry.id)).where(TableEntry.table_id.in_(of_event)).scalar_subquery()
    seen = db.session.execute(_counts(event)).all()
    last = db.session.execute(select(entry, select(func.max(Redaction.id)).scalar_subquery())).one()
    return sha256(repr((tuple(last), sorted(seen), settings.is_wall_paused, number, language)).encode()).hexdigest()[
        :20
    ]


def _counts(event: Event) -> Select[int, int]:
    return (
        select(TableLine.table_id, func.count())
        .join(TableLine.proposal)
        .where(Proposal.event_id == event.id, Proposal.state.in_(SHOWN), ~TableLine.is_off_wall)
        .group_by(TableLine.table_id)
    )


def _newest(table_ids: Sequence[int], each: int) -> dict[int, list[TableLine]]:
    place = func.row_number().over(partition_by=TableLine.table_id, order_by=TableLine.number.desc())
    ranked = (
        select(TableLine.id, place.label("place"))
        .join(TableLine.proposal)
        .where(TableLine.table_id.in_(table_ids), Proposal.state.in_(SHOWN), ~TableLine.is_off_wall)
        .subquery()
    )
    lines = db.session.scalars(
        select(TableLine)
        .join(ranked, ranked.c.id == TableLine.id)
        .where(ranked.c.place <= each)
        .options(joinedload(TableLine.proposal).selectinload(Proposal.text).selectinload(Text.versions))
        .order_by(TableLine.number.desc())
    )
    found: dict[int, list[TableLine]] = {table_id: [] for table_id in table_ids}
    for line in lines:
        found[line.table_id].append(line)
    return found
