"""Commands that write an edition to a file, and take one in."""

import json
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.cli import Refused
from app.concept import exporting, importing, queries
from app.concept.catalogue import WORKING, Catalogue
from app.concept.models import Edition
from app.db import now, reading
from app.languages import SOURCE
from app.local_time import day_of
from app.publishing import formats
from app.publishing.annex import annex_of
from app.publishing.annex_document import annex_file
from app.publishing.document import whole
from app.publishing.looks import LOOKS
from app.publishing.voice import LANGUAGES, speaking

group = AppGroup("concept", help="Das Konzept: eine Fassung in eine Datei schreiben, eine einlesen.")


@group.command()
@click.argument("edition")
@click.option("--format", "ending", required=True, type=click.Choice(["json", "csv", "xlsx", "pdf", "docx", "odt"]))
@click.option("--annex", "is_annex", is_flag=True, help="Nur Anlage 2.")
@click.option("--look", type=click.Choice(list(LOOKS)), default="a4", help="Format der PDF.")
@click.option("--language", default=SOURCE, help="Sprache, etwa ar; verbindlich ist die deutsche Fassung.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Datei; sonst die Standardausgabe.")
def export(edition: str, ending: str, output: Path | None, look: str, language: str, *, is_annex: bool) -> None:
    """Write an edition (its slug, or "arbeitsfassung"): whole as JSON, PDF, DOCX or ODT; annex 2 as CSV or XLSX."""
    with reading():
        is_table = is_annex or ending in {"csv", "xlsx"}
        content = _annex(edition, ending) if is_table else _whole(edition, ending, look, language)
    if output is None:
        sys.stdout.buffer.write(content)
        return
    output.write_bytes(content)
    click.echo(str(output))


@group.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Nur zeigen, was geschähe.")
@click.option("--json", "as_json", is_flag=True, help="Ein JSON-Dokument.")
def import_file(file: Path, *, dry_run: bool, as_json: bool) -> None:
    """Take in an edition or working edition that `concept export --format json` wrote: all of it, or nothing."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Refused(f"Die Datei „{file}“ lässt sich nicht lesen.") from error
    report = importing.preview(content) if dry_run else importing.take_in(content, by=None)
    if as_json:
        click.echo(json.dumps({"edition": report.slug, "made": report.made}))
        return
    if report.is_there_already:
        click.echo(f"{report.slug} ist schon da. Nichts ist geändert.")
        return
    click.echo(f"{report.slug}: {'würde angelegt' if dry_run else 'ist angelegt'}.")
    for kind, count in report.counts:
        click.echo(f"  {kind}: {count}")


def _annex(slug: str, ending: str) -> bytes:
    catalogue, edition = _find(slug)
    return annex_file(ending, annex_of(catalogue), at=edition.cut_at if edition else None)


def _whole(slug: str, ending: str, look: str, language: str) -> bytes:
    catalogue, edition = _find(slug)
    if ending == "json":
        return exporting.export(catalogue, edition)
    if language not in LANGUAGES:
        raise Refused(f"Die Sprache „{language}“ gibt es nicht.")
    with speaking(language, catalogue) as voice:
        document = whole(catalogue, edition, voice, county=current_app.config["COUNTY"])
        return formats.document_as(ending, document, look=look, at=edition.cut_at if edition else None)


def _find(slug: str) -> tuple[Catalogue, Edition | None]:
    found = queries.find_edition(slug)
    if found is not None:
        return queries.catalogue_of(found), found
    if slug != WORKING:
        raise Refused(f"Eine Fassung „{slug}“ gibt es nicht.")
    return queries.working_document(on=day_of(now())), None
