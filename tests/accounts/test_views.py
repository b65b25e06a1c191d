import pytest

from app.accounts import services
from app.accounts.models import Role
from app.accounts.services import issue_link
from tests.factories import AccountFactory


def test_sign_in_by_the_link_in_the_mail(client, mails):
    AccountFactory(email="amt@example.org", name="Beispielamt", roles=(Role.ORGANISER,))
    client.page("/konto/zugang")

    sent = client.post("/konto/zugang", data={"email": "amt@example.org"})
    assert (sent.status_code, sent.location) == (303, "/konto/zugang/gesendet")
    client.page(sent.location)
    [mail] = mails()
    [address] = mail.links

    page = client.page(address)
    assert page.h1.text == "Einloggen als Beispielamt"
    assert client.post(address).location == "/verwaltung"
    assert client.page("/konto").select_one("dd").text == "Beispielamt"
    assert client.page(address, 409).h1.text == "Das geht gerade nicht"


def test_sign_in_returns_to_the_page_that_asked(client):
    account = AccountFactory(roles=(Role.ADMIN,))
    asked = client.get("/verwaltung/konten")
    assert (asked.status_code, asked.location) == (303, "/konto/zugang?weiter=/verwaltung/konten")
    client.get(asked.location)

    assert client.post(f"/konto/zugang/{issue_link(account)}").location == "/verwaltung/konten"


def test_sign_in_never_leads_elsewhere(client):
    account = AccountFactory()
    client.get("/konto/zugang?weiter=//example.org/")

    assert client.post(f"/konto/zugang/{issue_link(account)}").location == "/konto"


def test_request_sign_in_says_at_the_field_what_is_wrong(client):
    page = client.page("/konto/zugang", 422, "POST", data={"email": "amt"})

    assert page.select_one("input[type=email]")["value"] == "amt"
    assert (
        "Schreiben Sie die E-Mail-Adresse ohne Umlaute und so: name@beispiel.de" in page.select_one("#email-error").text
    )


def test_sign_out_ends_the_session(client):
    client.sign_in(AccountFactory())

    assert client.post("/konto/abmeldung").location == "/"
    assert client.get("/konto").status_code == 303


def test_request_sign_in_says_the_same_whether_the_address_is_known(client, mails):
    AccountFactory(email="amt@example.org")

    sent = [client.post("/konto/zugang", data={"email": f"{who}@example.org"}) for who in ("amt", "niemand")]

    assert len({(answer.status_code, answer.location, answer.text) for answer in sent}) == 1
    assert [mail.to for mail in mails()] == ["amt@example.org"]


def test_confirm_sign_in_uses_nothing_up(client):
    address = f"/konto/zugang/{issue_link(AccountFactory())}"

    client.page(address)
    client.page(address)

    assert client.post(address).location == "/konto"


def test_sign_in_refuses_a_link_of_the_generation_before(client):
    account = AccountFactory()
    address = f"/konto/zugang/{issue_link(account)}"
    client.sign_in(account)

    assert client.post("/konto/abmeldung/ueberall").location == "/"

    assert client.get("/konto").status_code == 303
    client.page(address, 409)
    client.page(address, 409, "POST")


def test_sign_in_refuses_a_forged_link(client):
    AccountFactory()

    client.page("/konto/zugang/erfunden", 409)


def test_sign_out_everywhere_ends_the_other_sessions(client, app):
    account = AccountFactory()
    other = app.test_client()
    client.sign_in(account)
    other.sign_in(account)
    assert other.get("/konto").status_code == 200

    client.post("/konto/abmeldung/ueberall")

    assert other.get("/konto").status_code == 303


def test_show_leads_to_the_desk_who_works_there(client):
    client.sign_in(AccountFactory(roles=(Role.MODERATOR,)))
    moderator = client.page("/konto").select("main a[href='/verwaltung']")
    client.sign_in(AccountFactory(roles=(Role.REPRESENTATIVE,)))
    representative = client.page("/konto").select("main a[href='/verwaltung']")

    assert (len(moderator), representative) == (1, [])


@pytest.mark.parametrize(
    ("role", "links"),
    [(Role.MODERATOR, ["Verwaltung", "Beispielperson"]), (Role.PARTICIPANT, ["Beispielperson"])],
)
def test_every_page_leads_to_the_desk_who_works_there(client, role, links):
    client.sign_in(AccountFactory(name="Beispielperson", roles=(role,)))

    assert [link.text for link in client.page("/netiquette").select(".site-account a")] == links


def test_session_of_a_closed_account_ends(client):
    account = AccountFactory()
    client.sign_in(account)

    services.close(account, by=None)

    assert client.get("/konto").status_code == 303


def test_session_that_nobody_wrote_so_is_nobody(client):
    AccountFactory()
    for content in ("1", "1.", "x.1", "1.99", "404.1", ""):
        with client.session_transaction() as session:
            session["_user_id"] = content

        assert (content, client.get("/konto").status_code) == (content, 303)
