"""Commands that run an installation."""

import click
from flask import current_app
from flask.cli import with_appcontext

from app.operations.checks import CHECKS, CheckFailed
from app.operations.server import Server


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Adresse, auf der die Website lauscht.")
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=2, show_default=True, help="Prozesse; jeder hat 8 Threads.")
@with_appcontext
def serve(host: str, port: int, workers: int) -> None:
    """The site under a production server."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 -- gunicorn forks, a proxy would not do
    Server(app, host=host, port=port, workers=workers).run()


@click.command()
@with_appcontext
def worker() -> None:
    """Background jobs and periodic jobs, until it is stopped."""
    huey = current_app.extensions["huey"]
    huey.create_consumer(workers=2, max_delay=1.0, check_worker_health=True).run()


@click.command()
@with_appcontext
def doctor() -> None:
    """Check settings, database, migrations, mail, queue, storage, encryption and fonts; one line each."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 -- the checks outlive the proxy
    click.echo("ok      Einstellungen: vollständig")
    failed = 0
    for name, check in CHECKS.items():
        try:
            click.echo(f"ok      {name}: {check(app)}")
        except CheckFailed as error:
            failed += 1
            click.echo(f"FEHLER  {name}: {error}")
    if failed:
        raise click.exceptions.Exit(1)
