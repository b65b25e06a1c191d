from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from app import limits
from app.accounts.models import Role
from app.db import db, now
from app.errors import LinkInvalid
from app.mail.models import OutgoingMail
from app.proposals import queries
from app.proposals.errors import NotReleased
from app.proposals.models import Proposal, ProposalState, Support
from app.proposals.queries import Filters
from app.proposals.services import supports
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory
from tests.threads import at_once

FIELD = "unterstuetzung-email"


def page_of(proposal):
    return f"/vorschlaege/{proposal.reference}"


def count(proposal):
    return supports.count_supports([proposal.id])[proposal.id]


def test_an_address_supports_once_it_is_confirmed_and_is_forgotten_then(client, mails):
    proposal = ProposalFactory()
    answer = client.post(f"{page_of(proposal)}/unterstuetzung", data={FIELD: "Person@Example.org"})
    assert (answer.status_code, answer.location, count(proposal)) == (303, "/unterstuetzung/gesendet", 0)

    [mail] = mails()
    [link] = [each for each in mail.links if "/unterstuetzung/" in each]
    path = link.partition("8000")[2]
    client.page(path)
    assert count(proposal) == 0

    client.post(f"{path}/bestaetigung")
    client.post(f"{path}/bestaetigung")

    assert count(proposal) == 1
    assert db.session.scalars(select(Support)).one().email == ""
    assert "eine Person unterstützt das" in client.page(page_of(proposal)).text

    client.post(f"{path}/ende")
    assert count(proposal) == 0
    client.page(path, 409)


def test_the_link_of_a_withdrawn_support_opens_no_other():
    given = supports.support(ProposalFactory(), email="person@example.org")
    token = supports.support_link(given)
    supports.withdraw_support(given)
    supports.support(ProposalFactory(), email="andere@example.org")

    with pytest.raises(LinkInvalid):
        supports.read_support_link(token)


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(client, mails):
    proposal = ProposalFactory()
    supports.confirm_support(supports.support(proposal, email="person@example.org"))

    again = client.post(f"{page_of(proposal)}/unterstuetzung", data={FIELD: "PERSON@example.org "})

    assert (again.location, count(proposal), mails()) == ("/unterstuetzung/gesendet", 1, [])


def test_one_person_counts_once_with_account_and_address(client):
    proposal, account = ProposalFactory(), AccountFactory(email="person@example.org", roles=(Role.PARTICIPANT,))
    supports.confirm_support(supports.support(proposal, email="person@example.org"))
    client.sign_in(account)

    client.post(f"{page_of(proposal)}/unterstuetzung/konto")
    assert count(proposal) == 1
    assert "Sie gehören dazu" in client.page(page_of(proposal)).text

    client.post(f"{page_of(proposal)}/unterstuetzung/konto/ende")
    client.post(f"{page_of(proposal)}/unterstuetzung/konto/ende")
    assert count(proposal) == 0


@pytest.mark.parametrize("address", ["", "keine Adresse", "a@b"])
def test_a_wrong_address_is_explained(client, address):
    proposal = ProposalFactory()

    page = client.page(f"{page_of(proposal)}/unterstuetzung", 422, "POST", data={FIELD: address})

    assert page.select_one(f"#{FIELD}")["value"] == address
    assert db.session.scalars(select(Support)).all() == []


def test_a_robot_supports_nothing(client):
    proposal = ProposalFactory()

    data = {FIELD: "robot@example.org", "unterstuetzung-website": "x"}
    assert client.post(f"{page_of(proposal)}/unterstuetzung", data=data).status_code == 303
    assert db.session.scalars(select(Support)).all() == []


@pytest.mark.parametrize("state", [ProposalState.RECEIVED, ProposalState.WITHHELD, ProposalState.WITHDRAWN])
def test_what_is_not_public_cannot_be_supported(client, state):
    proposal = ProposalFactory(state=state, state_reason="weil")

    with pytest.raises(NotReleased):
        supports.support(proposal, email="person@example.org")
    status = client.post(f"{page_of(proposal)}/unterstuetzung", data={FIELD: "person@example.org"}).status_code
    assert status == 404


def test_one_address_gets_at_most_five_mails_an_hour(mails):
    for _ in range(7):
        supports.support(ProposalFactory(), email="person@example.org")

    assert len(mails()) == 5


def test_unconfirmed_addresses_go_after_seven_days():
    old, new, confirmed = (supports.support(ProposalFactory(), email=f"p{n}@example.org") for n in range(3))
    supports.confirm_support(confirmed)
    for each in (old, confirmed):
        each.created_at = now() - timedelta(days=7)
    db.session.flush()

    assert supports.forget_unconfirmed_supports_before(now() - timedelta(days=7)) == 1
    assert set(db.session.scalars(select(Support.id))) == {new.id, confirmed.id}


def test_the_list_can_be_ordered_by_support(client):
    first, second, third = ProposalFactory.create_batch(3)
    for number, proposal in enumerate([second, second, first]):
        supports.confirm_support(supports.support(proposal, email=f"p{number}@example.org"))
    supports.support(third, email="unbestaetigt@example.org")

    assert queries.released(Filters(order="unterstuetzung")).items == [second, first, third]
    page = client.page("/vorschlaege?reihenfolge=unterstuetzung")
    assert [link["href"] for link in page.select(".contributions p > a")] == [
        page_of(p) for p in (second, first, third)
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_once_for_all_supports(client, count_queries, number):
    for proposal in ProposalFactory.create_batch(number):
        supports.confirm_support(supports.support(proposal, email="person@example.org"))

    with count_queries() as statements:
        client.page("/vorschlaege")
    assert len([each for each in statements if "FROM support" in each]) == 1


def support_once(proposal_id):
    given = supports.support(db.session.get_one(Proposal, proposal_id), email="person@example.org")
    return given.id


def test_eight_clicks_at_once_are_one_support(own_app):
    site = own_app()
    with site.app_context():
        proposal_id = ProposalFactory().id
        db.session.commit()

    assert len(set(at_once(site, *[partial(support_once, proposal_id)] * 8))) == 1


def test_an_erased_address_leaves_its_supports_counted_and_unlinked():
    given, waiting = ProposalFactory.create_batch(2)
    supports.confirm_support(supports.support(given, email="person@example.org"))
    supports.support(waiting, email="person@example.org")

    assert supports.unlink("Person@example.org") == 2

    assert (count(given), supports.find(given, "person@example.org")) == (1, None)
    assert db.session.scalars(select(Support.email)).all() == [""]


@pytest.mark.parametrize("subject", ["unterstuetzung", "folgen"])
def test_one_network_asks_only_so_many_addresses(client, monkeypatch, subject):
    monkeypatch.setitem(limits.MOST, limits.Action.CONFIRMATION, 2)
    address = f"{page_of(ProposalFactory())}/{subject}"

    answers = [
        client.post(address, data={name: f"fremd{number}@example.org", "consent": "y"}).status_code
        for number in range(3)
        for name in [FIELD if subject == "unterstuetzung" else "email"]
    ]

    assert answers == [303, 303, 429]
    assert len(db.session.scalars(select(OutgoingMail)).all()) == 2
