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
    assert "Schreiben Sie die E-Mail-Adresse so: name@beispiel.de" in page.select_one("#email-error").text


def test_sign_out_ends_the_session(client):
    client.sign_in(AccountFactory())

    assert client.post("/konto/abmeldung").location == "/"
    assert client.get("/konto").status_code == 303
