from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from app.accounts import services as accounts
from app.db import db
from app.mail import outbox
from app.mail.rendering import render
from tests.catalogues import write_catalogue
from tests.factories import AccountFactory


def enqueue(account, language="de"):
    mail = outbox.enqueue(account.email, "accounts/sign_in", language=language, account_id=account.id)
    db.session.commit()
    return mail


def test_render_writes_a_text_and_the_same_as_html(mails):
    account = AccountFactory(email="amt@example.org", name="Beispielamt")
    enqueue(account)

    [mail] = mails()

    [address] = mail.links
    assert (mail.to, mail.subject) == ("amt@example.org", "Ihr Link zum Einloggen")
    assert mail.text.splitlines() == [
        *("Guten Tag Beispielamt,", ""),
        *("mit diesem Link loggen Sie sich ein. Er gilt 30 Minuten und nur einmal:", ""),
        *(address, ""),
        *("Wenn Sie das nicht wollten, müssen Sie nichts tun.", ""),
        *("--", "Teilhabe, Landkreis Konstanz", "Amt für Migration und Integration"),
    ]
    html = BeautifulSoup(mail.message.get_body(("html",)).get_content(), "html.parser")
    assert (html.html["lang"], html.h1.text, html.select_one("a.action")["href"]) == (
        *("de", "Ihr Link zum Einloggen", address),
    )
    assert [paragraph.text for paragraph in html.select("p:not(:has(a)):not(.address)")] == [
        "Guten Tag Beispielamt,",
        "mit diesem Link loggen Sie sich ein. Er gilt 30 Minuten und nur einmal:",
        "Wenn Sie das nicht wollten, müssen Sie nichts tun.",
    ]


def test_render_says_that_a_machine_wrote_it_and_names_it_alike_each_time(mails):
    mail = enqueue(AccountFactory())

    [received] = mails()

    assert received.message["Auto-Submitted"] == "auto-generated"
    assert received.message["Message-ID"] == f"<outbox-{mail.id}@127.0.0.1>"
    assert received.message["From"] == "integration@example.org"


def test_render_shows_what_somebody_typed_as_text(mails):
    enqueue(AccountFactory(name="<b>Amt</b> & Co"))

    [mail] = mails()

    assert mail.text.splitlines()[0] == "Guten Tag <b>Amt</b> & Co,"
    html = BeautifulSoup(mail.message.get_body(("html",)).get_content(), "html.parser")
    assert (html.find("b"), html.p.text) == (None, "Guten Tag <b>Amt</b> & Co,")


def test_render_speaks_the_language_of_the_recipient(own_app, tmp_path):
    words = {"Ihr Link zum Einloggen": "Your link to sign in", "Guten Tag %(name)s,": "Hello %(name)s,"}
    app = own_app(write_catalogue(tmp_path / "translations", "en", words))
    with app.app_context():
        account = AccountFactory(name="Beispielamt")
        english, german = render(enqueue(account, "en")), render(enqueue(account))

    assert (english.subject, english.body.splitlines()[0]) == ("Your link to sign in", "Hello Beispielamt,")
    assert BeautifulSoup(english.html, "html.parser").html["lang"] == "en"
    assert (german.subject, german.body.splitlines()[0]) == ("Ihr Link zum Einloggen", "Guten Tag Beispielamt,")


def test_render_writes_from_right_to_left_where_people_read_so(own_app, tmp_path):
    app = own_app(write_catalogue(tmp_path / "translations", "ar", {"Ihr Link zum Einloggen": "رابط الدخول"}))
    with app.app_context():
        message = render(enqueue(AccountFactory(), "ar"))

    html = BeautifulSoup(message.html, "html.parser")
    assert (message.subject, html.html["lang"], html.html["dir"]) == ("رابط الدخول", "ar", "rtl")


def test_render_returns_nothing_when_the_mail_has_lost_its_reason():
    account = AccountFactory()
    mail = enqueue(account)

    accounts.close(account, by=None)

    assert render(mail) is None


def test_mail_that_lost_its_reason_is_not_sent(mails):
    account = AccountFactory()
    mail = enqueue(account)
    accounts.close(account, by=None)

    assert mails() == []
    assert (mail.sent_at, mail.given_up_at is None, mail.failure) == (None, False, "no longer needed")


@pytest.fixture
def adds(monkeypatch):
    """Let something be added to the mails that let people sign in."""

    def add(addition):
        monkeypatch.setattr(outbox, "ADDITIONS", {"accounts/sign_in": [addition]})

    return add


def test_render_adds_files_and_shows_pictures_with_their_words(mails, adds):
    picture = outbox.Attachment("karte.png", "image/png", b"Bild", alt="Ihre Eintrittskarte")
    paper = outbox.Attachment("karte.pdf", "application/pdf", b"Papier")
    adds(lambda letter, account_id: replace(letter, attachments=(picture, paper)))
    enqueue(AccountFactory())

    [mail] = mails()

    assert [
        (part.get_filename(), part.get_content_type(), part.get_content_disposition(), part["Content-ID"])
        for part in mail.message.iter_attachments()
    ] == [
        ("karte.png", "image/png", "inline", "<karte.png>"),
        ("karte.pdf", "application/pdf", "attachment", None),
    ]
    assert [part.get_content() for part in mail.message.iter_attachments()] == [b"Bild", b"Papier"]
    html = BeautifulSoup(mail.message.get_body(("html",)).get_content(), "html.parser")
    assert [(image["src"], image["alt"]) for image in html.select("img")] == [("cid:karte.png", "Ihre Eintrittskarte")]


def test_render_puts_the_calendar_last_with_its_method(mails, adds):
    adds(lambda letter, account_id: replace(letter, calendar=outbox.CalendarPart("REQUEST", "BEGIN:VCALENDAR\r\n")))
    enqueue(AccountFactory())

    [mail] = mails()

    [alternative] = [part for part in mail.message.walk() if part.get_content_type() == "multipart/alternative"]
    assert [part["Content-Type"] for part in alternative.iter_parts()] == [
        'text/plain; charset="utf-8"',
        'text/html; charset="utf-8"',
        'text/calendar; charset="utf-8"; method="REQUEST"',
    ]


def test_a_mail_loses_its_reason_when_an_addition_says_so(mails, adds):
    adds(lambda letter, account_id: None)
    enqueue(AccountFactory())

    assert mails() == []


def test_no_words_make_a_button_that_leads_elsewhere(mails, adds):
    words = "Betreff\n\nGuten Tag\n\nhttps://example.org/falle\n\nhttp://127.0.0.1:8000/kalender"
    adds(lambda letter, account_id: replace(letter, words=lambda context: words))
    enqueue(AccountFactory())

    [mail] = mails()

    html = BeautifulSoup(mail.message.get_body(("html",)).get_content(), "html.parser")
    assert (mail.subject, mail.text.splitlines()[0]) == ("Betreff", "Guten Tag")
    assert [link["href"] for link in html.select("a")] == ["http://127.0.0.1:8000/kalender"]
