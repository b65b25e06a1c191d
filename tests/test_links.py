from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app import links
from app.db import db, now, transactional
from app.errors import LinkInvalid, LinkUsed
from app.links import Ticket, UsedLink
from tests.threads import at_once


def test_read_returns_row_and_generation():
    assert links.read("ticket", links.sign("ticket", 7, 2)) == Ticket(7, 2)


def test_read_refuses_a_link_made_for_something_else():
    with pytest.raises(LinkInvalid):
        links.read("ticket", links.sign("sign-in", 7, 2))


@pytest.mark.parametrize(
    "change", [lambda token: token[:-1], lambda token: "x" + token, lambda _: "", lambda _: "ü.ß.."]
)
def test_read_refuses_a_forged_link(change):
    with pytest.raises(LinkInvalid):
        links.read("ticket", change(links.sign("ticket", 7, 2)))


@pytest.mark.parametrize("content", [7, [7], [7, 2, 1], None, {}])
def test_read_refuses_a_link_that_says_something_else(content):
    with pytest.raises(LinkInvalid):
        links.read("ticket", links._serializer("ticket").dumps(content))


def test_read_refuses_an_old_link_and_takes_one_without_end():
    token = links.sign("ticket", 7, 2)

    with time_machine.travel(now() + timedelta(days=400), tick=False):
        assert links.read("ticket", token) == Ticket(7, 2)
        assert links.read("ticket", token, max_age=timedelta(days=401)) == Ticket(7, 2)
        with pytest.raises(LinkInvalid):
            links.read("ticket", token, max_age=timedelta(days=399))


def test_use_once_refuses_the_second_time():
    token, other = links.sign("ticket", 7, 2), links.sign("ticket", 8, 2)
    links.use_once(token)

    assert (links.is_used(token), links.is_used(other)) == (True, False)
    with pytest.raises(LinkUsed):
        links.use_once(token)


def test_use_once_keeps_no_token():
    token = links.sign("ticket", 7, 2)
    links.use_once(token)

    [digest] = db.session.scalars(select(UsedLink.digest))
    assert token not in digest


def test_use_once_lets_one_of_many_through(own_app, scaled):
    app = own_app()
    with app.app_context():
        token = links.sign("ticket", 7, 2)
    use = transactional(links.use_once)

    outcomes = at_once(app, *[lambda: use(token)] * scaled(6, 30))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["LinkUsed"] * (len(outcomes) - 1) + ["NoneType"]


def test_absolute_url_lies_below_the_base_url_whatever_was_asked(own_app):
    app = own_app(TEILHABE_BASE_URL="https://beteiligung.example.org/teilhabe/")
    with app.test_request_context("/", base_url="http://elsewhere.example"):
        address = links.absolute_url("accounts.confirm_sign_in", token="abc")

    assert address == "https://beteiligung.example.org/teilhabe/konto/zugang/abc"


@pytest.mark.parametrize("ending", ["!!!!", "=", "\n", "A"])
def test_read_refuses_a_token_written_in_another_way(app, ending):
    """Base64 takes foreign signs and spare bits: a used link would be another one and work again."""
    token = links.sign_once("purpose", 1, 1)

    with pytest.raises(LinkInvalid):
        links.read("purpose", token + ending)


def test_read_refuses_spare_bits_in_the_signature(app):
    token = links.sign("purpose", 1, 1)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    others = [token[:-1] + sign for sign in alphabet if sign != token[-1]]

    for other in others:
        with pytest.raises(LinkInvalid):
            links.read("purpose", other)
