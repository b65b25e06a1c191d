"""Load what an example club contributed, with a picture, and who acts for it."""

from datetime import timedelta
from functools import partial
from pathlib import Path

from app.accounts.models import Role
from app.demo import drawings
from app.demo.files import Row, load_rows
from app.demo.world import World
from app.local_time import start_of
from app.moderation.services import moderation
from app.proposals.attachments import Upload
from app.proposals.models import Channel, ProposalKind, ProposalState
from app.proposals.services import intake
from app.proposals.services.intake import Origin, Statement
from app.structures import services as structures

STATEMENTS = (
    *("organization", "kind", "section", "goal", "language", "text", "german", "picture", "received", "state"),
    "is_example",
)
CLUB = "beispielverein-sonnenblume"
NOON = timedelta(hours=12)


def load(folder: Path, world: World) -> None:
    structures.grant_mandate(
        world.accounts[Role.REPRESENTATIVE], organization=world.organizations[CLUB], by=world.accounts[Role.ORGANISER]
    )
    load_rows(folder / "organisation_statements.csv", STATEMENTS, world.today, partial(_add_statement, world))


def _add_statement(world: World, row: Row) -> None:
    at = start_of(row.day("received")) + NOON
    origin = Origin(
        Channel.WEB,
        received_at=at,
        organization=row.one_in("organization", world.organizations),
        author=world.accounts[Role.REPRESENTATIVE],
        is_example=row.flag("is_example"),
    )
    picture = row.text("picture")
    statement = Statement(
        text=row.required("text"),
        kind=row.one_of("kind", ProposalKind),
        section=row.one_in("section", world.sections),
        goal=row.optional_in("goal", world.goals),
        language=row.required("language"),
        translation=row.text("german"),
        attachments=[Upload.of("Beispielbild.png", drawings.bench_under_a_tree(), description=picture)]
        if picture
        else [],
    )
    proposal = intake.receive(statement, origin)
    proposal.is_proven = True
    if row.one_of("state", ProposalState) is ProposalState.RELEASED:
        moderation.release([proposal], by=world.accounts[Role.MODERATOR], at=at + timedelta(days=1))
