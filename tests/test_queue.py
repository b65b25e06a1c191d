import logging
import sqlite3

import pytest
from sqlalchemy import select

from app import JOBS, queue
from app.db import db, transactional
from app.errors import DomainError
from app.mail import outbox
from app.mail.models import OutgoingMail
from tests.factories import AccountFactory
from tests.servers import free_port, silent_server


@transactional
def tell(account, *, fails=False):
    outbox.enqueue(account.email, "accounts/sign_in", account_id=account.id)
    outbox.enqueue(account.email, "accounts/sign_in", account_id=account.id)
    if fails:
        raise DomainError


@pytest.fixture
def huey(app):
    app.extensions["huey"].flush()
    return app.extensions["huey"]


def names(huey):
    return [task.name for task in huey.pending()]


def test_wake_calls_the_worker_once_after_the_commit(huey):
    account = AccountFactory()
    assert names(huey) == []

    tell(account)

    assert names(huey) == ["mail_deliver"]


def test_wake_calls_nobody_when_the_change_fails(huey):
    account = AccountFactory()

    with pytest.raises(DomainError):
        tell(account, fails=True)
    AccountFactory()

    assert names(huey) == []


@pytest.mark.parametrize("failure", ["nobody", "silent"])
def test_wake_stops_nobody_while_the_broker_is_away(own_app, caplog, monkeypatch, failure):
    monkeypatch.setitem(queue.BROKER_TIMEOUTS, "socket_timeout", 0.2)
    with silent_server() as silent_port, caplog.at_level(logging.WARNING):
        port = silent_port if failure == "silent" else free_port()
        with own_app(TEILHABE_BROKER_URL=f"redis://127.0.0.1:{port}").app_context():
            tell(AccountFactory())

    [record] = [record for record in caplog.records if record.name == "app.queue"]
    assert record.args[1] == "mail.deliver"


def test_wake_stops_nobody_while_the_embedded_queue_is_broken(own_app, caplog):
    app = own_app()
    with app.app_context(), caplog.at_level(logging.WARNING):
        account = AccountFactory()
        with sqlite3.connect(app.extensions["huey"].storage.filename) as connection:
            connection.execute("DROP TABLE task")
        connection.close()
        tell(account)

    assert [record.name for record in caplog.records] == ["app.queue"]


def test_job_runs_inside_the_application(own_app):
    app = own_app()
    with app.app_context():
        tell(AccountFactory())
    huey = app.extensions["huey"]

    huey.execute(huey.dequeue())

    with app.app_context():
        sent = db.session.scalars(select(OutgoingMail.sent_at)).all()
    assert [at is not None for at in sent] == [True, True]


def test_every_job_runs_on_an_empty_database(own_app):
    app = own_app()

    for job in JOBS:
        with app.app_context():
            job.run()
