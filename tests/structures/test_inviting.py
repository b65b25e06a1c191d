"""Whoever acts for an organisation invites colleagues, who say yes or no."""

import pytest
from sqlalchemy import select

from app.accounts.errors import AccountClosed
from app.accounts.models import Account, Role
from app.audit.models import AuditEntry
from app.db import db, now
from app.errors import LinkInvalid
from app.privacy import persons
from app.process_date import ProcessDate
from app.structures import inviting, queries, services
from app.structures.errors import AlreadyDissolved, MandateHeld, NoMandate, TooManyInvitations
from app.structures.models import MandateInvitation
from tests.factories import AccountFactory
from tests.structures.factories import MandateFactory, OrganizationFactory

HERE = "/konto/organisation/bruecke"


@pytest.fixture
def mandate():
    account = AccountFactory(name="Nur Beispiel", roles=[Role.REPRESENTATIVE])
    return MandateFactory(account=account, organization=OrganizationFactory(slug="bruecke", name="Verein Brücke"))


def invited(mandate, email="neu@example.org"):
    return inviting.invite(mandate.organization, email=email, language="de", by=mandate.account)


def path(link):
    return link.partition("://")[2].partition("/")[2].join(("/", ""))


def test_a_colleague_is_invited_says_yes_and_acts_for_the_organisation(client, mandate, mails):
    client.sign_in(mandate.account)
    assert [link["href"] for link in client.page("/konto").select("main a") if "bruecke" in link["href"]] == [
        f"{HERE}/mitglieder"
    ]
    client.page(f"{HERE}/mitglieder", 422, "POST", data={"email": "neu"})
    assert client.post(f"{HERE}/mitglieder", data={"email": "Neu@example.org"}).status_code == 303
    assert "neu@example.org" in client.page(f"{HERE}/mitglieder").text
    [mail] = mails()
    assert mail.subject == "Nur Beispiel lädt Sie ein, für „Verein Brücke“ zu handeln"
    [link] = mail.links

    client.page(path(link), 422, "POST", data={"name": ""})
    assert client.post(path(link), data={"name": "Sara Beispiel"}).location == "/konto/zugang/gesendet"

    assert [each.account.name for each in queries.mandates_of(mandate.organization)] == [
        "Nur Beispiel",
        "Sara Beispiel",
    ]
    assert db.session.scalars(select(MandateInvitation)).all() == []
    assert [each.to for each in mails()[1:]] == ["neu@example.org"]  # how to sign in
    client.page(path(link), 409)


def test_who_says_no_or_is_taken_back_leaves_nothing(client, mandate):
    declined, withdrawn = invited(mandate), invited(mandate, "zweite@example.org")

    client.post(f"/konto/organisation/einladung/{inviting.link_of(declined)}/absage")
    client.sign_in(mandate.account)
    client.post(f"{HERE}/einladungen/{withdrawn.id}/ruecknahme")

    assert db.session.scalars(select(MandateInvitation)).all() == []
    assert db.session.scalars(select(Account.email).where(Account.email.contains("@example.org"))).all() == [
        mandate.account.email
    ]


def test_only_who_acts_for_an_organisation_invites_to_it(client, mandate):
    stranger, other = MandateFactory(), invited(mandate)
    client.sign_in(stranger.account)

    client.page(f"{HERE}/mitglieder", 404)
    assert client.post(f"{HERE}/einladungen/{other.id}/ruecknahme").status_code == 404
    own = f"/konto/organisation/{stranger.organization.slug}/einladungen/{other.id}/ruecknahme"
    assert client.post(own).status_code == 404
    assert inviting.open_invitations(stranger.organization) == []
    with pytest.raises(NoMandate):
        inviting.invite(mandate.organization, email="x@example.org", language="de", by=stranger.account)


def test_who_invites_again_takes_the_place_of_who_invited_first(mandate):
    first = MandateFactory(organization=mandate.organization)
    invited(first)
    services.revoke_mandate(first, by=None)

    again = invited(mandate)

    assert db.session.scalars(select(MandateInvitation)).all() == [again]
    assert inviting.read_link(inviting.link_of(again)) == again


def test_an_invitation_ends_with_the_mandate_of_whoever_sent_it(mandate, mails):
    token = inviting.link_of(invited(mandate))
    assert inviting.read_link(token).email == "neu@example.org"

    services.revoke_mandate(mandate, by=None)

    with pytest.raises(LinkInvalid):
        inviting.read_link(token)
    assert mails() == []  # a letter that waited does not go out any more


def test_invitations_are_few_and_none_twice(mandate, monkeypatch):
    assert invited(mandate) == invited(mandate, "NEU@example.org")
    monkeypatch.setattr(inviting, "MOST_OPEN", 1)

    with pytest.raises(TooManyInvitations):
        invited(mandate, "andere@example.org")
    with pytest.raises(MandateHeld):
        invited(mandate, mandate.account.email)
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "structures.invite"))
    assert [each.actor_id for each in entries] == [mandate.account_id] * 2


def test_nobody_acts_for_what_is_dissolved_or_with_a_closed_account(mandate):
    invitation = invited(mandate, AccountFactory(email="zu@example.org", closed_at=now()).email)
    with pytest.raises(AccountClosed):
        inviting.accept(invitation, name="Zu Beispiel")
    mandate.organization.dissolved = ProcessDate("2020")

    with pytest.raises(AlreadyDissolved):
        invited(mandate)
    assert [each.account for each in queries.mandates_of(mandate.organization)] == [mandate.account]


def test_the_address_is_told_and_erased(mandate):
    invited(mandate, "weg@example.org")
    kept = invited(mandate, "bleibt@example.org")

    assert [row["email"] for row in persons.export("Weg@example.org")["mandate_invitation"]] == ["weg@example.org"]
    assert persons.erase("Weg@example.org").counts["mandate_invitation"] == 1
    assert db.session.scalars(select(MandateInvitation)).all() == [kept]
