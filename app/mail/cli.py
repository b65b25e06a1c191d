"""Commands for mail."""

import click
from flask.cli import AppGroup

from app.mail import delivery

group = AppGroup("mail", help="Mails im Postausgang.")


@group.command()
def deliver() -> None:
    """One round of the outbox: send everything that is due."""
    report = delivery.deliver()
    click.echo(f"{report.sent} gesendet, {report.postponed} später noch einmal, {report.given_up} aufgegeben")
