from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import StatementError
from sqlalchemy.orm.exc import StaleDataError

from app.accounts.models import Account
from app.db import db, lock, now, reading, transactional
from app.web.access import public
from tests.conftest import counted_commits
from tests.factories import AccountFactory
from tests.threads import at_once


def test_time_comes_back_in_utc():
    noon = datetime(2017, 6, 24, 12, tzinfo=timezone(timedelta(hours=2)))
    account = AccountFactory(created_at=noon)
    db.session.expire_all()

    assert account.created_at.isoformat() == "2017-06-24T10:00:00+00:00"


def test_time_without_zone_is_refused():
    with pytest.raises(StatementError, match="a naive datetime is not a point in time"):
        AccountFactory(created_at=datetime(2017, 6, 24, 12))  # noqa: DTZ001


def test_now_is_aware():
    assert now().tzinfo is UTC


@transactional
def rename(account, name):
    account.name = name


@transactional
def rename_twice(account):
    rename(account, "Erst")
    rename(account, "Dann")


@transactional
def rename_and_fail(account):
    rename(account, "Falsch")
    raise StaleDataError


def test_transactional_commits_once_when_the_outermost_returns():
    account = AccountFactory(name="Vorher")

    with counted_commits() as commits:
        rename_twice(account)

    assert len(commits) == 1
    db.session.expire_all()
    assert account.name == "Dann"


def test_transactional_rolls_everything_back_when_it_raises():
    account = AccountFactory(name="Vorher")

    with counted_commits() as commits, pytest.raises(StaleDataError):
        rename_and_fail(account)

    assert (len(commits), account.name) == (0, "Vorher")


def test_transactional_works_again_after_a_failure():
    account = AccountFactory()
    with pytest.raises(StaleDataError):
        rename_and_fail(account)

    rename(account, "Danach")

    assert db.session.scalars(select(Account.name)).all() == ["Danach"]


def test_lock_loads_the_row_afresh():
    account = AccountFactory(name="Vorher")
    db.session.refresh(account)
    db.session.execute(text("UPDATE account SET name = 'Nachher'"))
    assert account.name == "Vorher"

    assert lock(account).name == "Nachher"


def test_lock_refuses_a_row_that_is_not_stored():
    with pytest.raises(ValueError, match="Account is not stored yet"):
        lock(Account(name="Neu", email="neu@example.org"))


@transactional
def count_up(*, with_lock):
    account = db.session.scalars(select(Account)).one()
    if with_lock:
        account = lock(account)
    account.link_generation += 1


def test_lock_lets_one_at_a_time_change_a_row(own_app, scaled):
    app, people = own_app(), scaled(8, 32)
    with app.app_context():
        AccountFactory(link_generation=0)

    at_once(app, *[lambda: count_up(with_lock=True)] * people)

    with app.app_context():
        assert db.session.scalars(select(Account.link_generation)).one() == people


def test_changes_are_lost_without_the_lock_but_for_sqlite(own_app, databases):
    app = own_app()
    with app.app_context():
        AccountFactory(link_generation=0)
    for _ in range(20):
        at_once(app, *[lambda: count_up(with_lock=False)] * 8)

    with app.app_context():
        assert (db.session.scalars(select(Account.link_generation)).one() < 160) == (databases.kind == "postgresql")


def test_only_a_request_that_changes_something_can_write(own_app):
    app = own_app({"WTF_CSRF_ENABLED": False, "PROPAGATE_EXCEPTIONS": False})

    @app.route("/umbenennung", methods=["GET", "POST"])
    @public
    def write():
        rename(db.session.scalars(select(Account)).one(), "Nachher")
        return ""

    with app.app_context():
        AccountFactory(name="Vorher")
    client = app.test_client()

    def name():
        with app.app_context():
            return db.session.scalars(select(Account.name)).one()

    assert (client.get("/umbenennung").status_code >= 500, name()) == (True, "Vorher")
    assert (client.head("/umbenennung").status_code >= 500, name()) == (True, "Vorher")
    assert (client.post("/umbenennung").status_code, name()) == (200, "Nachher")


def test_reading_holds_no_lock_that_stops_others(own_app):
    app = own_app()
    with app.app_context():
        AccountFactory(name="Vorher")
        with reading():
            account = db.session.scalars(select(Account)).one()
            [outcome] = at_once(app, lambda: rename(db.session.merge(account), "Nachher"))
        assert (outcome, db.session.scalars(select(Account.name)).one()) == (None, "Nachher")


def test_reading_cannot_write(own_app):
    app = own_app()
    with app.app_context():
        AccountFactory(name="Vorher")
        with reading(), pytest.raises(Exception, match=r"(?i)read-?only"):
            rename(db.session.scalars(select(Account)).one(), "Nachher")
        assert db.session.scalars(select(Account.name)).one() == "Vorher"
