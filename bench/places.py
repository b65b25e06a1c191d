"""Registrations for one event, one after the other, beside the limit: one locked row and one insert, committed."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import text

import config
from app import create_app
from app.db import db, lock, transactional
from app.events.models import Event, ProgrammeItem, ThemeTable
from app.registrations import services
from tests.conftest import settings
from tests.registrations.stories import make_scene
from tests.servers import running_postgresql

PARTIES = 150
BARE = "INSERT INTO used_link (digest, used_at) VALUES (:digest, '2017-06-24 10:00:00+00:00')"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="teilhabe-bench-") as folder:
        _measure("SQLite", Path(folder), "")
        with running_postgresql() as postgresql:
            _measure("PostgreSQL", Path(folder), postgresql.create("places"))


def _measure(database: str, folder: Path, url: str) -> None:
    app = create_app(config.load(settings(folder / database, url)))
    with app.app_context():
        upgrade()
        scene = make_scene(40, 20)
        event_id, table = scene.event_id, scene.ids[ThemeTable][0]
        item = scene.ids[ProgrammeItem][0]
        limit = _seconds(lambda number: _bare(event_id, number))
        taken = _seconds(lambda number: _register(event_id, table, item, number))
        db.session.remove()
        db.engine.dispose()
    print(
        f"{PARTIES / taken:8.0f} a second  registrations with table and item on one event, {database};"
        f" limit, a locked row and an insert: {PARTIES / limit:.0f}",
        flush=True,
    )


def _seconds(act: Callable[[int], None]) -> float:
    started = time.perf_counter()
    for number in range(PARTIES):
        act(number)
        db.session.remove()
    return time.perf_counter() - started


@transactional
def _bare(event_id: int, number: int) -> None:
    lock(db.session.get_one(Event, event_id))
    db.session.execute(text(BARE), {"digest": str(number)})


def _register(event_id: int, table: int, item: int, number: int) -> None:
    services.register(
        db.session.get_one(Event, event_id),
        name=f"Beispielperson {number}",
        email=f"person{number}@example.org",
        tables=[db.session.get_one(ThemeTable, table)],
        items=[db.session.get_one(ProgrammeItem, item)],
    )
