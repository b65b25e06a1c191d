"""Load the list of who gets the printed concept, print jobs and what was sent."""

from functools import partial
from pathlib import Path

from sqlalchemy import select

from app.accounts.models import Role
from app.db import db
from app.demo.files import Row, load_rows
from app.demo.world import World
from app.distribution import queries, services
from app.distribution.models import PrintFormat, Recipient

GROUPS = ("slug", "title")
RECIPIENTS = ("group", "name", "street", "post_code", "city", "copies", "is_example")
PRINT_JOBS = (
    *("edition", "title", "format", "planned", "copies", "printer", "cost", "delivered_on", "source", "is_example"),
)
DISPATCHES = ("job", "recipient", "purpose", "copies", "sent_on")
PRESENTATIONS = ("edition", "meeting", "event", "group")
MUNICIPALITIES = "kommunen"  # the group of the 2017 paper that all of them belong to


def load(folder: Path, world: World) -> None:
    load_rows(folder / "recipient_groups.csv", GROUPS, world.today, partial(_add_group, world))
    load_rows(folder / "recipients.csv", RECIPIENTS, world.today, _add_recipient)
    load_rows(folder / "print_jobs.csv", PRINT_JOBS, world.today, partial(_plan, world))
    load_rows(folder / "dispatches.csv", DISPATCHES, world.today, partial(_send, world))
    load_rows(folder / "presentations.csv", PRESENTATIONS, world.today, partial(_present, world))


def _add_group(world: World, row: Row) -> None:
    group = services.add_group(row.required("title"), slug=row.required("slug"), by=None)
    if group.slug == MUNICIPALITIES:
        services.take_up_municipalities(group, list(world.municipalities.values()), by=None)


def _add_recipient(row: Row) -> None:
    services.add_recipient(
        row.one_in("group", {group.slug: group for group in queries.groups()}),
        name=row.required("name"),
        street=row.text("street"),
        post_code=row.text("post_code"),
        city=row.text("city"),
        copies=row.integer("copies"),
        is_example=row.flag("is_example"),
        by=None,
    )


def _plan(world: World, row: Row) -> None:
    copies, delivered_on = row.optional_integer("copies"), row.optional_day("delivered_on")
    job = services.plan_print_job(
        row.one_in("edition", world.editions),
        title=row.required("title"),
        format=row.one_of("format", PrintFormat),
        planned=row.process_date("planned"),
        copies=copies,
        printer=row.text("printer"),
        cost=row.optional_decimal("cost"),
        source=row.text("source"),
        is_example=row.flag("is_example"),
        by=None,
    )
    if copies and delivered_on:
        services.take_delivery(job, copies=copies, delivered_on=delivered_on, by=None)


def _send(world: World, row: Row) -> None:
    by, sent_on = world.accounts[Role.ORGANISER], row.day("sent_on")
    job = row.one_in("job", {job.title: job for job in queries.print_jobs()})
    if row.text("recipient"):
        known = {each.name: each for each in db.session.scalars(select(Recipient))}
        services.send(job, [row.one_in("recipient", known)], sent_on=sent_on, by=by)
    else:
        services.hand_out(job, copies=row.integer("copies"), purpose=row.required("purpose"), sent_on=sent_on, by=by)


def _present(world: World, row: Row) -> None:
    """In a meeting of a body, or at an event for one of the groups."""
    edition = row.one_in("edition", world.editions)
    if meeting := row.optional_in("meeting", world.meetings):
        services.present_to_body(edition, meeting, by=None)
        return
    group = row.optional_in("group", {group.slug: group for group in queries.groups()})
    services.present(edition, row.one_in("event", world.events), group=group, by=None)
