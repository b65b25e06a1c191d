from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app import limits
from app.db import db, now
from app.limits import Action, Attempt, LimitReached


@pytest.fixture
def two(monkeypatch):
    monkeypatch.setitem(limits.MOST, Action.RECEIPT, 2)


def test_count_lets_so_many_through_in_an_hour(two):
    assert [limits.count(Action.RECEIPT, "a") for _ in range(2)] == [0, 1]

    with pytest.raises(LimitReached):
        limits.count(Action.RECEIPT, "a")
    with pytest.raises(LimitReached):
        limits.check(Action.RECEIPT, "a")
    assert (limits.count(Action.RECEIPT, "b"), limits.count(Action.DRAFT, "a")) == (0, 0)
    with time_machine.travel(now() + limits.WITHIN + timedelta(seconds=1)):
        assert limits.count(Action.RECEIPT, "a") == 0


def test_count_without_a_network_counts_nothing(two):
    assert [limits.count(Action.RECEIPT, "") for _ in range(5)] == [0] * 5
    assert db.session.scalars(select(Attempt)).all() == []


def test_source_is_the_network_and_never_the_address():
    same = [limits.source_of(address) for address in ("2001:db8::1", "2001:db8::ffff:1")]
    others = [limits.source_of(address) for address in ("2001:db8:0:1::1", "192.0.2.1", "192.0.2.2")]

    assert len({*same}) == 1
    assert len({*same, *others}) == 4
    assert [len(source) for source in (*same, *others)] == [64] * 5


@pytest.mark.parametrize("address", [None, "", "unix:", "192.0.2", "<script>"])
def test_source_of_no_address_is_nothing(address):
    assert limits.source_of(address) == ""
