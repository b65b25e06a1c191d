"""Load what others said about contributions, and which municipality a contribution is about."""

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from app.accounts.models import Role
from app.comments import services
from app.comments.models import Comment, CommentKind
from app.comments.services import Person
from app.demo.files import Row, load_rows
from app.demo.world import World
from app.local_time import start_of
from app.proposals.models import ProposalState

COMMENTS = (
    *("key", "statement", "answers", "kind", "is_team", "language", "text", "german", "name", "received"),
    *("state", "state_reason"),
)
MUNICIPALITIES = ("statement", "municipality")
NOON = timedelta(hours=12)


def load(folder: Path, world: World) -> None:
    found: dict[str, Comment] = {}
    load_rows(folder / "statement_municipalities.csv", MUNICIPALITIES, world.today, partial(_place, world))
    load_rows(folder / "comments.csv", COMMENTS, world.today, partial(_add_comment, world, found))


def _place(world: World, row: Row) -> None:
    proposal = row.one_in("statement", world.proposals)
    proposal.municipality = row.one_in("municipality", world.municipalities)


def _add_comment(world: World, found: dict[str, Comment], row: Row) -> None:
    proposal = row.one_in("statement", world.proposals)
    answers = row.optional_in("answers", found)
    at = start_of(row.day("received")) + NOON + timedelta(minutes=row.line)
    moderator = world.accounts[Role.MODERATOR]
    if row.flag("is_team"):
        made = services.answer(proposal, text=row.required("text"), answers=answers, by=moderator, at=at)
    else:
        made = services.comment(
            proposal,
            text=row.required("text"),
            kind=row.one_of("kind", CommentKind),
            answers=answers,
            person=Person(name=row.text("name")),
            language=row.required("language"),
            at=at,
        )
        _moderate(made, row, at)
    found[row.required("key")] = made


def _moderate(comment: Comment, row: Row, at: datetime) -> None:
    if row.text("german"):
        services.translate(comment, content=row.text("german"), by=None)
    state = row.one_of("state", ProposalState)
    if state is ProposalState.RELEASED:
        services.release([comment], by=None, at=at + NOON)
    elif state is ProposalState.WITHHELD:
        services.withhold([comment], reason=row.text("state_reason"), by=None, at=at + NOON)
