from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import Role
from app.db import db, now
from app.moderation.services import moderation
from app.proposals.errors import NotRepresenting
from app.proposals.models import Follow, Proposal, ProposalState
from app.proposals.services import follows, intake, notices
from app.proposals.services.intake import Statement
from app.structures import services as structures
from tests.factories import AccountFactory
from tests.proposals.factories import ProposalFactory
from tests.structures.factories import OrganizationFactory

NEW = "/vorschlaege/neu"
PAGE = "/konto/organisation"


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


@pytest.fixture
def club():
    return OrganizationFactory(name="Beispielverein")


@pytest.fixture
def colleagues(club):
    accounts = [AccountFactory(roles=(Role.REPRESENTATIVE,)) for _ in range(2)]
    for account in accounts:
        structures.grant_mandate(account, organization=club, by=None)
    return accounts


def test_representative_writes_for_their_organisation_and_it_is_named(client, club, colleagues):
    client.sign_in(colleagues[0])
    page = client.page(NEW)
    assert texts(page, "#on_behalf_of option") == ["nur für mich", "Beispielverein"]

    client.post(NEW, data={"text": "Eine Bank", "on_behalf_of": club.slug})

    [proposal] = db.session.scalars(select(Proposal))
    assert (proposal.organization, proposal.author_id) == (club, colleagues[0].id)
    moderation.release([proposal], by=None)
    assert "Beispielverein" in texts(client.page(f"/vorschlaege/{proposal.reference}"), ".quote-source span")


def test_representative_may_also_write_for_themselves(client, colleagues):
    client.sign_in(colleagues[0])

    client.post(NEW, data={"text": "Eine Bank", "on_behalf_of": ""})

    assert db.session.scalars(select(Proposal)).one().organization is None


def test_nobody_writes_for_an_organisation_they_do_not_represent(client, club, colleagues):
    other = AccountFactory(roles=(Role.REPRESENTATIVE,))
    client.sign_in(other)
    assert client.page(NEW).select("#on_behalf_of") == []

    client.post(NEW, data={"text": "Eine Bank", "on_behalf_of": club.slug})

    assert db.session.scalars(select(Proposal)).one().organization is None
    for author in (other, None):
        with pytest.raises(NotRepresenting):
            intake.submit(Statement("Eine Bank"), organization=club, author=author)


def test_colleagues_see_everything_of_their_organisation_at_one_place(client, club, colleagues):
    ProposalFactory(content="Noch geheim", organization=club, state=ProposalState.RECEIVED)
    public = ProposalFactory(content="Schon öffentlich", organization=club)
    ProposalFactory(content="Von anderen", organization=OrganizationFactory(), state=ProposalState.RECEIVED)
    client.sign_in(colleagues[1])
    assert client.page("/konto").select_one(f"a[href='{PAGE}']").text == "Beiträge für Beispielverein"

    page = client.page(PAGE)

    form = client.page(page.select_one("a.action-link")["href"])
    assert form.select_one("#on_behalf_of option[selected]")["value"] == club.slug
    assert sorted(texts(page, ".quote-text")) == ["Noch geheim", "Schon öffentlich"]
    assert [link["href"] for link in page.select(".quote a")] == [f"/vorschlaege/{public.reference}"]


def test_page_is_empty_for_whoever_represents_nobody(client, club):
    ProposalFactory(content="Noch geheim", organization=club, state=ProposalState.RECEIVED)
    client.sign_in(AccountFactory(roles=(Role.REPRESENTATIVE,)))

    page = client.page(PAGE)

    assert texts(page, ".empty-title") == ["Sie sprechen für keine Organisation"]
    assert "Noch geheim" not in page.text


def test_any_colleague_takes_a_contribution_back_and_nobody_else_does(client, club, colleagues):
    proposal = ProposalFactory(organization=club)
    without = ProposalFactory()
    address = f"{PAGE}/{proposal.reference}/ruecknahme"
    client.sign_in(AccountFactory(roles=(Role.REPRESENTATIVE,)))
    assert [client.open(address, method=method).status_code for method in ("GET", "POST")] == [404, 404]
    client.sign_in(colleagues[1])
    assert client.get(f"{PAGE}/{without.reference}/ruecknahme").status_code == 404

    client.page(address)
    client.post(address)

    db.session.refresh(proposal)
    assert proposal.state is ProposalState.WITHDRAWN
    [release] = proposal.releases
    assert (release.role, release.made_by_id) == ("organisation", colleagues[1].id)


def test_colleagues_hear_of_each_step_until_they_act_for_it_no_more(club, colleagues, mails):
    proposal = ProposalFactory(organization=club, state=ProposalState.RECEIVED, received_at=now() - timedelta(days=1))
    structures.revoke_mandate(structures.queries.mandates_of(club)[1], by=None)
    moderation.release([proposal], by=None)

    notices.tell_followers(at=now() + timedelta(hours=1))

    assert [mail.to for mail in mails()] == [colleagues[0].email]
    assert (notices.follow_represented(), len(db.session.scalars(select(Follow)).all())) == (0, 1)
    structures.revoke_mandate(structures.queries.mandates_of(club)[0], by=None)
    notices.follow_represented()
    assert [follow.ended_at is None for follow in db.session.scalars(select(Follow))] == [False]


def test_colleague_who_wants_no_more_mail_is_not_signed_up_again(club, colleagues):
    ProposalFactory(organization=club)
    assert notices.follow_represented() == 2
    for follow in db.session.scalars(select(Follow)).all():
        follows.end_follow(follow)

    assert notices.follow_represented() == 0


def test_page_asks_as_often_for_three_as_for_one(client, club, colleagues, count_queries):
    client.sign_in(colleagues[0])
    for more in (1, 2):
        for _ in range(more):
            ProposalFactory(organization=club)
        with count_queries() as queries:
            client.page(PAGE)
        assert len(queries) == 11
