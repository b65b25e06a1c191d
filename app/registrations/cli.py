"""Commands about registrations."""

import click
from flask.cli import AppGroup

from app.registrations.services import needs as services

needs = AppGroup("needs", help="Bedarf: Verschlüsselung.")


@needs.command()
def renew() -> None:
    """Encrypt all needs under the first key, so that older keys can go."""
    click.echo(f"{services.renew_encryption()} Einträge sind mit dem ersten Schlüssel verschlüsselt.")
