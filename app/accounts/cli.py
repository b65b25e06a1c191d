"""Commands for accounts."""

import click
from email_validator import EmailNotValidError, validate_email
from flask.cli import AppGroup

from app import links
from app.accounts import queries, services
from app.accounts.models import Account, Role
from app.cli import Refused

group = AppGroup("accounts", help="Konten und Links zum Einloggen.")


@group.command()
@click.argument("email")
@click.option("--name", required=True, help="Name der Person oder Stelle.")
@click.option("--role", "roles", required=True, multiple=True, type=click.Choice([role.value for role in Role]))
def create(email: str, name: str, roles: tuple[str, ...]) -> None:
    """Create an account and print a one-time sign-in link."""
    try:
        address = validate_email(email, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise Refused(f"„{email}“ ist keine E-Mail-Adresse.") from error
    account = services.create_account(email=address, name=name, roles=[Role(role) for role in roles])
    click.echo(sign_in_address(account))


@group.command()
@click.argument("email")
def link(email: str) -> None:
    """Print a one-time sign-in link."""
    account = queries.find_by_email(email)
    if account is None or not account.is_active:
        raise Refused(f"Zu „{email}“ gibt es kein offenes Konto.")
    click.echo(sign_in_address(account))


def sign_in_address(account: Account) -> str:
    return links.absolute_url("accounts.confirm_sign_in", token=services.issue_link(account))
