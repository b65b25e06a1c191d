"""Load an event of tomorrow: families and names in several scripts to check in, and links for the door."""

from functools import partial
from pathlib import Path

from app.attendance import services
from app.demo.files import Row, load_rows
from app.demo.world import World
from app.registrations import services as registrations
from app.registrations.models import PartyKind
from app.registrations.services import Companion

PARTIES = ("event", "name", "persons", "companions")
DEVICES = ("event", "name", "table", "may_exceed")


def load(folder: Path, world: World) -> None:
    load_rows(folder / "day_parties.csv", PARTIES, world.today, partial(_register, world))
    load_rows(folder / "door_devices.csv", DEVICES, world.today, partial(_add_device, world))


def _register(world: World, row: Row) -> None:
    name, persons = row.required("name"), row.integer("persons")
    registration = registrations.register(
        row.one_in("event", world.events),
        name=name,
        email="beispielpartei@example.org",
        persons=persons,
        companions=[Companion(companion) for companion in row.many("companions")],
        party_kind=PartyKind.PERSON if persons == 1 else PartyKind.GROUP,
    )
    registrations.confirm(registration)


def _add_device(world: World, row: Row) -> None:
    event, number = row.one_in("event", world.events), row.optional_integer("table")
    table = world.tables[row.required("event"), number] if number else None
    services.add_device(event, name=row.required("name"), table=table, may_exceed=row.flag("may_exceed"), by=None)
