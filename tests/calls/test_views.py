import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.calls.services import calls
from app.calls.services.calls import Words
from app.db import db, now
from app.proposals.models import Proposal, ProposalState
from tests.calls.factories import CallFactory
from tests.concept.factories import SectionFactory
from tests.proposals.factories import ProposalFactory, ThemeTableFactory

DAY = timedelta(days=1)


def open_call(**more):
    return CallFactory(opens_at=now() - 10 * DAY, closes_at=now() + 10 * DAY, **more)


def over_call(**more):
    return CallFactory(opens_at=now() - 30 * DAY, closes_at=now() - 10 * DAY, **more)


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


def test_index_parts_open_coming_and_past_calls_and_hides_drafts(client):
    open_call(title="Offen")
    CallFactory(title="Kommt", opens_at=now() + DAY, closes_at=now() + 9 * DAY)
    over_call(title="War")
    open_call(title="Geheim", is_published=False)

    page = client.page("/aufrufe")

    assert texts(page, "h2") == ["Jetzt offen", "Beginnt bald", "Beendet, mit Ergebnissen"]
    assert texts(page, "h3") == ["Offen", "Kommt", "War"]


def test_a_draft_has_no_page(client):
    call = open_call(is_published=False)

    assert client.get(f"/aufrufe/{call.slug}").status_code == 404


def test_show_invites_while_it_is_open_and_tells_results_after(client):
    opened, over = open_call(phone="07531 000000"), over_call()

    page = client.page(f"/aufrufe/{opened.slug}")
    assert page.select_one("a.kern-btn")["href"] == f"/vorschlaege/neu?aufruf={opened.slug}"
    assert "07531 000000" in page.main.text
    assert client.page(f"/aufrufe/{over.slug}").select("a.kern-btn") == []


def test_show_counts_only_what_may_be_read_and_never_shows_the_rest(client):
    call, section = over_call(), SectionFactory(slug="wohnen", title="Wohnen")
    table = ThemeTableFactory()
    ProposalFactory.create_batch(2, call=call, section=section)
    ProposalFactory(call=call, table=table, language="uk")
    ProposalFactory(call=call, content="Noch geheim", state=ProposalState.RECEIVED)
    ProposalFactory(call=call, content="Beleidigung", state=ProposalState.WITHHELD, state_reason="Grund")
    ProposalFactory(content="Ganz woanders")

    page = client.page(f"/aufrufe/{call.slug}")

    said = " ".join(page.main.text.split())
    assert "3 Beiträge sind veröffentlicht. Einer wird noch geprüft." in said
    assert [word in said for word in ("Noch geheim", "Beleidigung", "Ganz woanders")] == [False, False, False]
    assert texts(page, "#feld-desc") == ["Wohnen: 2; nicht angegeben: 1"]
    assert texts(page, "#sprache-desc") == ["Deutsch: 2; Ukrainisch: 1"]
    assert texts(page, "#tisch-desc") == [f"{table.number}: {table.title}: 1"]
    rows = [texts(row, "th, td") for row in page.select(".figure:has(#feld-desc) tbody tr")]
    assert rows == [["Wohnen", "2", "67 %"], ["nicht angegeben", "1", "33 %"]]
    links = [link["href"] for link in page.select(".figure tbody a")]
    assert f"/vorschlaege?aufruf={call.slug}&feld=wohnen" in links


@pytest.mark.parametrize("count", [1, 3])
def test_show_asks_as_often_for_three_as_for_one(client, count_queries, count):
    call = open_call(sections=[SectionFactory()])
    ProposalFactory.create_batch(count, call=call, german="Auf Deutsch", table=ThemeTableFactory())

    with count_queries() as statements:
        page = client.page(f"/aufrufe/{call.slug}")

    assert len(page.select(".contributions > li")) == count
    assert len(statements) == 25


@pytest.mark.parametrize("count", [1, 3])
def test_index_asks_as_often_for_three_as_for_one(client, count_queries, count):
    CallFactory.create_batch(count)

    with count_queries() as statements:
        client.page("/aufrufe")

    assert len(statements) == 2


def test_changes_of_the_end_are_told_with_their_reason(client):
    call = open_call()
    calls.move_end(call, now() + 40 * DAY, reason="Wegen der Ferien", by=None)

    [change] = texts(client.page(f"/aufrufe/{call.slug}"), ".call-change")
    assert "verlängert bis" in change
    assert change.endswith("Wegen der Ferien")


def test_the_form_shows_the_question_and_narrows_the_sections(client):
    section = SectionFactory(slug="wohnen")
    SectionFactory(slug="sprache")
    call = open_call(sections=[section], question="Was fehlt?")

    page = client.page(f"/vorschlaege/neu?aufruf={call.slug}")

    assert texts(page, ".call-question blockquote") == ["Was fehlt?"]
    assert [option["value"] for option in page.select("#section option")] == ["", "wohnen"]
    client.post(f"/vorschlaege/neu?aufruf={call.slug}", data={"text": "Mehr Wohnungen", "section": "wohnen"})
    assert db.session.scalars(select(Proposal)).one().call is call


def test_a_form_sent_after_the_end_keeps_every_word_and_goes_on_without_the_call(client):
    call = over_call()

    page = client.page(
        f"/vorschlaege/neu?aufruf={call.slug}", 409, "POST", data={"text": "Mehr Wohnungen", "name": "Bo"}
    )

    assert db.session.scalars(select(Proposal)).all() == []
    assert (page.select_one("#text").text.strip(), page.select_one("#name")["value"]) == ("Mehr Wohnungen", "Bo")
    [refusal] = texts(page, "[role=alert]")
    assert "Ihr Text ist noch da" in refusal
    form = page.select_one("form.form-page")
    assert form["action"] == "/vorschlaege/neu"
    client.post(form["action"], data={"text": "Mehr Wohnungen"})
    assert db.session.scalars(select(Proposal)).one().call is None


def test_the_form_without_a_call_names_those_that_are_open(client):
    open_call(question="Was fehlt?")
    over_call(question="Was war?")

    for address in ("/vorschlaege/neu", "/vorschlaege"):
        assert texts(client.page(address), ".call-links a") == ["Was fehlt?"]


def test_home_asks_what_the_open_call_asks(client):
    open_call(question="Was fehlt?", slug="wohnen")

    page = client.page("/")

    assert page.find("a", string="Was fehlt?")["href"] == "/aufrufe/wohnen"


def test_lists_are_narrowed_to_a_call(client):
    call = open_call()
    ProposalFactory(call=call, content="Dazu")
    ProposalFactory(content="Sonst")

    page = client.page(f"/vorschlaege?aufruf={call.slug}")

    assert texts(page, ".quote-text") == ["Dazu"]


def test_a_page_in_another_language_shows_its_wording(app, client):
    call = open_call()
    calls.translate(call, "uk", Words("Житло", "Чого бракує?"), by=None)

    assert call.wording_in("uk").question == "Чого бракує?"
    assert "Чого бракує?" not in client.page(f"/aufrufe/{call.slug}").main.text


def test_a_contribution_leads_to_the_call_it_answers(client):
    call = open_call(title="Wohnen", slug="wohnen")
    answered, other = ProposalFactory(call=call), ProposalFactory()

    links = [
        client.page(f"/vorschlaege/{each.reference}").find("a", href="/aufrufe/wohnen") for each in (answered, other)
    ]

    assert [link and link.text for link in links] == ["Wohnen", None]


def test_what_people_were_asked_stays_readable_after_the_question_was_changed(client):
    with time_machine.travel(datetime(2026, 6, 2, 10, tzinfo=UTC)) as clock:
        call = CallFactory(question="Was fehlt beim Wohnen?", slug="wohnen")
        calls.translate(call, "ar", Words("السكن", "ما الذي ينقص؟"), by=None)
        early, letter, late = (
            ProposalFactory(
                call=call, received_at=datetime(2026, 6, 3, hour, tzinfo=UTC), received_on=date(2026, 6, day)
            )
            for hour, day in ((9, 3), (11, 2), (11, 3))
        )
        clock.move_to(datetime(2026, 6, 3, 10, tzinfo=UTC))
        fields = {"sections": [], "target": None, "event": None, "phone": "", "return_address": ""}
        fields |= {"opens_at": call.opens_at, "closes_at": call.closes_at}
        for _twice in range(2):
            calls.change_call(call, Words("Wohnen", "Was soll sich ändern?"), **fields, by=None)

    pages = [client.page(f"/vorschlaege/{each.reference}") for each in (early, letter, late)]
    page = client.page("/aufrufe/wohnen")

    assert [page.find("dt", string=re.compile("Gefragt war")).find_next("q").text for page in pages] == [
        "Was fehlt beim Wohnen?",
        "Was fehlt beim Wohnen?",
        "Was soll sich ändern?",
    ]
    assert texts(page, "details.call-change summary") == ["Wortlaut geändert am Mittwoch, 3. Juni 2026"]
    assert texts(page, "details.call-change blockquote p") == [call.versions[0].title, "Was fehlt beim Wohnen?"]
    assert (call.languages, call.is_outdated(call.wording_in("ar"))) == (["de", "ar"], True)
    assert call.wording_in("ar", datetime(2026, 6, 1, tzinfo=UTC)).language == "de"
