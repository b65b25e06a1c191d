from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.db import db
from app.proposals import outcomes
from app.proposals.models import Follow, ProposalState, Referral
from app.proposals.views.next_steps import after_sending
from app.proposals.views.progress import so_far
from tests.concept.factories import SectionFactory
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory
from tests.proposals.test_similar import moved
from tests.proposals.test_thread import Story
from tests.structures.factories import MunicipalityFactory, OrganizationFactory


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


def titles(proposal):
    steps = so_far(proposal, outcomes.outcomes_of([proposal])[proposal.id], outcomes.open_referrals_of(proposal))
    return [(step["title"], bool(step.get("is_done"))) for step in steps]


def test_day_promised_after_sending_is_a_working_day():
    sunday = datetime(2026, 11, 22, 12, tzinfo=UTC)

    assert after_sending(sunday)[1]["when"] == "bis Montag, 30. November 2026"


def test_progress_of_what_nobody_read_yet_says_what_comes_next():
    proposal = ProposalFactory(state=ProposalState.RECEIVED)

    assert titles(proposal) == [("Eingegangen", True), ("Wird geprüft", False)]


def test_progress_tells_of_each_step_up_to_the_answer():
    story = Story()
    before = titles(story.first)
    story.finish()

    assert before == [
        ("Eingegangen", True),
        ("Geprüft und veröffentlicht", True),
        ("Mit ähnlichen Beiträgen zusammengeführt", True),
        ("Antwort", False),
    ]
    assert titles(story.first)[2:] == [
        ("Mit ähnlichen Beiträgen zusammengeführt", True),
        ("Beantwortet: angenommen", True),
    ]


def test_progress_says_before_whom_it_lies_and_until_when(client):
    proposal = Story().first
    group = OrganizationFactory(name="Arbeitskreis Sprache")
    db.session.add(
        Referral(
            proposal=proposal, organization=group, question="Geht das?", referred_on=date(2026, 7, 1),
            due_on=date(2026, 9, 1),
        )
    )  # fmt: skip
    db.session.commit()

    page = client.page(f"/vorschlaege/{proposal.reference}")

    assert "Liegt vor: Arbeitskreis Sprache" in texts(page, ".steps-title")
    assert "Geht das?" in texts(page, ".steps-text")
    assert texts(page, ".steps-when")[-2:] == [
        "Mittwoch, 1. Juli 2026 bis Dienstag, 1. September 2026",
        "bis Montag, 31. August 2026",
    ]


def test_page_shows_where_its_words_stand_now(client):
    story = Story()

    page = client.page(f"/vorschlaege/{story.second.reference}")

    assert texts(page, "main q") == ["Could it be online?"]
    assert page.select_one("main q")["lang"] == "en"
    other = client.page(f"/vorschlaege/{ProposalFactory().reference}")
    assert other.select("main q") == []


def test_page_shows_what_is_like_it_and_never_what_is_not_public(client):
    words = "Die Haltestelle am Bahnhof Petershausen braucht eine Rampe für Rollstühle"
    proposal = moved(ProposalFactory(content=words, municipality=MunicipalityFactory(name="Konstanz")))
    alike = moved(ProposalFactory(content=f"{words} und Kinderwagen."))
    for state in (ProposalState.RECEIVED, ProposalState.WITHHELD):
        moved(ProposalFactory(content=f"{words} und Räder."), state)

    page = client.page(f"/vorschlaege/{proposal.reference}")

    assert [link["href"] for link in page.select(".similar figcaption a")] == [f"/vorschlaege/{alike.reference}"]
    assert "Konstanz" in texts(page, "dd")
    assert page.select_one(".copy-link a")["href"] == f"http://127.0.0.1:8000/vorschlaege/{proposal.reference}"


@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_as_often_whatever_it_shows(client, count_queries, number):
    proposal = ProposalFactory(content="Die Haltestelle am Bahnhof Petershausen braucht eine Rampe")
    for _ in range(number):
        moved(ProposalFactory(content=proposal.text.current.content, section=SectionFactory()))
    client.page(f"/vorschlaege/{proposal.reference}")

    with count_queries() as statements:
        client.page(f"/vorschlaege/{proposal.reference}")
    assert len(statements) == 25


@pytest.mark.parametrize("kind", ["vorschlaege", "ziele", "massnahmen"])
def test_whoever_is_signed_in_follows_with_one_click_and_ends_it_with_one(client, mails, kind):
    story = Story().finish()
    code = {"vorschlaege": story.first.reference, "ziele": story.goal.code, "massnahmen": story.measure.code}[kind]
    page_url = f"/{kind}/{code}/weg"
    account = AccountFactory(roles=(Role.PARTICIPANT,))
    client.sign_in(account)
    page = client.page(page_url)
    assert page.select("#email") == []

    client.post(page.select_one("aside form")["action"])
    client.post(page.select_one("aside form")["action"])

    [follow] = db.session.scalars(select(Follow).where(Follow.account == account))
    assert (follow.is_active, mails()) == (True, [])
    page = client.page(page_url)
    assert texts(page, "aside .quiet-post") == ["Nicht mehr schreiben"]
    ended = client.post(page.select_one("aside .quiet-post")["action"])
    assert ended.location.endswith(page_url)
    db.session.refresh(follow)
    assert follow.is_active is False


def test_nobody_ends_what_somebody_else_follows(client):
    story = Story()
    owner, other = AccountFactory(), AccountFactory()
    client.sign_in(owner)
    client.post(f"/vorschlaege/{story.first.reference}/folgen")
    [follow] = db.session.scalars(select(Follow).where(Follow.account == owner))
    client.sign_in(other)

    assert client.post(f"/konto/folgen/{follow.id}/ende").status_code == 404
    db.session.refresh(follow)
    assert follow.is_active is True
