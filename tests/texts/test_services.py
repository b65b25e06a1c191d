import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.db import db, now
from app.texts import services
from app.texts.errors import AlreadyBlackened, NothingKept, QuoteNotFound, TextEmpty
from app.texts.models import LinkKind, Redaction, Text, TextVersion, ThreadLink
from app.texts.services import Span
from tests.factories import AccountFactory
from tests.threads import at_once

SENTENCE = "In Zukunft soll es Deutschkurse am Abend geben."


def test_write_stores_the_first_version():
    version = services.write(f"  {SENTENCE}\r\n", language="de")

    assert (version.number, version.content, version.language, version.is_intact) == (1, SENTENCE, "de", True)
    assert version.text.current == version


def test_write_adds_a_version_and_keeps_the_earlier_one():
    first = services.write("Deutschkurse.", language="de")

    second = services.write("Deutschkurse am Abend.", language="de", text=first.text)

    assert [(v.number, v.content) for v in second.text.versions] == [
        (1, "Deutschkurse."),
        (2, "Deutschkurse am Abend."),
    ]


def test_write_adds_nothing_when_the_words_are_the_same():
    version = services.write(SENTENCE, language="de")

    assert services.write(f"{SENTENCE} ", language="de", text=version.text) == version
    assert len(version.text.versions) == 1


def test_write_adds_a_version_in_another_language():
    version = services.write("Taxi", language="de")

    assert services.write("Taxi", language="en", text=version.text).number == 2


@pytest.mark.parametrize("content", ["", " \n\t ", "\u200b\ufeff"])
def test_write_refuses_what_is_empty(content):
    with pytest.raises(TextEmpty):
        services.write(content, language="de")

    assert db.session.scalars(select(Text)).all() == []


def test_write_salts_the_digest():
    one, other = services.write(SENTENCE, language="de"), services.write(SENTENCE, language="de")

    assert one.digest != other.digest


def test_write_numbers_versions_of_people_who_write_at_once(own_app, scaled):
    app = own_app()
    with app.app_context():
        text_id = services.write("Anfang", language="de").text_id
    writers = scaled(4, 16)

    def write(number):
        return lambda: services.write(f"Fassung {number}", language="de", text=db.session.get_one(Text, text_id)).number

    assert sorted(at_once(app, *map(write, range(writers)))) == list(range(2, writers + 2))


@pytest.mark.no_database
@given(content=st.text())
def test_normalize_stores_nothing_that_misleads(content):
    stored = services.normalize(content)

    assert stored == services.normalize(stored)
    assert not {"\r", "\0", "\u202e", "\u2066", "\u200b"} & set(stored)
    assert unicodedata.is_normalized("NFC", stored)


def test_normalize_leaves_out_what_no_feed_and_no_document_holds():
    assert services.normalize("Eine\ufffe Bank\uffff") == "Eine Bank"


def test_normalize_keeps_what_other_scripts_need():
    assert services.normalize("می‌خواهم\u200dü") == "می‌خواهم\u200dü"


def test_span_finds_a_quote():
    version = services.write(SENTENCE, language="de")
    span = Span.of(version, "Deutschkurse am Abend")

    assert (span.start, span.end, span.quote) == (19, 40, "Deutschkurse am Abend")


@pytest.mark.parametrize("quote", ["Deutschkurs am Abend", ""])
def test_span_refuses_what_the_text_does_not_say(quote):
    version = services.write(SENTENCE, language="de")

    with pytest.raises(QuoteNotFound):
        Span.of(version, quote)


def test_link_joins_two_passages():
    said, written = services.write(SENTENCE, language="de"), services.write("Abendkurse", language="de")

    link = services.link(LinkKind.CONDENSED, Span(said, 19, 40), Span.whole(written))

    db.session.refresh(link)
    assert (link.kind, link.source.quote(link.source_start, link.source_end)) == (
        LinkKind.CONDENSED,
        "Deutschkurse am Abend",
    )
    assert link.target.quote(link.target_start, link.target_end) == "Abendkurse"


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 3), (0, 48), (48, 50)])
def test_link_and_redact_refuse_what_reaches_beyond_the_text(start, end):
    said, written = services.write(SENTENCE, language="de"), services.write("Abendkurse", language="de")

    with pytest.raises(QuoteNotFound):
        services.link(LinkKind.CONDENSED, Span(said, start, end), Span.whole(written))
    with pytest.raises(QuoteNotFound):
        services.redact(Span(said, start, end), role="moderator", reason="Name", by=None)
    assert (db.session.scalars(select(ThreadLink)).all(), db.session.scalars(select(Redaction)).all()) == ([], [])


def test_redact_blackens_for_good_and_keeps_links_in_place():
    account = AccountFactory()
    said = services.write("Frau Beispiel will Abendkurse.", language="de")
    digest = said.digest

    redaction = services.redact(Span.of(said, "Frau Beispiel"), role="moderator", reason="Name", by=account)

    db.session.expire_all()
    assert (said.content, said.quote(19, 29)) == ("█████████████ will Abendkurse.", "Abendkurse")
    assert (said.digest, said.salt, said.is_intact) == (digest, None, False)
    assert (redaction.role, redaction.reason, said.redactions) == ("moderator", "Name", [redaction])
    [entry] = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_type == "redaction"))
    assert (entry.action, entry.actor_id, entry.fields) == ("texts.redact", account.id, ["content"])


def test_redact_can_blacken_a_second_passage():
    said = services.write("Frau Beispiel und Herr Muster.", language="de")

    services.redact(Span.of(said, "Frau Beispiel"), role="moderator", reason="Name", by=None)
    services.redact(Span.of(said, "Herr Muster"), role="moderator", reason="Name", by=None)

    assert said.content == "█████████████ und ███████████."


def test_redact_at_once_leaves_every_passage_black(own_app):
    app = own_app()
    with app.app_context():
        version_id = services.write("A B C D E F G H", language="de").id

    def redact(start):
        def run():
            version = db.session.get_one(TextVersion, version_id)
            services.redact(Span(version, start, start + 1), role="moderator", reason="Name", by=None)

        return run

    outcomes = at_once(app, *[redact(start) for start in range(0, 15, 2)])

    with app.app_context():
        content = db.session.get_one(TextVersion, version_id).content
    assert (outcomes, content) == ([None] * 8, "█ █ █ █ █ █ █ █")


LATER = datetime(2099, 1, 1, tzinfo=UTC)


def test_redact_keeps_the_words_apart_and_lifting_brings_them_back():
    account = AccountFactory()
    said = services.write("Frau Beispiel und Herr Muster.", language="de")
    digest = said.digest

    first = services.redact(Span.of(said, "Frau Beispiel"), role="", reason="Name", by=account, keep_until=LATER)
    second = services.redact(Span.of(said, "Herr Muster"), role="", reason="Name", by=account, keep_until=LATER)

    assert (said.content, said.original) == ("█████████████ und ███████████.", "Frau Beispiel und Herr Muster.")
    assert (first.kept.words, first.kept.made_by_id, said.salt) == ("Frau Beispiel", account.id, None)
    services.lift(first, by=account)
    db.session.expire_all()
    assert (said.content, said.is_intact, said.standing_redactions) == (
        "Frau Beispiel und ███████████.",
        False,
        [second],
    )
    services.lift(second, by=None)
    db.session.expire_all()
    assert (said.content, said.is_intact, said.digest) == ("Frau Beispiel und Herr Muster.", True, digest)
    assert [each.kept.words for each in said.redactions] == ["", ""]


def test_redact_refuses_to_keep_what_is_black_already():
    said = services.write("Frau Beispiel", language="de")
    services.redact(Span.of(said, "Beispiel"), role="", reason="Name", by=None, keep_until=LATER)

    with pytest.raises(AlreadyBlackened):
        services.redact(Span(said, 0, 6), role="", reason="Name", by=None, keep_until=LATER)

    assert (said.content, len(said.redactions)) == ("Frau ████████", 1)


def test_forget_kept_leaves_what_is_disputed_and_what_is_not_due():
    due, disputed, later = (services.write(f"Beispiel {number}", language="de") for number in range(3))
    for version, at in ((due, now()), (disputed, now()), (later, LATER)):
        services.redact(Span.of(version, "Beispiel"), role="", reason="Name", by=None, keep_until=at)

    assert services.forget_kept_before(now(), but=[disputed.id]) == 1

    assert [version.original for version in (due, disputed, later)] == ["████████ 0", "Beispiel 1", "Beispiel 2"]
    [gone] = due.redactions
    with pytest.raises(NothingKept):
        services.lift(gone, by=None)


def test_lift_refuses_twice():
    said = services.write("Frau Beispiel", language="de")
    redaction = services.redact(Span.of(said, "Beispiel"), role="", reason="Name", by=None, keep_until=LATER)
    services.lift(redaction, by=None)

    with pytest.raises(NothingKept):
        services.lift(redaction, by=None)


def test_a_lifted_passage_may_be_blackened_again():
    said = services.write("Frau Beispiel", language="de")
    first = services.redact(Span.of(said, "Beispiel"), role="", reason="Name", by=None, keep_until=LATER)
    services.lift(first, by=None)

    services.redact(Span.of(said, "Frau Beispiel"), role="", reason="Name", by=None, keep_until=LATER)

    assert (said.content, said.original) == ("█████████████", "Frau Beispiel")


def test_lift_at_once_brings_every_passage_back(own_app):
    app = own_app()
    with app.app_context():
        version_id = services.write("A B C D", language="de").id
        version = db.session.get_one(TextVersion, version_id)
        ids = [
            services.redact(Span(version, start, start + 1), role="", reason="Name", by=None, keep_until=LATER).id
            for start in (0, 2, 4, 6)
        ]

    def lift(redaction_id):
        return lambda: services.lift(db.session.get_one(Redaction, redaction_id), by=None)

    outcomes = at_once(app, *[lift(each) for each in ids])

    with app.app_context():
        version = db.session.get_one(TextVersion, version_id)
        assert (outcomes, version.content, version.is_intact) == ([None] * 4, "A B C D", True)
