from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from app.concept.models import Effect
from app.db import db, now
from app.decisions.services import decisions
from app.events.models import EventStatus
from app.moderation.services import moderation
from app.pages import news
from app.proposals.models import DecisionOutcome
from tests.calls.factories import CallFactory
from tests.concept.factories import AdoptionFactory
from tests.decisions.factories import condensed, editor, organiser
from tests.events.factories import EventFactory
from tests.proposals.factories import ProposalFactory

ATOM = {"a": "http://www.w3.org/2005/Atom"}
HOUR = timedelta(hours=1)


@pytest.fixture
def proposal():
    """With a released answer; beside it what the public does not read."""
    said = ProposalFactory(content="Kurse <am> Abend & am Morgen")
    author, releaser = organiser(), editor()
    hidden = ProposalFactory()
    for subject in (condensed(said, wording="Kurse <auch> abends"), condensed(hidden)):
        decision = decisions.decide(subject, outcome=DecisionOutcome.DEFERRED, answer="Im Herbst & später.", by=author)
        decisions.release_decision(decision, by=releaser)
    decisions.decide(
        condensed(said, wording="Ein Entwurf"), outcome=DecisionOutcome.REJECTED, answer="Nein.", by=author
    )
    moderation.withhold([hidden], reason="Nennt eine Person.", by=author)
    return said


def test_feed_is_valid_atom_with_stable_ids_and_tells_only_what_is_public(proposal, client):
    begun = CallFactory(opens_at=now() - HOUR, closes_at=now() + HOUR, title="Wohnen")
    CallFactory(opens_at=now() + HOUR, closes_at=now() + 2 * HOUR, title="Später")
    CallFactory(opens_at=now() - HOUR, closes_at=now() + HOUR, is_published=False, title="Entwurf")
    event = EventFactory(title="Dialog")
    EventFactory(title="Geplant", status=EventStatus.PLANNED)
    adoption = AdoptionFactory(effect=Effect.FINAL)
    AdoptionFactory(effect=Effect.RECOMMENDED)

    response = client.get("/feed.atom")
    feed = ET.fromstring(response.data)

    assert response.mimetype == "application/atom+xml"
    entries = {entry.findtext("a:id", None, ATOM): entry for entry in feed.findall("a:entry", ATOM)}
    answer = next(key for key in entries if ":antwort/" in key)
    assert set(entries) == {
        answer,
        f"tag:127.0.0.1,2026:aufruf/{begun.id}",
        f"tag:127.0.0.1,2026:veranstaltung/{event.id}",
        f"tag:127.0.0.1,2026:verabschiedung/{adoption.id}",
    }
    assert entries[answer].findtext("a:title", None, ATOM) == "Zurückgestellt: Kurse <auch> abends"
    assert entries[answer].findtext("a:summary", None, ATOM) == "Im Herbst & später."
    assert entries[answer].find("a:link", ATOM).get("href").endswith(f"/vorschlaege/{proposal.reference}/weg")
    times = [datetime.fromisoformat(each.text) for each in feed.findall("a:entry/a:updated", ATOM)]
    assert times == sorted(times, reverse=True)
    assert datetime.fromisoformat(feed.findtext("a:updated", None, ATOM)) == times[0]
    assert client.get("/feed.atom", headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


def test_feed_of_an_empty_installation_is_still_one(client):
    feed = ET.fromstring(client.get("/feed.atom").data)

    assert [feed.findtext(f"a:{name}", None, ATOM) for name in ("id", "updated")] == [
        "tag:127.0.0.1,2026:neues",
        "2026-01-01T00:00:00+00:00",
    ]


def test_home_shows_the_latest_answers_and_contributions(proposal, client):
    page = client.page("/")

    assert [link.text for link in page.select(".home-news a")] == ["Zurückgestellt: Kurse <auch> abends"]
    assert [quote.text.strip() for quote in page.select(".contributions .quote-text")] == [
        "Kurse <am> Abend & am Morgen"
    ]
    assert page.select_one("link[rel=alternate][type='application/atom+xml']")["href"] == "/feed.atom"


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(count_queries, app, count):
    author, releaser = organiser(), editor()
    for _each in range(count):
        EventFactory()
        CallFactory(opens_at=now() - HOUR, closes_at=now() + HOUR)
        decision = decisions.decide(
            condensed(ProposalFactory()), outcome=DecisionOutcome.DEFERRED, answer="Ja.", by=author
        )
        decisions.release_decision(decision, by=releaser)
    db.session.expire_all()
    with app.test_request_context(), count_queries() as statements:
        assert len(news.latest(now())) == 3 * count

    assert len(statements) == 12
