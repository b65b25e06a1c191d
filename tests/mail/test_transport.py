import mailbox

import pytest
from sqlalchemy import select

from app.db import db
from app.mail import outbox
from app.mail.models import OutgoingMail
from tests.factories import AccountFactory
from tests.servers import running_relay


def enqueue():
    account = AccountFactory(email="amt@example.org")
    outbox.enqueue(account.email, "accounts/sign_in", account_id=account.id)
    db.session.commit()


def deliver(app):
    """What `teilhabe mail deliver` prints."""
    return app.test_cli_runner().invoke(args=["mail", "deliver"]).output.splitlines()


def test_maildir_keeps_what_was_sent(own_app, tmp_path):
    app = own_app(TEILHABE_MAIL_URL=f"maildir:{tmp_path / 'post'}")
    with app.app_context():
        enqueue()

    assert deliver(app) == ["1 gesendet, 0 später noch einmal, 0 aufgegeben"]
    assert [mail["To"] for mail in mailbox.Maildir(str(tmp_path / "post"), create=False)] == ["amt@example.org"]


def test_maildir_that_cannot_be_written_keeps_the_mail_for_later(own_app, tmp_path):
    (tmp_path / "post").write_text("keine Ordner")
    app = own_app(TEILHABE_MAIL_URL=f"maildir:{tmp_path / 'post'}")
    with app.app_context():
        enqueue()

        assert deliver(app) == ["0 gesendet, 1 später noch einmal, 0 aufgegeben"]
        assert db.session.scalars(select(OutgoingMail)).one().is_open


def test_console_prints_what_was_sent(own_app):
    app = own_app(TEILHABE_MAIL_URL="console:")
    with app.app_context():
        enqueue()

    assert deliver(app)[0] == "amt@example.org: Ihr Link zum Einloggen"


@pytest.mark.parametrize("tls", ["starttls", "ssl"])
def test_smtp_keeps_the_mail_when_the_relay_cannot_be_trusted(own_app, tls):
    """The test's relay has no certificate: nothing is sent in the clear instead."""
    with running_relay() as (relay, url):
        app = own_app(TEILHABE_MAIL_URL=f"{url}?tls={tls}")
        with app.app_context():
            enqueue()

            assert deliver(app) == ["0 gesendet, 1 später noch einmal, 0 aufgegeben"]
    assert relay.taken == []
