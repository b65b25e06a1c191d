"""Commands that write an edition to a file."""

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from app.cli import Refused
from app.concept import queries
from app.concept.catalogue import WORKING
from app.db import reading
from app.publishing import formats
from app.publishing.annex import annex_of

group = AppGroup("concept", help="Das Konzept: eine Fassung in eine Datei schreiben.")


@group.command()
@click.argument("edition")
@click.option("--format", "ending", required=True, type=click.Choice(["json", "csv", "xlsx", "pdf"]))
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Datei; sonst die Standardausgabe.")
def export(edition: str, ending: str, output: Path | None) -> None:
    """Write an edition (its slug, or "arbeitsfassung"): the whole of it as JSON, else annex 2."""
    with reading():
        content = _content(edition, ending)
    if output is None:
        sys.stdout.buffer.write(content)
        return
    output.write_bytes(content)
    click.echo(str(output))


def _content(slug: str, ending: str) -> bytes:
    found = queries.find_edition(slug)
    if found is None and slug != WORKING:
        raise Refused(f"Eine Fassung „{slug}“ gibt es nicht.")
    catalogue = queries.catalogue_of(found) if found else queries.working_catalogue()
    if ending == "json":
        return formats.edition_json(catalogue)
    return formats.annex_as(ending, annex_of(catalogue), at=found.cut_at if found else None)
