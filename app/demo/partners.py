"""Load which partners of measures were asked to agree, and what they answered; who has no answer is still asked."""

from functools import partial
from pathlib import Path

from app.concept import partnership, services
from app.concept.models import Agreement, Channel
from app.demo.files import Row, load_rows
from app.demo.world import World

ANSWERS = ("measure", "organization", "channel", "asked", "answered", "agreement", "may_be_named", "words")


def load(folder: Path, world: World) -> None:
    load_rows(folder / "partner_answers.csv", ANSWERS, world.today, partial(_ask, world))


def _ask(world: World, row: Row) -> None:
    organization, channel = row.one_in("organization", world.organizations), row.one_of("channel", Channel)
    found = partnership.find_partner(row.one_in("measure", world.measures), organization)
    if found is None:
        raise row.refuse("arbeitet an dieser Maßnahme nicht mit")
    services.ask_for_agreement(
        organization,
        [found],
        channel=channel,
        asked_on=row.day("asked"),
        email=f"{organization.slug}@example.org",
        by=None,
    )
    if answered := row.optional_day("answered"):
        services.answer_for(
            found,
            agreement=row.one_of("agreement", Agreement),
            may_be_named=row.flag("may_be_named"),
            words=row.text("words"),
            channel=channel,
            answered_on=answered,
            by=None,
        )
