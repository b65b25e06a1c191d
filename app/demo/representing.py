"""Load what an example club contributed, with a picture, and who acts for it."""

import io
from datetime import timedelta
from functools import partial
from pathlib import Path

from PIL import Image, ImageDraw

from app.accounts.models import Role
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
        attachments=[Upload.of("Beispielbild.png", _drawing(), description=picture)] if picture else [],
    )
    proposal = intake.receive(statement, origin)
    proposal.is_proven = True
    if row.one_of("state", ProposalState) is ProposalState.RELEASED:
        moderation.release([proposal], by=world.accounts[Role.MODERATOR], at=at + timedelta(days=1))


def _drawing() -> bytes:
    """A bench under a tree, drawn with plain shapes: nobody can be seen on it."""
    image = Image.new("RGB", (1000, 640), "#e1f1f2")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 480, 1000, 640), fill="#cfd8d7")
    draw.rectangle((735, 260, 785, 500), fill="#963c0d")
    draw.ellipse((560, 40, 960, 330), fill="#00606b")
    draw.rectangle((160, 330, 600, 365), fill="#963c0d")
    draw.rectangle((140, 410, 620, 445), fill="#963c0d")
    for left in (190, 550):
        draw.rectangle((left, 330, left + 24, 540), fill="#51605f")
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
