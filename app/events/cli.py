"""Commands for events."""

import json
from collections.abc import Sequence
from pathlib import Path

import click
from flask.cli import AppGroup

from app.cli import Refused
from app.events import queries
from app.events.importing import Outcome, import_rows, judge, read_events
from app.registrations.places_report import describe

group = AppGroup("events", help="Veranstaltungen.")


@group.command("list")
@click.option("--json", "as_json", is_flag=True, help="Ein JSON-Dokument.")
def list_events(as_json: bool) -> None:
    """All events with their places, the latest first."""
    rows = describe(queries.all_events())
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        click.echo(_line(row))


@group.command()
@click.argument("event_id", type=int)
@click.option("--json", "as_json", is_flag=True, help="Ein JSON-Dokument.")
def show(event_id: int, as_json: bool) -> None:
    """One event with its places: persons, counted from the rows."""
    event = queries.get_event(event_id)
    if event is None:
        raise Refused(f"Eine Veranstaltung {event_id} gibt es nicht.")
    [row] = describe([event])
    click.echo(json.dumps(row, ensure_ascii=False) if as_json else _line(row))


@group.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--publish", is_flag=True, help="Gleich veröffentlichen.")
@click.option("--dry-run", is_flag=True, help="Nur zeigen, was geschähe.")
@click.option("--json", "as_json", is_flag=True, help="Ein JSON-Dokument mit den neuen Nummern.")
def import_events(file: Path, publish: bool, dry_run: bool, as_json: bool) -> None:
    """Events from CSV or iCalendar: good rows go in together, refused rows do not stop them."""
    rows = read_events(file, {section.slug: section for section in queries.all_sections()})
    report = judge(rows) if dry_run else import_rows(rows, publish=publish, file_name=file.name[:200]).outcomes
    if as_json:
        click.echo(json.dumps(_as_json(report), ensure_ascii=False))
        return
    for outcome in report:
        click.echo(f"Zeile {outcome.row.number}: {outcome.row.title or 'ohne Titel'}: {_result(outcome)}")


def _as_json(report: Sequence[Outcome]) -> dict[str, object]:
    return {
        "ids": [outcome.event_id for outcome in report if outcome.event_id],
        "rows": [
            {
                "row": outcome.row.number,
                "title": outcome.row.title,
                "id": outcome.event_id,
                "known": outcome.known_id,
                "refused": outcome.refusal or None,
            }
            for outcome in report
        ],
    }


def _result(outcome: Outcome) -> str:
    if outcome.refusal:
        return outcome.refusal
    if outcome.known_id:
        return f"ist schon da als {outcome.known_id}" + (", dort zu einer anderen Zeit" if outcome.is_elsewhen else "")
    return f"angelegt als {outcome.event_id}" if outcome.event_id else "würde angelegt"


def _line(row: dict[str, object]) -> str:
    places = "ohne Grenze" if row["capacity"] is None else f"{row['capacity']} Plätze"
    return (
        f"{row['id']}  {row['starts_at']}  {row['title']}: {places}, {row['confirmed']} angemeldet, "
        f"{row['held']} noch nicht bestätigt oder angeboten, {row['waitlisted']} auf der Warteliste"
    )
