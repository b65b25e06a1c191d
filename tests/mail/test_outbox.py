import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.db import db, transactional
from app.errors import DomainError
from app.mail import outbox
from app.mail.models import OutgoingMail
from tests.conftest import counted_commits
from tests.factories import AccountFactory


@transactional
def rename_and_tell(account, name, *, fails=False):
    account.name = name
    outbox.enqueue(account.email, "accounts/sign_in", language="de", account_id=account.id)
    if fails:
        raise DomainError


def test_enqueue_is_part_of_the_commit_that_causes_it():
    account = AccountFactory(email="amt@example.org")

    with counted_commits() as commits:
        rename_and_tell(account, "Nachher")

    [mail] = db.session.scalars(select(OutgoingMail))
    assert (len(commits), account.name, mail.recipient, mail.is_open) == (1, "Nachher", "amt@example.org", True)


def test_enqueue_leaves_no_mail_when_the_change_fails(mails):
    account = AccountFactory(name="Vorher")

    with pytest.raises(DomainError):
        rename_and_tell(account, "Nachher", fails=True)

    assert (account.name, db.session.scalars(select(OutgoingMail)).all(), mails()) == ("Vorher", [], [])


def test_enqueue_keeps_ids_and_no_text():
    account = AccountFactory(name="Beispielamt")

    rename_and_tell(account, "Beispielamt")

    [mail] = db.session.scalars(select(OutgoingMail))
    assert (mail.template, mail.parameters) == ("accounts/sign_in", {"account_id": account.id})


def test_enqueue_refuses_a_template_that_nobody_renders():
    with pytest.raises(KeyError, match="no loader renders the mail accounts/unknown"):
        outbox.enqueue("amt@example.org", "accounts/unknown")

    assert db.session.scalars(select(Account)).all() == []


def test_every_mail_has_a_template_and_a_loader(app):
    names = app.jinja_env.list_templates(filter_func=lambda name: name.startswith("mail/") and name.endswith(".txt"))

    assert {name[len("mail/") : -len(".txt")] for name in names} == {"layout", *outbox.LOADERS}
