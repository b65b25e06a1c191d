"""Load what those who moderate work with: text blocks, words to look at, a redaction, reports, an appeal."""

from functools import partial
from pathlib import Path

from app.accounts.models import Role
from app.demo.files import Row, load_rows
from app.demo.world import World
from app.moderation.models import BlockKind, ReportKind
from app.moderation.services import appeals, redactions, reports, text_blocks, watch_words

BLOCKS = ("kind", "title", "text")
WORDS = ("word",)
STEPS = ("step", "statement", "words", "reason")


def load(folder: Path, world: World) -> None:
    load_rows(folder / "text_blocks.csv", BLOCKS, world.today, partial(_add_block, world))
    load_rows(folder / "watch_words.csv", WORDS, world.today, partial(_add_word, world))
    load_rows(folder / "moderation_steps.csv", STEPS, world.today, partial(_take_step, world))


def _add_block(world: World, row: Row) -> None:
    text_blocks.add(
        kind=row.one_of("kind", BlockKind),
        title=row.required("title"),
        content=row.required("text"),
        by=world.accounts[Role.ORGANISER],
    )


def _add_word(world: World, row: Row) -> None:
    watch_words.add(row.required("word"), by=world.accounts[Role.ORGANISER])


def _take_step(world: World, row: Row) -> None:
    proposal = row.one_in("statement", world.proposals)
    step = row.required("step")
    if step == "redaction":
        moderator = world.accounts[Role.MODERATOR]
        redactions.redact(proposal, [row.required("words")], reason=row.required("reason"), by=moderator)
    elif step == "report":
        reports.report(proposal, kind=row.one_of("reason", ReportKind), words=row.text("words"))
    elif step == "appeal":
        appeals.appeal(proposal, words=row.required("words"))
    else:
        raise row.refuse(f"step „{step}“ gibt es nicht")
