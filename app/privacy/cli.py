"""Commands about what is kept of people."""

import json

import click
from flask.cli import AppGroup

from app.privacy import persons, services
from app.privacy.retention import RULES

retention = AppGroup("retention", help="Fristen, nach denen gelöscht wird.")
export = AppGroup("export", help="Auskunft.")
erase = AppGroup("erase", help="Löschung.")


@retention.command("run")
@click.option("--dry-run", is_flag=True, help="Nur zählen, nichts löschen.")
@click.option("--json", "as_json", is_flag=True)
def run_retention(*, dry_run: bool, as_json: bool) -> None:
    """Delete what is due, counted per kind."""
    counts = services.rehearse() if dry_run else services.run()
    if as_json:
        click.echo(json.dumps(counts))
    else:
        for rule in RULES:
            count = counts[rule.kind]
            click.echo(f"{'FEHLER' if count is None else count:>6}  {rule.kind}: {rule.what}")
    if None in counts.values():
        raise click.exceptions.Exit(1)


@export.command("person")
@click.argument("email")
def export_person(email: str) -> None:
    """Print what is stored about an address, as JSON."""
    click.echo(json.dumps(persons.export(email), ensure_ascii=False, indent=2))


@erase.command("person")
@click.argument("email")
@click.option("--name", "names", multiple=True, help="Auch dieser Name, wo er ohne Adresse steht; mehrmals möglich.")
def erase_person(email: str, names: tuple[str, ...]) -> None:
    """Erase what is stored about an address; what people said, and numbers, stay."""
    erased = persons.erase(email, names=names)
    for table, count in erased.counts.items():
        click.echo(f"{count:>6}  {table}")
    for place in erased.still_named:
        click.echo(f"Bitte ansehen: {place} nennt die Adresse oder den Namen noch.")
