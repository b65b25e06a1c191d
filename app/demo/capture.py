"""Load what the tables of an evening write down, as their scribes would: one of them is closed already."""

from functools import partial
from pathlib import Path

from app.accounts.models import Role
from app.capture.services import closing, lines
from app.demo.files import Row, load_rows
from app.demo.world import World
from app.events.models import ThemeTable
from app.moderation.services import moderation
from app.proposals.models import ProposalKind, ProposalState

LINES = ("event", "table_number", "kind", "language", "text", "points", "state")
POINTS_EACH = 3


def load(folder: Path, world: World) -> None:
    written: dict[int, ThemeTable] = {}
    load_rows(folder / "table_lines.csv", LINES, world.today, partial(_add_line, world, written))
    tables = [written[table_id] for table_id in sorted(written)]
    for event in {table.event_id: table.event for table in tables}.values():
        closing.set_points(event, points_each=POINTS_EACH, by=world.accounts[Role.ORGANISER])
    for table in tables[1:]:
        closing.close(table)


def _add_line(world: World, written: dict[int, ThemeTable], row: Row) -> None:
    key = (row.required("event"), row.integer("table_number"))
    if key not in world.tables:
        raise row.refuse(f"table_number: die Veranstaltung hat keinen Tisch {key[1]}")
    table = written[world.tables[key].id] = world.tables[key]
    proposal = lines.record_table_result(
        table,
        text=row.required("text"),
        kind=row.one_of("kind", ProposalKind),
        language=row.required("language"),
        points=row.integer("points"),
    )
    if row.one_of("state", ProposalState) is ProposalState.RELEASED:
        moderation.release([proposal], by=world.accounts[Role.MODERATOR])
