from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from sqlalchemy import select

from app import limits
from app.db import db, now
from app.errors import LinkInvalid
from app.proposals.errors import DraftGone, DraftTooLong
from app.proposals.models import Draft, Proposal
from app.proposals.services import drafts

SAVE = "/vorschlaege/entwurf"
TYPED = {"text": "Kurse am Abend", "kind": "measure", "name": "Beispielperson", "language": "uk"}


def path(address):
    return urlsplit(address).path


def texts(page, selector):
    return [" ".join(tag.text.split()) for tag in page.select(selector)]


def stored():
    return db.session.scalars(select(Draft)).all()


def test_draft_is_written_on_behind_its_link_and_gone_once_sent(client):
    link = client.post(SAVE, data=TYPED).location
    page = client.page(link)
    assert (page.select_one("#text").text.strip(), page.select_one("#name")["value"]) == (
        "Kurse am Abend",
        "Beispielperson",
    )
    assert page.select_one("input[name=kind][checked]")["value"] == "measure"
    assert page.select_one("#language option[selected]")["value"] == "uk"
    assert client.get(link).headers["Cache-Control"] == "no-store, no-cache"

    token = page.select_one("input[name=draft]")["value"]
    client.post("/vorschlaege/neu", data={**TYPED, "draft": token})

    assert [proposal.text.current.content for proposal in db.session.scalars(select(Proposal))] == ["Kurse am Abend"]
    assert stored() == []
    assert client.page(link, 409).h1.text == "Das geht gerade nicht"


def test_draft_saved_again_keeps_its_link(client):
    link = client.post(SAVE, data=TYPED).location
    token = client.page(link).select_one("input[name=draft]")["value"]

    again = client.post(SAVE, data={"text": "Kurse am Abend und am Samstag", "draft": token}).location

    said = [path(each).partition(".")[0] for each in (again, link)]  # the rest tells the second in which it was signed
    assert (said[0], len(stored())) == (said[1], 1)
    assert client.page(link).select_one("#text").text.strip() == "Kurse am Abend und am Samstag"


def test_looking_for_similar_ones_keeps_the_draft(client):
    token = client.page(client.post(SAVE, data=TYPED).location).select_one("input[name=draft]")["value"]

    page = client.page("/vorschlaege/neu/aehnlich", 200, "POST", data={**TYPED, "draft": token})

    kept = page.select_one("input[name=draft]")["value"]
    assert kept.partition(".")[0] == token.partition(".")[0]  # the rest tells the second in which it was signed


def test_draft_goes_to_the_address_that_was_given(client, mails):
    link = client.post(SAVE, data={**TYPED, "email": "p@example.org"}).location

    [mail] = mails()
    assert (mail.to, mail.subject) == ("p@example.org", "Ihr Entwurf: hier schreiben Sie weiter")
    assert [path(address) for address in mail.links] == [path(link)]
    assert "Kurse am Abend" not in mail.text


def test_draft_that_is_gone_before_the_mail_sends_none(client, mails):
    client.post(SAVE, data={**TYPED, "email": "p@example.org"})
    drafts.delete(stored()[0])
    drafts.save({"text": ["Von jemand anderem"]})

    assert mails() == []


def test_wrong_address_is_no_reason_to_lose_a_draft(client, mails):
    link = client.post(SAVE, data={**TYPED, "email": "keine"}).location

    assert client.page(link).select_one("#email")["value"] == "keine"
    assert mails() == []


def test_draft_lies_encrypted(client):
    client.post(SAVE, data=TYPED)

    [draft] = stored()
    assert b"Kurse" not in draft.ciphertext
    assert drafts.fields_of(draft)["text"] == ["Kurse am Abend"]


def test_draft_is_deleted_after_a_question(client):
    link = client.post(SAVE, data=TYPED).location
    question = client.page(link).select_one("a[href$=loeschung]")["href"]
    client.page(path(question))
    assert len(stored()) == 1

    client.post(path(question))

    assert stored() == []


def test_draft_ends_after_30_days_also_when_nobody_deleted_it_yet():
    draft = drafts.save({"text": ["Kurse"]})
    token = drafts.link_of(draft)

    with time_machine.travel(now() + timedelta(days=29)):
        assert drafts.read_link(token) == draft
    with time_machine.travel(now() + timedelta(days=30)), pytest.raises(DraftGone):
        drafts.read_link(token)


def test_link_of_a_deleted_draft_opens_no_other():
    first = drafts.save({"text": ["Meins"]})
    token = drafts.link_of(first)
    drafts.delete(first)
    second = drafts.save({"text": ["Von jemand anderem"]})

    with pytest.raises(DraftGone):
        drafts.read_link(token)
    assert drafts.find(token) is None
    assert drafts.find(drafts.link_of(second)) == second
    with pytest.raises(LinkInvalid):
        drafts.read_link(token[:-2])


def test_save_refuses_what_is_too_long(client):
    with pytest.raises(DraftTooLong):
        drafts.save({"text": ["ä" * 20_001]})

    page = client.page(SAVE, 422, "POST", data={"text": "ä" * 20_001})

    assert len(page.select_one("#text").text.strip()) == 20_001
    assert texts(page, "#text-error") == [
        "Fehler: Das ist zu lang zum Aufheben. Bitte bleiben Sie unter 20.000 Zeichen."
    ]


def test_network_that_saves_very_many_has_to_wait_and_loses_nothing(client, monkeypatch):
    monkeypatch.setitem(limits.MOST, limits.Action.DRAFT, 1)
    client.post(SAVE, data=TYPED)

    page = client.page(SAVE, 429, "POST", data=TYPED)

    assert page.select_one("#text").text.strip() == "Kurse am Abend"
    assert texts(page, ".error-summary li")[0].startswith("Von Ihrem Anschluss kamen gerade sehr viele Anfragen.")
    assert len(stored()) == 1
