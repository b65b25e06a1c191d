from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.calls.models import Call, CallState
from app.db import db, now
from tests.calls.factories import CallFactory
from tests.concept.factories import SectionFactory
from tests.factories import AccountFactory
from tests.proposals.factories import EventFactory

DESK = "/verwaltung/aufrufe"
DAY = timedelta(days=1)
FIELDS = {
    "title": "Wohnen",
    "question": "Was fehlt beim Wohnen?",
    "introduction": "Wir fragen alle.",
    "first_day": "2027-06-01",
    "last_day": "2027-06-30",
    "event": "0",
    "return_address": "Amt\nBeispielweg 1",
}


@pytest.fixture
def editor(client):
    account = AccountFactory(roles=(Role.EDITOR,))
    client.sign_in(account)
    return account


def open_call(**more):
    return CallFactory(opens_at=now() - 3 * DAY, closes_at=now() + 3 * DAY, **more)


def test_a_call_is_written_translated_and_published(client, editor):
    section, event = SectionFactory(), EventFactory()

    answer = client.post(f"{DESK}/neu", data=FIELDS | {"sections": [section.id], "event": event.id, "target": "60"})
    [call] = db.session.scalars(select(Call)).all()
    assert (call.first_day, call.last_day, call.sections, call.event, call.target) == (
        *(date(2027, 6, 1), date(2027, 6, 30), [section], event, 60),
    )
    page = client.page(answer.location)
    assert page.find("a", string="Arabisch")["href"] == f"{DESK}/{call.id}/sprachen/ar"
    client.post(f"{DESK}/{call.id}/sprachen/ar", data={"title": "السكن", "question": "ما الذي ينقص؟"})
    client.post(f"{DESK}/{call.id}/veroeffentlichung")
    assert (call.languages, call.state(now())) == (["de", "ar"], CallState.COMING)
    client.post(f"{DESK}/{call.id}/ruecknahme")
    assert call.is_published is False


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "", "Geben Sie einen Titel an."),
        ("question", " ", "Stellen Sie eine Frage."),
        ("question", "x" * 401, "Höchstens 400 Zeichen."),
        ("first_day", "", "Geben Sie den Tag an."),
        ("last_day", "2027-05-31", "Der letzte Tag liegt vor dem ersten."),
        ("last_day", "morgen", None),
        ("target", "0", "Geben Sie eine Zahl ab 1 an, oder nichts."),
        ("target", "viele", None),
        ("event", "404", None),
        ("sections", "404", None),
    ],
)
def test_wrong_input_is_explained_and_nothing_is_lost(client, editor, field, value, message):
    page = client.page(f"{DESK}/neu", 422, "POST", data=FIELDS | {field: value})

    assert db.session.scalars(select(Call)).all() == []
    assert page.select_one("#introduction").text.strip() == "Wir fragen alle."
    if message:
        assert message in page.select_one(f"#{field}-error").text


def test_an_event_that_has_a_call_is_refused_at_its_field(client, editor):
    event = EventFactory()
    open_call(event=event)

    page = client.page(f"{DESK}/neu", 422, "POST", data=FIELDS | {"event": event.id})

    assert "schon einen Aufruf" in page.select_one("#event-error").text


def test_the_days_of_an_open_call_stay_and_its_words_change(client, editor):
    call = open_call()
    days = {"first_day": call.first_day.isoformat(), "last_day": call.last_day.isoformat()}
    before = (call.opens_at, call.closes_at)

    client.post(f"{DESK}/{call.id}/bearbeitung", data=FIELDS | days)
    page = client.page(f"{DESK}/{call.id}/bearbeitung", 422, "POST", data=FIELDS)

    assert (call.title, call.opens_at, call.closes_at) == ("Wohnen", *before)
    assert "schon begonnen" in page.select_one("#last_day-error").text


def test_the_end_is_moved_and_reached_with_a_reason(client, editor):
    call = open_call()
    later = (call.last_day + 9 * DAY).isoformat()

    page = client.page(f"{DESK}/{call.id}/ende", 422, "POST", data={"last_day": later, "reason": " "})
    assert page.select_one("#reason-error") is not None
    page = client.page(f"{DESK}/{call.id}/ende", 422, "POST", data={"last_day": "2026-01-01", "reason": "Grund"})
    assert "schon vorbei" in page.select_one("#last_day-error").text
    client.post(f"{DESK}/{call.id}/ende", data={"last_day": later, "reason": "Ferien"})
    assert call.last_day.isoformat() == later
    client.post(f"{DESK}/{call.id}/schluss", data={"reason": "Genug"})
    assert ([change.reason for change in call.changes], call.state(now())) == (["Ferien", "Genug"], CallState.OVER)
    assert client.post(f"{DESK}/{call.id}/schluss", data={"reason": "Noch einmal"}).status_code == 409


def test_pages_of_a_call_that_does_not_exist_are_missing(client, editor):
    paths = ["404", "404/bearbeitung", "404/sprachen/ar", "404/ende", "404/schluss"]

    assert [client.get(f"{DESK}/{path}").status_code for path in paths] == [404] * 5
    assert client.get(f"{DESK}/{open_call().id}/sprachen/de").status_code == 404


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ADMIN, Role.REPRESENTATIVE])
def test_others_may_not_write_calls(client, role):
    client.sign_in(AccountFactory(roles=(role,)))

    assert client.post(f"{DESK}/neu", data=FIELDS).status_code == 403
    assert db.session.scalars(select(Call)).all() == []


def test_a_letter_is_typed_in_for_a_call_and_the_next_keeps_it(client):
    client.sign_in(AccountFactory(roles=(Role.MODERATOR,)))
    call = CallFactory()
    letter = {"channel": "letter", "received_on": "2026-06-30", "text": "Ein Brief", "kind": "goal", "call": call.slug}

    late = client.page("/verwaltung/beitraege/neu", 422, "POST", data=letter | {"received_on": "2026-07-01"})
    assert "war der Aufruf nicht offen" in late.select_one("#received_on-error").text
    answer = client.post("/verwaltung/beitraege/neu", data=letter)
    again = client.page(answer.location).select_one("a.kern-btn")["href"]
    assert client.page(again).select_one("#call option[selected]")["value"] == call.slug
