"""Commands for contributions."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from app import spreadsheets
from app.calls.queries import find_by_slug
from app.cli import Refused
from app.proposals.models import Channel
from app.proposals.services import imports

group = AppGroup("proposals", help="Beiträge.")


@group.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--channel", required=True, type=click.Choice([channel.value for channel in Channel]))
@click.option("--call", "call_slug", default="", help="Der Aufruf, zu dem sie gehören: sein Name in der Adresse.")
@click.option("--json", "as_json", is_flag=True, help="Der Bericht als JSON.")
def import_file(file: Path, channel: str, call_slug: str, *, as_json: bool) -> None:
    """Take in contributions from a CSV or XLSX file; a second run takes in nothing twice."""
    try:
        lines = spreadsheets.read(file.read_bytes(), required="text")
    except (OSError, spreadsheets.FileUnreadable) as error:
        raise Refused(f"„{file}“ ist keine lesbare CSV-, XLSX- oder JSON-Datei mit einer Spalte „text“.") from error
    call = find_by_slug(call_slug) if call_slug else None
    if call_slug and call is None:
        raise Refused(f"Den Aufruf „{call_slug}“ gibt es nicht.")
    report = imports.import_rows(lines, channel=Channel(channel), call=call)
    if as_json:
        refused = [{"row": row, "reason": reason} for row, reason in report.refused]
        content = {
            "imported": len(report.imported),
            "skipped": report.skipped,
            "refused": refused,
            "references": report.imported,
            "without_files": report.without_files,
        }
        click.echo(json.dumps(content, ensure_ascii=False))
        return
    for row, reason in report.refused:
        click.echo(f"Zeile {row}: {reason}")
    if report.without_files:
        click.echo(f"{report.without_files} Zeilen nennen Dateien; die stehen nicht in der Tabelle und fehlen.")
    click.echo(
        f"{len(report.imported)} aufgenommen, {report.skipped} schon bekannt, {len(report.refused)} nicht aufgenommen"
    )
