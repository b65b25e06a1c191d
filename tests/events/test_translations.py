"""An event in other languages: written at the desk beside the German words, read in the direction of its script."""

import pytest

from app.accounts.models import Role
from tests.events.factories import EventFactory
from tests.factories import AccountFactory


@pytest.fixture
def event():
    return EventFactory(title="Dialogforum", summary="Wir reden.\n\nAlle sind willkommen.", offers=["Kinderbetreuung"])


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


def test_an_event_is_translated_word_by_word_and_read(client, event):
    read = f"/veranstaltungen/{event.id}/uebersetzung/ar"
    client.page(read, 404)
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))
    desk = f"/verwaltung/veranstaltungen/{event.id}/uebersetzungen"
    client.post(f"{desk}/ar", data={"phrase": "Dialogforum", "wording": "منتدى الحوار"})
    client.post(f"{desk}/ar", data={"phrase": "Wir reden.", "wording": "نتحدث.", "is_machine": "y"})
    client.page(f"{desk}/ar", 422, "POST", data={"phrase": "Wir reden.", "wording": ""})
    client.page(f"{desk}/ar", 404, "POST", data={"phrase": "Fremdes", "wording": "آخر"})

    states = texts(client.page(f"{desk}/ar"), "main .status")
    assert states == ["von Menschen übersetzt", "maschinell", "fehlt", "fehlt"]
    [row] = [each for each in client.page(desk).select("tbody tr") if "Arabisch" in each.text]
    assert [" ".join(cell.text.split())[-1] for cell in row.select("td")] == ["2", "1", "1"]
    page = client.page(read)
    assert (page.main["lang"], page.main["dir"], page.h1.text.strip()) == ("ar", "rtl", "منتدى الحوار")
    assert texts(page, ".page-body > p") == ["نتحدث.", "Alle sind willkommen."]
    assert texts(page, "main [lang=de]") == ["Alle sind willkommen.", "Kinderbetreuung"]
    assert client.page(f"/veranstaltungen/{event.id}").select_one(".read-in a")["href"] == read


def test_paragraphs_are_those_a_browser_typed_and_sends_again(client, event):
    event.summary = "Wir reden.\r\nUnd essen.\r\n\r\nAlle sind willkommen."
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))
    desk = f"/verwaltung/veranstaltungen/{event.id}/uebersetzungen/en"
    found = [tag["value"] for tag in client.page(desk).select("[name=phrase]")]
    assert found == ["Dialogforum", "Wir reden.\nUnd essen.", "Alle sind willkommen.", "Kinderbetreuung"]

    sent = {"phrase": found[1].replace("\n", "\r\n"), "wording": "We talk and eat."}

    assert client.post(desk, data=sent).status_code == 303
    assert "We talk and eat." in client.page(f"/veranstaltungen/{event.id}/uebersetzung/en").text
