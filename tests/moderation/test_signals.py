from datetime import timedelta

import pytest

from app.accounts.models import Role
from app.db import db, now
from app.moderation import queries, signals
from app.moderation.models import WatchWord
from app.moderation.queries import QueueFilters
from app.moderation.services import watch_words
from app.proposals.models import Channel, ProposalState
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory

DESK = "/verwaltung/moderation"


def waiting(**more):
    return ProposalFactory(state=ProposalState.RECEIVED, channel=Channel.LETTER, **more)


def sentences(proposal):
    return [signal.sentence for signal in signals.of([proposal])[proposal.id]]


def test_watched_words_are_found_as_whole_words_in_any_case_and_in_the_translation():
    for word in (" Gesindel ", "raus hier", "gesindel"):
        watch_words.add(word, by=None)

    assert [each.word for each in queries.watch_words()] == ["gesindel", "raus hier"]
    assert sentences(waiting(content="Dieses GESINDEL! Alle RAUS HIER.")) == [
        "Enthält, worauf Sie achten wollen: gesindel, raus hier."
    ]
    assert sentences(waiting(content="зброд", language="uk", german="Gesindel!")) == [
        "Enthält, worauf Sie achten wollen: gesindel."
    ]
    assert sentences(waiting(content="Gesindelhaus ist ein Flurname.")) == []


def test_who_may_be_a_person_is_a_signal_in_original_and_translation():
    assert sentences(waiting(content="пані Приклад", language="uk", german="Frau Prikład")) == [
        "Nennt vielleicht eine Person: „пані Приклад“, „Frau Prikład“."
    ]


def test_signals_stand_by_their_weight():
    watch_words.add("gesindel", by=None)
    content = "Gesindel: https://a.example www.b.example"
    proposal = waiting(content=content, is_proven=False, sent_before=7)

    assert sentences(proposal) == [
        "Enthält, worauf Sie achten wollen: gesindel.",
        "Aus demselben Netz kamen in der Stunde davor 7 Beiträge.",
        "Enthält 2 Links.",
        "Kam ohne den Nachweis gegen Roboter, etwa aus einem Browser ohne JavaScript.",
    ]


def test_many_over_the_website_at_once_are_a_signal():
    at = now()
    burst = [ProposalFactory(channel=Channel.WEB, received_at=at + timedelta(seconds=second)) for second in range(6)]
    late = ProposalFactory(channel=Channel.WEB, received_at=at + timedelta(minutes=3))
    table = ProposalFactory(channel=Channel.TABLE, received_at=at)

    assert sentences(burst[0]) == ["Um diese Minute kamen 6 Beiträge über die Website."]
    assert [sentences(late), sentences(table)] == [[], []]


def test_order_by_signals_pages_through_everything_once(client):
    client.sign_in(AccountFactory(roles=(Role.MODERATOR,)))
    plain = [waiting(received_at=now() - timedelta(minutes=60 - number)) for number in range(55)]
    suspicious = waiting(content="https://a.example https://b.example")
    filters = QueueFilters(by_signals=True)

    pages = [queries.waiting(filters, number) for number in (1, 2)]

    assert [each.id for page in pages for each in page.items] == [suspicious.id, *(each.id for each in plain)]
    assert queries.beside_in_queue(suspicious, filters) == (None, plain[0])
    assert queries.beside_in_queue(plain[0], filters) == (suspicious, plain[1])
    page = client.page(f"{DESK}?reihenfolge=auffaellig")
    assert page.select_one(".signals li").text == "Enthält 2 Links."


@pytest.mark.parametrize("count", [1, 3])
def test_signals_ask_the_same_number_of_questions(count_queries, count):
    proposals = [ProposalFactory(channel=Channel.WEB) for _ in range(count)]
    assert all(proposal.id for proposal in proposals)  # read before it counts

    with count_queries() as statements:
        assert len(signals.of(proposals)) == count
    assert len(statements) == 3


def test_desk_keeps_the_list_of_words(client):
    client.sign_in(AccountFactory(roles=(Role.ORGANISER,)))
    address = "/verwaltung/merkwoerter"
    client.page(address, 422, "POST", data={"word": " "})
    client.post(address, data={"word": "Gesindel"})
    word_id = db.session.query(WatchWord.id).scalar()
    assert "gesindel" in client.page(address).main.text

    client.post(f"{address}/{word_id}/entfernung")

    assert db.session.query(WatchWord).count() == 0
    assert client.post(f"{address}/{word_id}/entfernung").status_code == 404
