"""The command `teilhabe`: exit status 0 done, 1 refused with one sentence on stderr, 2 wrong usage."""

import os
import sys
from typing import IO, Any

import click
from flask import Flask
from flask.cli import FlaskGroup

import config
from app.errors import DomainError


class Refused(click.ClickException):
    """One sentence on stderr, exit status 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self.message, file=file or sys.stderr)


class Commands(FlaskGroup):
    """Flask's command line; what the domain or a setting refuses is one sentence, not a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (DomainError, config.SettingError) as error:
            raise Refused(str(error)) from error


def _create_app() -> Flask:
    from app import create_app

    return create_app(config.load(os.environ))


# Flask's own `run`, `shell` and `routes` stay away from an installation: `serve` is the way to start the site.
commands = Commands(
    name="teilhabe",
    create_app=_create_app,
    add_default_commands=False,
    add_version_option=False,
    load_dotenv=False,
    help="Teilhabe: Beteiligung am Integrationskonzept.",
)


def main() -> None:
    commands.main()
