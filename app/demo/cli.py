"""Commands for the demo."""

import socket
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from flask_migrate import upgrade

from app.accounts import queries as accounts
from app.accounts.cli import sign_in_address
from app.accounts.models import ROLE_LABELS
from app.cli import Refused
from app.db import reading
from app.demo import loading, processes

HOST = "127.0.0.1"
FOLDER = Path(__file__).parent.parent.parent / "data" / "konstanz"

group = AppGroup("demo", help="Die Demo: der Landkreis Konstanz 2016 und 2017.")


@group.command()
def load() -> None:
    """Fill an empty database with the demo."""
    loading.load(FOLDER)
    click.echo("Die Demo ist geladen.")


@group.command()
@click.option("--port", default=8000, show_default=True)
def run(port: int) -> None:
    """Start the demo with its worker: migrate, load it into an empty database, print the links to sign in."""
    if _is_taken(port):
        raise Refused(f"Der Port {port} ist belegt: Nehmen Sie einen anderen, etwa mit „make run PORT={port + 1}“.")
    upgrade()
    with reading():
        is_new = loading.is_database_empty()
    if is_new:
        click.echo("Die Demo wird geladen.")
        loading.load(FOLDER)
    raise click.exceptions.Exit(processes.run(HOST, port, _show_addresses))


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False


def _show_addresses() -> None:
    click.echo(f"\nTeilhabe läuft: {current_app.config['BASE_URL']}/\n")
    click.echo("Zum Einloggen; jeder Link gilt einmal und 30 Minuten:\n")
    with reading():
        for role, (email, _name) in loading.ACCOUNTS.items():
            account = accounts.find_by_email(email)
            if account is not None and account.is_active:
                click.echo(f"  {ROLE_LABELS[role]}:\n  {sign_in_address(account)}\n")
    click.echo("Neue Links: ein zweites „make run“. Ende mit Strg+C.")
