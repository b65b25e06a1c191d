import pytest
from sqlalchemy import select

from app.accounts.models import Account, Role
from app.db import db
from tests.factories import AccountFactory


@pytest.fixture
def admin(client):
    admin = AccountFactory(name="Beispiel-Verwaltung", email="verwaltung@example.org", roles=(Role.ADMIN,))
    client.sign_in(admin)
    return admin


@pytest.mark.parametrize("others", [1, 3])
def test_index_lists_all_accounts_in_as_many_queries_as_one(client, admin, count_queries, others):
    for number in range(others):
        AccountFactory(name=f"Beispiel {number}", roles=(Role.EDITOR, Role.MODERATOR))
    db.session.expunge_all()

    with count_queries() as statements:
        page = client.page("/verwaltung/konten")

    links = page.select("main a[href^='/verwaltung/konten/']:not([href$=neu])")
    names = [f"Beispiel {number}" for number in range(others)]
    assert [link.text.strip() for link in links] == [*names, "Beispiel-Verwaltung"]
    assert len([statement for statement in statements if statement.startswith("SELECT")]) == 4


def test_create_makes_an_account_with_its_roles(client, admin):
    client.page("/verwaltung/konten/neu")
    form = {"name": "Beispielamt", "email": "Amt@example.org", "roles": ["editor", "organiser"]}

    assert client.post("/verwaltung/konten/neu", data=form).location == "/verwaltung/konten"

    account = db.session.scalars(select(Account).where(Account.id != admin.id)).one()
    assert (account.name, account.email, account.roles) == (
        *("Beispielamt", "amt@example.org", {Role.EDITOR, Role.ORGANISER}),
    )


def test_create_says_at_the_field_that_the_address_is_taken(client, admin):
    form = {"name": "Beispielamt", "email": "Verwaltung@example.org", "roles": ["editor"]}

    page = client.page("/verwaltung/konten/neu", 422, "POST", data=form)

    assert "Zu dieser E-Mail-Adresse gibt es schon ein Konto." in page.select_one("#email-error").text
    assert page.select_one("#name")["value"] == "Beispielamt"
    assert [box["value"] for box in page.select("input[name=roles][checked]")] == ["editor"]


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"name": "", "email": "amt@example.org"}, "name"),
        ({"name": "x" * 201, "email": "amt@example.org"}, "name"),
        ({"name": "Amt", "email": "amt"}, "email"),
        ({"name": "Amt", "email": f"{'x' * 60}@{'y' * 200}.org"}, "email"),
    ],
)
def test_create_says_at_the_field_what_is_wrong(client, admin, form, field):
    page = client.page("/verwaltung/konten/neu", 422, "POST", data=form)

    assert page.select_one(f"#{field}-error").text.strip()
    assert page.select_one(f"#{field}")["value"] == form[field]
    assert db.session.scalars(select(Account)).all() == [admin]


def test_create_refuses_a_role_that_does_not_exist(client, admin):
    client.page("/verwaltung/konten/neu", 422, "POST", data={"name": "A", "email": "a@example.org", "roles": "landrat"})


def test_edit_changes_roles(client, admin):
    account = AccountFactory(roles=(Role.EDITOR,))
    page = client.page(f"/verwaltung/konten/{account.id}")
    assert [box["value"] for box in page.select("input[name=roles][checked]")] == ["editor"]

    sent = client.post(f"/verwaltung/konten/{account.id}", data={"roles": ["moderator"]})

    assert (sent.location, account.roles) == ("/verwaltung/konten", {Role.MODERATOR})


def test_edit_keeps_the_last_admin(client, admin):
    client.page(f"/verwaltung/konten/{admin.id}", 409, "POST", data={"roles": ["editor"]})

    assert admin.roles == {Role.ADMIN}


def test_edit_knows_no_unknown_account(client, admin):
    assert [client.get(f"/verwaltung/konten/{number}").status_code for number in ("404404", "0", "abc")] == [404] * 3


def test_close_ends_an_account(client, admin):
    account = AccountFactory()

    assert client.post(f"/verwaltung/konten/{account.id}/schliessung").location == "/verwaltung/konten"

    assert account.is_active is False
    page = client.page(f"/verwaltung/konten/{account.id}")
    assert ("Dieses Konto ist geschlossen." in page.main.text, page.select("main form")) == (True, [])
    assert "geschlossen" in client.page("/verwaltung/konten").main.text


def test_close_keeps_the_last_admin(client, admin):
    client.page(f"/verwaltung/konten/{admin.id}/schliessung", 409, "POST")

    assert admin.is_active is True
