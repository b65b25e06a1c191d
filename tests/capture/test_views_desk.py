import pytest
from sqlalchemy import func, select

from app.accounts.models import Role
from app.capture import queries
from app.capture.models import FlipchartPhoto
from app.capture.services import closing, lines, photos, tables
from app.db import db
from app.events.models import EventPhoto
from app.proposals.models import Proposal
from tests.capture.factories import said
from tests.capture.test_views import picture, table, texts
from tests.factories import AccountFactory
from tests.proposals.factories import EventFactory, ThemeTableFactory

__all__ = ["table"]


@pytest.fixture
def organiser(client):
    account = AccountFactory(roles=(Role.ORGANISER,))
    client.sign_in(account)
    return account


def test_desk_shows_links_states_and_codes(client, organiser, table):
    address = f"/verwaltung/veranstaltungen/{table.event_id}/tische"
    other = ThemeTableFactory()
    assert "noch nichts" in client.page(address).select_one("td").text
    lines.record(table, [said("Eins")])
    assert texts(client.page(address), ".status") == ["schreibt"]

    page = client.page(address)
    token = page.select_one(".copy-link a")["href"].rpartition("/")[2]
    assert tables.read_link(token, tables.SCRIBE) == table
    assert len(client.page(f"{address}/druck").select("img[src^='data:image/svg+xml']")) == 2
    assert client.post(f"{address}/{other.id}/erneuerung").status_code == 404
    assert client.get(f"{address}/{other.id}/zeilen").status_code == 404

    client.post(f"{address}/{table.id}/erneuerung")
    assert client.get(f"/erfassung/{token}").status_code == 409
    client.post(address, data={"points_each": "4"})
    assert queries.settings_of(table.event_id).points_each == 4
    assert client.page(address, 422, "POST", data={"points_each": "viele"}).select_one("#points_each-error")


def test_desk_closes_and_reopens_a_table_for_a_reason(client, organiser, table):
    lines.record(table, [said("Eins")])
    address = f"/verwaltung/veranstaltungen/{table.event_id}/tische/{table.id}"

    client.post(f"{address}/abschluss")
    assert queries.standing_closing(table.id).closed_by_id == organiser.id
    assert client.page(f"{address}/oeffnung", 422, "POST", data={"reason": " "}).select_one("#reason-error")
    client.post(f"{address}/oeffnung", data={"reason": "Ein Blatt fehlte"})

    page = client.page(f"{address}/zeilen")
    assert queries.standing_closing(table.id) is None
    assert any("Ein Blatt fehlte" in note for note in texts(page, ".thread-note"))
    assert client.post(f"{address}/oeffnung", data={"reason": "noch einmal"}).status_code == 409


def test_moderator_sees_lines_and_photos_and_changes_neither(client, table):
    lines.record(table, [said("Eins")])
    photo = photos.add_photo(table, picture())
    address = f"/verwaltung/veranstaltungen/{table.event_id}/tische/{table.id}"
    client.sign_in(AccountFactory(roles=(Role.MODERATOR,)))

    page = client.page(f"{address}/zeilen")

    assert texts(page, ".capture-words") == ["Eins"]
    assert client.get(page.select_one(".flipchart img")["src"]).mimetype == "image/jpeg"
    assert client.post(f"{address}/abschluss").status_code == 403
    assert client.post(f"{address}/fotos/{photo.id}/entfernung").status_code == 403
    assert client.get(f"{address}/fotos/{photo.id}/dokumentation").status_code == 403


def test_a_photo_is_released_with_the_documentation_and_lives_on(client, organiser, table):
    photo = photos.add_photo(table, picture("green"))
    address = f"/verwaltung/veranstaltungen/{table.event_id}/tische/{table.id}/fotos/{photo.id}"
    words = {"alt": "Ein Flipchart mit sechs Zetteln", "consent": "Niemand ist zu erkennen"}
    assert client.page(f"{address}/dokumentation", 422, "POST", data={"alt": "x"}).select_one("#consent-error")

    client.post(f"{address}/dokumentation", data=words)

    [shown] = db.session.scalars(select(EventPhoto))
    assert (shown.alt, photo.event_photo_id) == (words["alt"], shown.id)
    assert client.post(f"{address}/dokumentation", data=words).status_code == 409
    client.post(f"{address}/entfernung")
    assert db.session.scalars(select(FlipchartPhoto)).all() == []
    assert client.get(f"/veranstaltungen/{table.event_id}/fotos/{shown.id}/klein.jpg").status_code == 200


def test_overview_costs_as_many_queries_for_three_tables_as_for_one(count_queries):
    event = EventFactory()
    three = [ThemeTableFactory(event=event) for _ in range(3)]
    for each in three:
        lines.record(each, [said("Eins"), said("Zwei")])

    db.session.refresh(event)
    [each.title for each in three]  # loaded, as the page has them
    with count_queries() as one_table:
        queries.overview(three[:1])
    with count_queries() as three_tables:
        found = queries.overview(three)

    assert len(three_tables) == len(one_table) == 5
    assert [state.lines for state in found] == [2, 2, 2]
    assert db.session.scalar(select(func.count(Proposal.id))) == 6


def test_moderation_marks_what_an_open_table_wrote_and_can_wait_for_closed_ones(client, table):
    lines.record(table, [said("Vom offenen Tisch")])
    done = ThemeTableFactory()
    lines.record(done, [said("Vom fertigen Tisch")])
    closing.close(done)
    client.sign_in(AccountFactory(roles=(Role.MODERATOR,)))

    queue = client.page("/verwaltung/moderation")
    closed = client.page("/verwaltung/moderation?tische=abgeschlossen")

    marked = [item.select_one("blockquote").text.strip() for item in queue.select(".contributions li:has(.status)")]
    assert (marked, texts(queue, ".contributions .status")) == (["Vom offenen Tisch"], ["der Tisch schreibt noch"])
    assert texts(closed, ".contributions blockquote") == ["Vom fertigen Tisch"]
    [line] = queries.lines_of(table)
    review = client.page(f"/verwaltung/moderation/{line.proposal.reference}")
    assert review.select_one(f"a[href$='/tische/{table.id}/zeilen']")
