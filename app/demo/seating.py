"""Load example registrations with wishes for tables, and a draft of who sits where."""

from functools import partial
from pathlib import Path

from app.accounts.models import Role
from app.demo.files import Row, load_rows
from app.demo.world import World
from app.registrations import services as registrations
from app.registrations.models import ComesAs, PartyKind
from app.seating import services

PARTIES = ("event", "name", "persons", "wishes", "languages", "comes_as", "sits_together")
PLANS = ("event", "rounds")


def load(folder: Path, world: World) -> None:
    load_rows(folder / "table_parties.csv", PARTIES, world.today, partial(_register, world))
    load_rows(folder / "seating_plans.csv", PLANS, world.today, partial(_plan, world))


def _register(world: World, row: Row) -> None:
    event = row.one_in("event", world.events)
    name, persons = row.required("name"), row.integer("persons")
    tables = {str(table.number): table for table in event.tables}
    registration = registrations.register(
        event,
        name=name,
        email=f"{name.lower().replace(' ', '-')}@example.org",
        persons=persons,
        party_kind=PartyKind.GROUP if persons > 1 else PartyKind.PERSON,
        tables=row.many_in("wishes", tables),
        spoken_languages=row.many("languages"),
        comes_as=row.optional_in("comes_as", {kind.value: kind for kind in ComesAs}),
        sits_together=row.flag("sits_together"),
    )
    registrations.confirm(registration)


def _plan(world: World, row: Row) -> None:
    event = row.one_in("event", world.events)
    registrations.change_event(event, by=None, table_rounds=row.integer("rounds"))
    services.make(event, by=world.accounts.get(Role.ORGANISER))
