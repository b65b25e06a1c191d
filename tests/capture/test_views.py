from app.accounts.models import Role
from app.capture.services import tables
from app.db import db
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory, ThemeTableFactory
from tests.proposals.test_views import texts


def test_capture_takes_a_line_and_is_ready_for_the_next(client):
    table = ThemeTableFactory()
    address = f"/erfassung/{tables.link_of(table, tables.SCRIBE)}"
    assert client.page(address).select_one("#text").has_attr("autofocus")

    sent = client.post(address, data={"text": "Ginge es online?", "language": "uk", "kind": "measure"})
    assert sent.location == f"{address}?sprache=uk&art=measure"
    page = client.page(sent.location)

    assert page.select_one("#language option[selected]")["value"] == "uk"
    assert page.select_one("#kind option[selected]")["value"] == "measure"
    assert texts(page, ".capture-lines li") == ["Ginge es online? Ukrainisch, Maßnahme"]
    assert client.page(address, 422, "POST", data={"text": " ", "language": "de"}).select_one("#text-error")
    undone = client.post(f"{address}/ruecknahme?sprache=uk&art=measure")
    assert undone.location == sent.location
    assert client.page(address).select(".capture-lines li") == []


def test_capture_shows_only_its_own_table(client):
    table, other = ThemeTableFactory(), ThemeTableFactory()
    ProposalFactory(table=other, content="Vom Nachbartisch")
    address = f"/erfassung/{tables.link_of(table, tables.SCRIBE)}"

    assert "Vom Nachbartisch" not in client.page(address).text
    table.link_generation += 1
    db.session.commit()
    assert client.get(address).status_code == 409


def test_tables_page_has_links_and_codes_that_can_be_renewed(client):
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))
    table = ThemeTableFactory()
    other = ThemeTableFactory()
    address = f"/verwaltung/veranstaltungen/{table.event_id}/tische"
    page = client.page(address)
    [image] = page.select(".link-codes img")
    assert image["src"].startswith("data:image/svg+xml")
    token = page.select_one(".copy-link a")["href"].rpartition("/")[2]
    assert tables.read_link(token, tables.SCRIBE) == table
    assert client.post(f"{address}/{other.id}/erneuerung").status_code == 404

    client.post(f"{address}/{table.id}/erneuerung")

    assert client.get(f"/erfassung/{token}").status_code == 409
