"""Read how events word their letters, and when they remind people."""

from functools import partial
from pathlib import Path

from app.demo.files import Row, load_rows
from app.demo.world import World
from app.registrations import services
from app.registrations.models import LetterKind

WORDINGS = ("event", "letter", "language", "subject", "body")
REMINDERS = ("event", "hours_before", "hours_after")


def load(folder: Path, world: World) -> None:
    load_rows(folder / "event_wordings.csv", WORDINGS, world.today, partial(_word, world))
    load_rows(folder / "event_reminders.csv", REMINDERS, world.today, partial(_plan, world))


def _word(world: World, row: Row) -> None:
    services.reword(
        row.one_in("event", world.events),
        row.one_of("letter", LetterKind),
        language=row.required("language"),
        subject=row.required("subject"),
        body=row.required("body"),
        by=None,
    )


def _plan(world: World, row: Row) -> None:
    services.plan_reminders(
        row.one_in("event", world.events),
        before=[int(hours) for hours in row.many("hours_before")],
        after=[int(hours) for hours in row.many("hours_after")],
        by=None,
    )
