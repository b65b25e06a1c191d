"""Load what example guests of an event need, and what is planned for them, with a gap."""

from collections import defaultdict
from functools import partial
from pathlib import Path

from app.accounts.models import Account, Role
from app.demo.files import Row, load_rows
from app.demo.world import World
from app.events.models import Event
from app.events.services import add_to_team
from app.registrations import services as registrations
from app.registrations.models import ConsentPurpose, NeedFields, NeedKind
from app.registrations.services import consents, needs
from app.slugs import slugify

NEEDS = ("event", "party", "persons", "kind", "language", "need_persons", "ages", "note")
RESOURCES = ("event", "kind", "language", "persons", "who", "is_confirmed")
Parties = defaultdict[tuple[str, str, int], list[NeedFields]]


def load(folder: Path, world: World) -> None:
    parties: Parties = defaultdict(list)
    load_rows(folder / "needs.csv", NEEDS, world.today, partial(_read, world, parties))
    for event in {world.events[key] for key, _party, _persons in parties}:
        _ask(event, world.accounts[Role.ORGANISER])
    for (key, name, persons), needed in parties.items():
        _register(world.events[key], name, persons, needed)
    load_rows(folder / "resources.csv", RESOURCES, world.today, partial(_plan, world))


def _read(world: World, parties: Parties, row: Row) -> None:
    row.one_in("event", world.events)
    parties[row.text("event"), row.required("party"), row.integer("persons")].append(
        {
            "kind": row.one_of("kind", NeedKind),
            "language": row.text("language"),
            "persons": row.integer("need_persons"),
            "ages": [int(age) for age in row.many("ages")],
            "note": row.text("note"),
        }
    )


def _ask(event: Event, organiser: Account) -> None:
    needs.ask(event, list(NeedKind), by=organiser)
    if all(member.account is not organiser for member in event.team):
        add_to_team(event, organiser, by=organiser)


def _register(event: Event, name: str, persons: int, needed: list[NeedFields]) -> None:
    registration = registrations.register(
        event,
        name=name,
        email=f"{slugify(name)}@example.org",
        persons=persons,
        consents=consents.texts_for(event, [ConsentPurpose.NEEDS]),
        needs=needed,
    )
    registrations.confirm(registration)


def _plan(world: World, row: Row) -> None:
    needs.plan(
        row.one_in("event", world.events),
        by=world.accounts[Role.ORGANISER],
        kind=row.one_of("kind", NeedKind),
        language=row.text("language"),
        persons=row.optional_integer("persons"),
        who=row.required("who"),
        is_confirmed=row.flag("is_confirmed"),
    )
