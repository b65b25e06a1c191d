"""Load what happened to condensations after they were made: one was split, somebody objected and got an answer."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from app.accounts.models import Role
from app.demo.files import Row, load_rows, read
from app.demo.world import World
from app.local_time import start_of
from app.proposals.models import Condensation, Proposal
from app.workbench.services import endings, objections
from app.workbench.services.condensation import Source
from app.workbench.services.endings import Part

SPLITS = ("key", "split", "wording", "reason", "made")
OBJECTIONS = ("condensation", "statement", "language", "words", "may_be_quoted", "made", "answer", "answered")
NOON = timedelta(hours=12)
Passages = Mapping[str, list[tuple[Row, Source]]]


def split(folder: Path, world: World, condensations: dict[str, Condensation], passages: Passages) -> None:
    """The rows of one condensation are its parts; each takes the passages that name its key."""
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in read(folder / "condensation_splits.csv", SPLITS, world.today):
        parts[row.required("split")].append(row)
    for rows in parts.values():
        with rows[0].telling_where():
            made = endings.split(
                rows[0].one_in("split", condensations),
                parts=[
                    Part(row.required("wording"), [source for _, source in passages.get(row.required("key"), [])])
                    for row in rows
                ],
                reason=rows[0].required("reason"),
                by=world.accounts[Role.MODERATOR],
                at=_noon(rows[0].day("made")),
            )
        condensations.update(zip([row.required("key") for row in rows], made, strict=True))


def object_to(
    folder: Path, world: World, condensations: Mapping[str, Condensation], proposals: Mapping[str, Proposal]
) -> None:
    load = partial(_object, world, condensations, proposals)
    load_rows(folder / "objections.csv", OBJECTIONS, world.today, load)


def _object(
    world: World, condensations: Mapping[str, Condensation], proposals: Mapping[str, Proposal], row: Row
) -> None:
    condensation = row.one_in("condensation", condensations)
    objection = objections.object_to(
        condensation,
        version_id=condensation.text.current.id,
        proposal=row.one_in("statement", proposals),
        words=row.required("words"),
        language=row.required("language"),
        may_be_quoted=row.flag("may_be_quoted"),
        at=_noon(row.day("made")),
    )
    if row.text("answer"):
        moderator = world.accounts[Role.MODERATOR]
        objections.answer_objection(
            objection, answer=row.required("answer"), by=moderator, at=_noon(row.day("answered"))
        )


def _noon(day: date) -> datetime:
    return start_of(day) + NOON
