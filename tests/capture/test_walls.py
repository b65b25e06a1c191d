from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from app.accounts.models import Role
from app.capture import queries, wall
from app.capture.entries import Show, Undo
from app.capture.services import lines, walls
from app.db import now
from app.moderation.services import moderation
from app.texts import services as texts
from app.texts.services import Span
from tests.capture.factories import said
from tests.factories import AccountFactory
from tests.proposals.factories import EventFactory, ThemeTableFactory


@pytest.fixture
def event():
    return EventFactory(starts_at=now() - timedelta(hours=1), ends_at=now() + timedelta(hours=3))


@pytest.fixture
def tables(event):
    return [ThemeTableFactory(event=event, number=number, title=f"Thema {number}") for number in range(1, 6)]


def address(event):
    return f"/wand/{walls.link_of(queries.settings_of(event.id))}"


def shown(client, url):
    response = client.get(url)
    return [" ".join(tag.text.split()) for tag in client.page(url).select(".wall-table li")], response.headers["ETag"]


def test_wall_shows_the_newest_lines_of_each_table_and_turns_what_runs_from_the_right(client, event, tables):
    lines.record(tables[0], [said(f"Satz {number}") for number in range(8)])
    lines.record(tables[2], [said("أريد دورة", language="ar")])
    foreign = ThemeTableFactory()
    lines.record(foreign, [said("Von woanders")])

    page = client.page(address(event))

    assert [tag.text for tag in page.select(".wall-table h2")] == ["Tisch 1: Thema 1", "Tisch 3: Thema 3"]
    assert [tag.text for tag in page.select(".wall-table li")] == [
        *(f"Satz {number}" for number in range(7, 1, -1)),
        "أريد دورة",
    ]
    assert (page.select("li")[6]["dir"], page.select("li")[6]["lang"]) == ("rtl", "ar")
    assert page.select_one(".wall-more").text == "und 2 Zeilen davor"
    assert "noch nicht geprüft" in page.select_one("footer").text
    assert page.select_one("meta[name=robots]")["content"] == "noindex, nofollow"
    assert client.get(address(event)).headers["X-Robots-Tag"] == "noindex, nofollow"


def test_wall_goes_on_to_the_next_tables(client, event, tables):
    for table in tables:
        lines.record(table, [said(f"Tisch {table.number}")])

    url = address(event)
    page = client.page(url)
    assert len(page.select(".wall-table")) == wall.TABLES_AT_ONCE
    following = page.body["data-following"]
    assert page.select_one("noscript meta")["content"] == f"15; url={following}"
    assert shown(client, following)[0] == ["Tisch 5"]
    assert client.page(following).body["data-following"] == f"{url}?seite=1"
    assert shown(client, f"{url}?seite=99")[0] == shown(client, url)[0]


def test_wall_answers_304_until_something_changes(client, event, tables):
    lines.record(tables[0], [said("Eins"), said("Zwei")])
    newest = queries.lines_of(tables[0])[0]
    _, etag = shown(client, address(event))

    def answer():
        nonlocal etag
        response = client.get(address(event), headers={"If-None-Match": etag})
        etag = response.headers["ETag"]
        return response.status_code, response.text.count("<li ")

    assert answer() == (304, 0)
    texts.redact(Span.of(newest.proposal.text.current, "Zw"), role="moderator", reason="Name", by=None)
    assert answer() == (200, 2)
    assert shown(client, address(event))[0] == ["██ei", "Eins"]
    lines.record(tables[0], [Show(str(uuid4()), now(), newest.key, on_wall=False)])
    assert answer() == (200, 1)
    lines.record(tables[0], [Show(str(uuid4()), now(), newest.key, on_wall=True)])
    assert answer() == (200, 2)
    moderation.withhold([newest.proposal], reason="Nennt eine Person.", by=AccountFactory())
    assert answer() == (200, 1)
    [oldest] = [line for line in queries.lines_of(tables[0]) if line.number == 1]
    lines.record(tables[0], [Undo(str(uuid4()), now(), oldest.key)])
    assert answer() == (200, 0)
    assert answer() == (304, 0)


def test_wall_asks_little_and_as_much_for_three_tables_as_for_one(client, event, tables, count_queries):
    url = address(event)
    lines.record(tables[0], [said("Eins")])
    with count_queries() as one:
        etag = client.get(url).headers["ETag"]
    for table in tables[1:4]:
        lines.record(table, [said("Eins")])
    with count_queries() as four:
        client.get(url)
    with count_queries() as unchanged:
        assert client.get(url, headers={"If-None-Match": etag}).status_code == 200
    etag = client.get(url).headers["ETag"]
    with count_queries() as unchanged:
        assert client.get(url, headers={"If-None-Match": etag}).status_code == 304

    assert len(four) == len(one)
    assert len(unchanged) < len(four)


def test_wall_pauses_and_gets_another_link(client, event, tables):
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))
    desk = f"/verwaltung/veranstaltungen/{event.id}/tische"
    lines.record(tables[0], [said("Eins")])
    url = address(event)

    client.post(f"{desk}/wand/pause")
    assert client.page(url).select_one(".wall-quiet").text == "Die Wand macht Pause."
    client.post(f"{desk}/wand/weiter")
    assert shown(client, url)[0] == ["Eins"]

    client.post(f"{desk}/wand/erneuerung")
    assert client.get(url).status_code == 409
    assert shown(client, address(event))[0] == ["Eins"]


def test_wall_ends_a_day_after_the_event(client, event, tables):
    url = address(event)
    with time_machine.travel(event.ends_at + timedelta(hours=23)):
        assert client.get(url).status_code == 200

    with time_machine.travel(event.ends_at + timedelta(hours=24)):
        page = client.page(url, 409)

    assert "Diese Wand ist zu Ende." in page.main.text


@pytest.mark.parametrize("token", ["x", "WzEsMV0.a.b"])
def test_wall_opens_for_nobody_else(client, event, token):
    assert client.get(f"/wand/{token}").status_code == 409


def test_organiser_and_moderator_hide_a_line_from_the_desk(client, event, tables):
    lines.record(tables[0], [said("Eins")])
    [line] = queries.lines_of(tables[0])
    desk = f"/verwaltung/veranstaltungen/{event.id}/tische/{tables[0].id}/zeilen/{line.key}"
    client.sign_in(AccountFactory(roles=(Role.MODERATOR,)))

    client.post(f"{desk}/verbergen")
    assert shown(client, address(event))[0] == []
    client.post(f"{desk}/zeigen")
    assert shown(client, address(event))[0] == ["Eins"]
    assert client.post(f"/verwaltung/veranstaltungen/{event.id}/tische/wand/pause").status_code == 403
