from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.accounts import services
from app.accounts.errors import EmailTaken, LastAdmin
from app.accounts.models import Account, Role
from app.db import db, now
from app.errors import LinkInvalid, LinkUsed
from app.mail.models import OutgoingMail
from tests.factories import AccountFactory


def test_create_account_refuses_an_address_that_differs_only_in_case():
    AccountFactory(email="amt@example.org")

    with pytest.raises(EmailTaken):
        services.create_account(email="Amt@Example.org", name="Beispielamt")

    assert len(db.session.scalars(select(Account)).all()) == 1


def test_sign_in_uses_the_link_up():
    account = AccountFactory()
    token = services.issue_link(account)

    assert services.sign_in(token) == account
    with pytest.raises(LinkUsed):
        services.sign_in(token)


def test_two_links_of_the_same_second_work_each():
    account = AccountFactory()
    with time_machine.travel(now(), tick=False):
        tokens = [services.issue_link(account) for _ in range(2)]

    assert [services.sign_in(token) for token in tokens] == [account, account]


def test_sign_in_refuses_a_link_of_another_generation():
    account = AccountFactory()
    token = services.issue_link(account)
    services.sign_out_everywhere(account)

    with pytest.raises(LinkInvalid):
        services.sign_in(token)


def test_sign_in_refuses_an_old_link():
    account = AccountFactory()
    token = services.issue_link(account)

    with time_machine.travel(now() + services.LINK_LIFETIME + timedelta(seconds=2)), pytest.raises(LinkInvalid):
        services.sign_in(token)


def test_request_link_writes_no_mail_for_an_unknown_address():
    AccountFactory(email="amt@example.org")

    services.request_link(email="niemand@example.org")

    assert db.session.scalars(select(OutgoingMail)).all() == []


def test_request_link_stops_after_five_mails_an_hour():
    account = AccountFactory(email="amt@example.org")

    for _ in range(services.LINKS_PER_HOUR + 1):
        services.request_link(email="AMT@example.org")

    mails = db.session.scalars(select(OutgoingMail)).all()
    assert [mail.parameters for mail in mails] == [{"account_id": account.id}] * services.LINKS_PER_HOUR


def test_set_roles_grants_and_revokes_and_keeps_the_history():
    account = AccountFactory(roles=(Role.PARTICIPANT, Role.MODERATOR))

    services.set_roles(account, [Role.PARTICIPANT, Role.EDITOR], by=None)

    assert account.roles == {Role.PARTICIPANT, Role.EDITOR}
    assert [(grant.role, grant.revoked_at is None) for grant in account.grants] == [
        (Role.PARTICIPANT, True),
        (Role.MODERATOR, False),
        (Role.EDITOR, True),
    ]


def test_set_roles_keeps_one_admin():
    admin = AccountFactory(roles=(Role.ADMIN,))
    AccountFactory(roles=(Role.ORGANISER,))

    with pytest.raises(LastAdmin):
        services.set_roles(admin, [Role.EDITOR], by=admin)

    assert admin.roles == {Role.ADMIN}


def test_close_ends_sessions_and_links():
    AccountFactory(roles=(Role.ADMIN,))
    account = AccountFactory()
    token, session_id = services.issue_link(account), account.get_id()

    services.close(account, by=None)

    assert services.queries.find_by_session(session_id) is None
    with pytest.raises(LinkInvalid):
        services.sign_in(token)
