import pytest
from sqlalchemy import select

from app.accounts import services
from app.accounts.models import Account, Role
from app.db import db
from tests.factories import AccountFactory


@pytest.fixture
def run(command):
    """Exit status, what stands on stdout and what on stderr."""

    def invoke(*arguments):
        status, output, error = command("accounts", *arguments)
        return status, output.strip(), error.strip()

    return invoke


def test_create_prints_a_link_that_signs_in(run, client):
    status, address, _ = run(
        "create", "Amt@example.org", "--name", "Beispielamt", "--role", "editor", "--role", "admin"
    )

    account = db.session.scalars(select(Account)).one()
    assert (status, account.email, account.name) == (0, "amt@example.org", "Beispielamt")
    assert account.roles == {Role.EDITOR, Role.ADMIN}
    assert client.post(address).location == "/verwaltung"


def test_create_refuses_an_address_that_has_an_account(run):
    AccountFactory(email="amt@example.org")

    outcome = run("create", "amt@example.org", "--name", "Beispielamt", "--role", "admin")

    assert outcome == (1, "", "Zu dieser E-Mail-Adresse gibt es schon ein Konto.")


def test_create_refuses_what_is_no_address(run):
    outcome = run("create", "amt", "--name", "Beispielamt", "--role", "admin")

    assert outcome == (1, "", "„amt“ ist keine E-Mail-Adresse.")
    assert db.session.scalars(select(Account)).all() == []


def test_create_refuses_a_role_that_does_not_exist(run):
    assert run("create", "amt@example.org", "--name", "Beispielamt", "--role", "landrat")[0] == 2


def test_link_prints_a_new_link(run, client):
    AccountFactory(email="amt@example.org")

    status, address, _ = run("link", "AMT@example.org")

    assert (status, client.post(address).location) == (0, "/konto")


@pytest.mark.parametrize("email", ["niemand@example.org", "zu@example.org"])
def test_link_refuses_who_has_no_open_account(run, email):
    AccountFactory(roles=(Role.ADMIN,))
    services.close(AccountFactory(email="zu@example.org"), by=None)

    assert run("link", email) == (1, "", f"Zu „{email}“ gibt es kein offenes Konto.")
