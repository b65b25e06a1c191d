"""Load municipalities and organisations with their history."""

from functools import partial
from pathlib import Path

from app.db import db
from app.demo.files import Row, load_rows
from app.demo.world import World
from app.structures import services
from app.structures.models import Function, Municipality, OrganizationKind, Responsibility

MUNICIPALITIES = (
    *("name", "ags", "status", "post_code", "population", "population_on", "association", "latitude", "longitude"),
)
ORGANIZATIONS = (
    *("slug", "name", "short_name", "kind", "parent", "founded", "dissolved", "dissolution_reason", "successors"),
    *("is_planned", "description", "is_example"),
)
LEADERSHIPS = ("organization", "lead", "valid", "source")
SEATS = ("organization", "category", "on_behalf_of", "is_voluntary", "valid", "source")
FUNCTIONS = ("title", "organization", "valid", "note", "source")
RESPONSIBILITIES = ("subject", "organization", "valid", "source")


def load(folder: Path, world: World) -> None:
    load_rows(folder / "municipalities.csv", MUNICIPALITIES, world.today, partial(_add_municipality, world))
    load_rows(folder / "organizations.csv", ORGANIZATIONS, world.today, partial(_create_organization, world))
    load_rows(folder / "leaderships.csv", LEADERSHIPS, world.today, partial(_add_leadership, world))
    load_rows(folder / "seats.csv", SEATS, world.today, partial(_add_seat, world))
    # A second time: successors may stand below the body they follow, and only what exists can be dissolved
    load_rows(folder / "organizations.csv", ORGANIZATIONS, world.today, partial(_dissolve, world))
    load_rows(folder / "functions.csv", FUNCTIONS, world.today, partial(_add_function, world))
    load_rows(folder / "responsibilities.csv", RESPONSIBILITIES, world.today, partial(_add_responsibility, world))
    db.session.flush()


def _add_municipality(world: World, row: Row) -> None:
    ags = row.required("ags")
    if ags in world.municipalities:
        raise row.refuse(f"ags „{ags}“ kommt zweimal vor")
    world.municipalities[ags] = Municipality(
        name=row.required("name"),
        ags=ags,
        status=row.required("status"),
        post_code=row.required("post_code"),
        population=row.integer("population"),
        population_on=row.day("population_on"),
        association=row.text("association"),
        latitude=float(row.decimal("latitude")),
        longitude=float(row.decimal("longitude")),
    )
    db.session.add(world.municipalities[ags])


def _create_organization(world: World, row: Row) -> None:
    slug = row.required("slug")
    world.organizations[slug] = services.create_organization(
        slug=slug,
        name=row.required("name"),
        short_name=row.text("short_name"),
        kind=row.one_of("kind", OrganizationKind),
        parent=row.optional_in("parent", world.organizations),
        founded=row.process_date("founded"),
        is_planned=row.flag("is_planned"),
        description=row.text("description"),
        is_example=row.flag("is_example"),
    )


def _add_leadership(world: World, row: Row) -> None:
    services.add_leadership(
        row.one_in("organization", world.organizations),
        lead=row.one_in("lead", world.organizations),
        valid=row.process_date("valid"),
        source=row.text("source"),
    )


def _add_seat(world: World, row: Row) -> None:
    services.add_seat(
        row.one_in("organization", world.organizations),
        category=row.required("category"),
        on_behalf_of=row.optional_in("on_behalf_of", world.organizations),
        is_voluntary=row.flag("is_voluntary"),
        valid=row.process_date("valid"),
        source=row.text("source"),
    )


def _dissolve(world: World, row: Row) -> None:
    if dissolved := row.process_date("dissolved"):
        services.dissolve(
            row.one_in("slug", world.organizations),
            dissolved=dissolved,
            reason=row.required("dissolution_reason"),
            successors=row.many_in("successors", world.organizations),
        )


def _add_function(world: World, row: Row) -> None:
    db.session.add(
        Function(
            title=row.required("title"),
            organization=row.one_in("organization", world.organizations),
            valid=row.process_date("valid"),
            note=row.text("note"),
            source=row.text("source"),
        )
    )


def _add_responsibility(world: World, row: Row) -> None:
    db.session.add(
        Responsibility(
            subject=row.required("subject"),
            organization=row.one_in("organization", world.organizations),
            valid=row.process_date("valid"),
            source=row.text("source"),
        )
    )
