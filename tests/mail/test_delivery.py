import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.accounts.models import Account
from app.db import db, now
from app.mail import delivery, outbox, transport
from app.mail.delivery import Round
from app.mail.models import BACKOFF, LEASE, OutgoingMail
from tests.factories import AccountFactory
from tests.servers import free_port, running_relay, silent_server
from tests.threads import at_once


def enqueue(*recipients):
    account = db.session.scalars(select(Account)).one_or_none() or AccountFactory()
    for recipient in recipients:
        outbox.enqueue(recipient, "accounts/sign_in", account_id=account.id)
    db.session.commit()


def outcomes():
    db.session.expire_all()
    mails = db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))
    ends = [("sent" if m.sent_at else "given up" if m.given_up_at else "open", m.attempts, m.failure) for m in mails]
    db.session.commit()
    return ends


@pytest.fixture
def relay(own_app):
    with running_relay() as (relay, url), own_app(TEILHABE_MAIL_URL=url).app_context():
        yield relay


def test_deliver_hands_a_mail_to_the_relay_once(relay):
    enqueue("amt@example.org")

    assert (delivery.deliver(), delivery.deliver()) == (Round(sent=1), Round())
    assert [re.search(rb"^To: (.*?)\r", mail, re.MULTILINE)[1] for mail in relay.taken] == [b"amt@example.org"]
    assert outcomes() == [("sent", 1, "")]


def test_deliver_tries_again_when_the_relay_says_later(relay):
    relay.answers["voll@example.org"] = "452 mailbox full"
    enqueue("voll@example.org", "amt@example.org")

    assert delivery.deliver() == Round(sent=1, postponed=1)
    assert outcomes() == [("open", 1, "SMTPRecipientsRefused 452"), ("sent", 1, "")]

    relay.answers.clear()
    assert delivery.deliver() == Round()
    with time_machine.travel(now() + BACKOFF[0]):
        assert delivery.deliver() == Round(sent=1)
    assert (outcomes(), len(relay.taken)) == ([("sent", 2, ""), ("sent", 1, "")], 2)


def test_deliver_gives_up_when_the_relay_says_never(relay):
    relay.answers["weg@example.org"] = "550 no such user"
    enqueue("weg@example.org", "amt@example.org")

    assert delivery.deliver() == Round(sent=1, given_up=1)
    assert outcomes() == [("given up", 1, "SMTPRecipientsRefused 550"), ("sent", 1, "")]


def test_deliver_gives_up_what_never_worked_after_three_days(relay):
    relay.answers["voll@example.org"] = "452 mailbox full"
    enqueue("voll@example.org")
    at = start = now()

    for wait in BACKOFF:
        with time_machine.travel(at, tick=False):
            assert delivery.deliver() == Round(postponed=1)
        at += wait
    with time_machine.travel(at, tick=False):
        assert delivery.deliver() == Round(given_up=1)

    assert outcomes() == [("given up", 9, "SMTPRecipientsRefused 452")]
    assert timedelta(days=2.5) < at - start < timedelta(days=3.5)


@pytest.mark.parametrize("people", [1, 3])
def test_deliver_waits_while_no_relay_answers(own_app, people):
    with own_app(TEILHABE_MAIL_URL=f"smtp://127.0.0.1:{free_port()}").app_context():
        enqueue(*[f"amt{number}@example.org" for number in range(people)])

        assert delivery.deliver() == Round(postponed=people)
        assert outcomes() == [("open", 1, "ConnectionRefusedError")] * people


def test_deliver_does_not_hang_on_a_relay_that_hangs(own_app, monkeypatch):
    monkeypatch.setattr(transport, "TIMEOUT", 0.2)
    with silent_server() as port, own_app(TEILHABE_MAIL_URL=f"smtp://127.0.0.1:{port}").app_context():
        enqueue("amt@example.org")

        assert delivery.deliver() == Round(postponed=1)
        assert outcomes() == [("open", 1, "SMTPServerDisconnected")]


def test_deliver_keeps_the_outbox_while_the_relay_refuses_our_password(own_app):
    def refuse(*_arguments):
        return False

    with running_relay(authenticator=refuse, auth_require_tls=False) as (_relay, url):
        address = url.replace("//", "//amt:falsch@")
        with own_app(TEILHABE_MAIL_URL=address).app_context():
            enqueue("amt@example.org")

            assert delivery.deliver() == Round(postponed=1)
            assert outcomes() == [("open", 1, "SMTPAuthenticationError 535")]


def test_deliver_gives_up_a_mail_of_ours_that_is_broken_and_sends_the_others(relay):
    enqueue("kaputt@example.org", "amt@example.org")
    broken = db.session.get_one(OutgoingMail, 1)
    broken.parameters = {"unbekannt": 1}
    db.session.commit()

    assert delivery.deliver() == Round(sent=1, given_up=1)
    assert outcomes() == [("given up", 1, "TypeError"), ("sent", 1, "")]


def test_deliver_leaves_a_mail_to_the_worker_that_took_it_until_its_lease_ends(relay):
    enqueue("amt@example.org")
    taken = now()
    assert delivery._claim(taken) == 1  # and then that worker dies

    with time_machine.travel(taken + LEASE - timedelta(seconds=1), tick=False):
        assert delivery.deliver() == Round()
    with time_machine.travel(taken + LEASE, tick=False):
        assert delivery.deliver() == Round(sent=1)
    assert outcomes() == [("sent", 2, "")]


def test_deliver_sends_each_mail_once_with_several_workers(own_app, scaled):
    count = scaled(20, 400)
    with running_relay() as (relay, url):
        app = own_app(TEILHABE_MAIL_URL=url)
        with app.app_context():
            enqueue(*[f"amt{number}@example.org" for number in range(count)])

        reports = at_once(app, *[delivery.deliver] * 2)

        assert sum(report.sent for report in reports) == count
        assert len({re.search(rb"Message-ID: (.*?)\r", mail)[1] for mail in relay.taken}) == len(relay.taken) == count


def test_forget_recipients_empties_old_addresses_only(relay):
    relay.answers["weg@example.org"] = "550 no such user"
    relay.answers["voll@example.org"] = "452 mailbox full"
    enqueue("amt@example.org", "weg@example.org", "voll@example.org")
    delivery.deliver()
    ended = now()

    assert delivery.forget_recipients_before(ended - timedelta(days=1)) == 0
    assert delivery.forget_recipients_before(ended + timedelta(days=1)) == 2
    assert delivery.forget_recipients_before(ended + timedelta(days=1)) == 0
    db.session.expire_all()
    assert db.session.scalars(select(OutgoingMail.recipient).order_by(OutgoingMail.id)).all() == [
        *(None, None, "voll@example.org")
    ]
