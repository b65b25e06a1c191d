from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from app.accounts.models import Role
from app.db import db, now
from app.moderation import queries
from app.moderation.queries import QueueFilters
from app.proposals.models import Channel, ProposalState, Release
from tests.calls.factories import CallFactory
from tests.concept.factories import SectionFactory
from tests.factories import AccountFactory
from tests.proposals.factories import EventFactory, ProposalFactory

RECEIVED, RELEASED = ProposalState.RECEIVED, ProposalState.RELEASED
DESK = "/verwaltung/moderation"
MONDAY = datetime(2027, 2, 15, 9, tzinfo=UTC)


@pytest.fixture
def moderator(client):
    account = AccountFactory(roles=(Role.MODERATOR,))
    client.sign_in(account)
    return account


def arrived(count, **more):
    return [
        ProposalFactory(state=RECEIVED, received_at=now() - timedelta(minutes=count - number), **more)
        for number in range(count)
    ]


def references(page, selector="li label"):
    return [label.text.split(",")[0].strip() for label in page.select(f".contributions {selector}")]


def test_waiting_shows_fifty_a_page_the_oldest_first():
    proposals = arrived(120)

    pages = [queries.waiting(number=number) for number in (1, 2, 3, 4)]

    assert [[each.id for each in page.items] for page in pages[:3]] == [
        [each.id for each in proposals[start : start + 50]] for start in (0, 50, 100)
    ]
    assert [(page.number, page.last, page.total) for page in pages] == [
        (1, 3, 120),
        (2, 3, 120),
        (3, 3, 120),
        (3, 3, 120),
    ]


@pytest.mark.parametrize(
    "filters",
    [
        QueueFilters(section="wohnen"),
        QueueFilters(channel=Channel.LETTER),
        QueueFilters(language="uk"),
        QueueFilters(search="Bank vor"),
    ],
    ids=["section", "channel", "language", "search"],
)
def test_waiting_is_narrowed(filters):
    ProposalFactory(state=RECEIVED)
    housing = SectionFactory(slug="wohnen")
    wanted = ProposalFactory(
        state=RECEIVED, section=housing, channel=Channel.LETTER, language="uk", content="Eine Bank vor dem Rathaus"
    )
    ProposalFactory(state=RELEASED, section=housing, channel=Channel.LETTER, language="uk", content="Bank vor")

    assert queries.waiting(filters).items == [wanted]


def test_waiting_is_narrowed_to_an_event():
    event = EventFactory()
    wanted = ProposalFactory(state=RECEIVED, event=event)
    ProposalFactory(state=RECEIVED, event=EventFactory())

    assert queries.waiting(QueueFilters(event=event.id)).items == [wanted]
    assert event in queries.events_in_queue()


def test_beside_in_queue_is_the_one_before_and_the_one_after():
    first, second, third = arrived(3, channel=Channel.LETTER)
    released = ProposalFactory(state=RELEASED, received_at=second.received_at + timedelta(seconds=1))

    assert queries.beside_in_queue(first, QueueFilters()) == (None, second)
    assert queries.beside_in_queue(second, QueueFilters()) == (first, third)
    assert queries.beside_in_queue(released, QueueFilters()) == (second, third)
    assert queries.beside_in_queue(second, QueueFilters(channel=Channel.WEB)) == (None, None)


def test_contributions_of_the_same_moment_stand_one_after_the_other():
    at = now()
    first, second, third = (ProposalFactory(state=RECEIVED, received_at=at) for _ in range(3))

    assert queries.beside_in_queue(second, QueueFilters()) == (first, third)


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_asks_the_same_number_of_questions(client, moderator, count_queries, count):
    arrived(count, section=SectionFactory(), event=EventFactory(), german="Auf Deutsch")

    with count_queries() as statements:
        page = client.page(DESK)
    assert len(page.select(".contributions li")) == count
    assert len(statements) == 22


def test_a_page_releases_what_is_ticked_on_it(client, moderator):
    proposals = arrived(60)

    client.post(f"{DESK}?seite=2", data={"chosen": [proposals[50].id, proposals[51].id]})
    assert [each.id for each in proposals if each.state is RELEASED] == [proposals[50].id, proposals[51].id]

    page = client.page(f"{DESK}?seite=2", 422, "POST", data={"chosen": [proposals[0].id]})
    assert (page.select_one(".error-summary, [role=alert]") is not None, proposals[0].state) == (True, RECEIVED)


def test_release_all_takes_what_the_filters_show_and_leaves_what_came_since(client, moderator):
    letters = arrived(3, channel=Channel.LETTER)
    [table] = arrived(1, channel=Channel.TABLE)
    page = client.page(f"{DESK}/alle?kanal=letter")
    last = page.select_one("input[name=last]")["value"]
    [late] = arrived(1, channel=Channel.LETTER)

    answer = client.post(f"{DESK}/alle?kanal=letter", data={"last": last})

    assert (answer.status_code, answer.location) == (303, f"{DESK}?kanal=letter")
    assert [each.state for each in (*letters, table, late)] == [RELEASED] * 3 + [RECEIVED] * 2
    assert "3 Beiträge werden veröffentlicht" in page.main.text


@pytest.mark.parametrize("last", ["", "x", "-1", "9" * 30])
def test_release_all_refuses_a_wrong_end(client, moderator, last):
    [waiting] = arrived(1)

    status = client.post(f"{DESK}/alle", data={"last": last}).status_code

    assert (status, waiting.state) == (422, RECEIVED)


def test_review_goes_on_inside_the_filters(client, moderator):
    first, _other, third = (ProposalFactory(state=RECEIVED, channel=channel) for channel in ("letter", "web", "letter"))

    after = client.post(f"{DESK}/{first.reference}/freigabe?kanal=letter").location

    assert after == f"{DESK}/{third.reference}?kanal=letter"


def test_the_queue_says_what_is_overdue(client, moderator):
    for days in (10, 9, 6):  # due on Friday, on Saturday (so on Monday), on Tuesday
        ProposalFactory(state=RECEIVED, received_at=MONDAY - timedelta(days=days))

    with time_machine.travel(MONDAY, tick=False):
        client.sign_in(moderator)
        page = client.page(DESK)
        narrowed = client.page(f"{DESK}?frist=vorbei")

    assert [("überfällig" in item.text) for item in page.select(".contributions > li")] == [True, False, False]
    assert len(narrowed.select(".contributions > li")) == 1


@pytest.mark.parametrize("step", ["", "/schwaerzung"])
def test_reason_is_not_called_voluntary_where_one_is_needed(client, moderator, step):
    page = client.page(f"{DESK}/{ProposalFactory(state=RECEIVED).reference}{step}")

    for field in ("block", "reason"):
        assert " ".join(page.select_one(f"label[for={field}]").text.split()).endswith("(freiwillig)") is False
    assert page.select_one("#block-hint").text.strip() == "Ein Baustein oder eigene Worte: Eins von beiden genügt."


def test_review_names_the_call_that_is_answered(client, moderator):
    call = CallFactory(title="Wohnen")
    answer, other = ProposalFactory(state=RECEIVED, call=call), ProposalFactory(state=RECEIVED)

    def facts(proposal):
        page = client.page(f"{DESK}/{proposal.reference}")
        return {term.text.strip(): term.find_next("dd").text.strip() for term in page.select("dt")}

    assert [facts(each).get("Aufruf") for each in (answer, other)] == ["Wohnen", None]


def test_review_shows_what_was_published_and_is_similar(client, moderator):
    released = ProposalFactory(content="Mehr Deutschkurse am Abend")
    db.session.add(Release(proposal=released, state=RELEASED))
    waiting = ProposalFactory(content="Deutschkurse am Abend", state=RECEIVED)

    page = client.page(f"{DESK}/{waiting.reference}")

    assert [quote.text.strip() for quote in page.select(".similar .quote-text")] == ["Mehr Deutschkurse am Abend"]


def test_an_unknown_filter_narrows_nothing_it_should_not(client, moderator):
    arrived(1)

    assert references(client.page(f"{DESK}?kanal=brieftaube")) != []
    page = client.page(f"{DESK}?feld=gibt-es-nicht")
    assert page.select(".contributions li") == []
    assert "Alles zeigen, was wartet" in page.main.text
