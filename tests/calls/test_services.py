from datetime import UTC, date, datetime, timedelta

import pytest

from app.audit.models import AuditEntry
from app.calls import queries
from app.calls.errors import CallBegun, CallNotOpen, CallNotPublished, EndPast, EventTaken, OutsideCall
from app.calls.models import CallState
from app.calls.services import calls
from app.calls.services.calls import Words
from app.capture.services import lines
from app.db import db, now
from app.local_time import end_of, start_of
from app.proposals.models import Channel, Proposal
from app.proposals.services import imports, intake
from app.proposals.services.intake import Origin, Statement
from app.spreadsheets import Line
from tests.calls.factories import CallFactory
from tests.concept.factories import SectionFactory
from tests.factories import AccountFactory
from tests.proposals.factories import EventFactory, ThemeTableFactory

WORDS = Words("Wohnen im Landkreis", "Was fehlt beim Wohnen?", "Wir fragen alle.")
JUNE = {"opens_at": start_of(date(2027, 6, 1)), "closes_at": end_of(date(2027, 6, 30))}
REST = {"sections": [], "target": None, "event": None, "phone": "", "return_address": ""}


def open_call(**more):
    return CallFactory(opens_at=now() - timedelta(days=3), closes_at=now() + timedelta(days=3), **more)


def over_call(**more):
    return CallFactory(opens_at=now() - timedelta(days=9), closes_at=now() - timedelta(days=3), **more)


def test_create_call_makes_a_draft_with_a_free_address():
    section = SectionFactory()
    CallFactory(slug="wohnen-im-landkreis")

    call = calls.create_call(WORDS, **{**REST, "sections": [section]}, **JUNE, by=AccountFactory())

    assert (call.slug, call.state(call.opens_at), call.sections) == (
        "wohnen-im-landkreis-2",
        CallState.DRAFT,
        [section],
    )
    assert (call.wording.question, call.wording.introduction) == (WORDS.question, WORDS.introduction)
    assert queries.find_call(call.slug) is None


def test_an_event_has_one_call_at_most():
    event = EventFactory()
    call = calls.create_call(WORDS, **{**REST, "event": event}, **JUNE, by=None)

    with pytest.raises(EventTaken):
        calls.create_call(WORDS, **{**REST, "event": event}, **JUNE, by=None)
    calls.change_call(call, WORDS, **{**REST, "event": event}, **JUNE, by=None)


def test_change_call_leaves_the_days_of_an_open_one():
    call = open_call()
    days = {"opens_at": call.opens_at, "closes_at": call.closes_at}

    calls.change_call(call, Words("Neu", "Und nun?"), **REST, **days, by=None)
    with pytest.raises(CallBegun):
        calls.change_call(call, WORDS, **REST, **JUNE, by=None)

    assert (call.title, call.closes_at) == ("Neu", days["closes_at"])


def test_translate_adds_a_language_and_says_it_better():
    call = CallFactory()

    calls.translate(call, "ar", Words("السكن", "ما الذي ينقص؟"), by=None)
    calls.translate(call, "ar", Words("السكن", "ماذا ينقص؟"), by=None)

    assert (call.languages, call.wording_in("ar").question) == (["de", "ar"], "ماذا ينقص؟")
    assert call.title != "السكن"


def test_publish_and_retract_until_it_opens():
    coming = CallFactory(opens_at=now() + timedelta(days=1), closes_at=now() + timedelta(days=2), is_published=False)

    calls.publish(coming, by=None)
    assert coming.state(now()) is CallState.COMING
    calls.retract(coming, by=None)
    assert coming.state(now()) is CallState.DRAFT
    with pytest.raises(CallBegun):
        calls.retract(open_call(), by=None)


def test_move_end_prolongs_with_a_reason_and_opens_what_was_over():
    call, account = over_call(), AccountFactory()
    before, until = call.closes_at, now() + timedelta(days=5)

    calls.move_end(call, until, reason="Ferien", by=account)

    [change] = call.changes
    assert (change.closed_before, change.closes_at, change.reason, change.is_longer) == (before, until, "Ferien", True)
    assert (call.is_open(now()), change.made_by_id) == (True, account.id)
    assert db.session.scalars(db.select(AuditEntry.action)).all() == ["calls.move_end"]


@pytest.mark.parametrize(
    ("make", "days", "refusal"),
    [
        (open_call, -1, EndPast),
        (lambda: CallFactory(is_published=False), 900, CallNotPublished),
        (
            lambda: CallFactory(opens_at=datetime(2099, 1, 1, tzinfo=UTC), closes_at=datetime(2099, 2, 1, tzinfo=UTC)),
            900,
            CallNotPublished,
        ),
    ],
    ids=["past", "draft", "coming"],
)
def test_move_end_is_refused(make, days, refusal):
    call = make()
    before = call.closes_at

    with pytest.raises(refusal):
        calls.move_end(call, now() + timedelta(days=days), reason="Grund", by=None)
    assert (call.closes_at, call.changes) == (before, [])


def test_end_now_ends_at_once_with_a_reason():
    call = open_call()

    calls.end_now(call, reason="Genug Antworten", by=None)

    assert (call.state(now()), call.changes[0].is_longer) == (CallState.OVER, False)
    with pytest.raises(CallNotOpen):
        calls.end_now(call, reason="Noch einmal", by=None)


def test_submit_answers_an_open_call():
    call = open_call()

    assert intake.submit(Statement("Mehr Wohnungen", call=call)).proposal.call is call


@pytest.mark.parametrize("make", [over_call, lambda: open_call(is_published=False)], ids=["over", "draft"])
def test_submit_is_refused_where_the_call_is_not_open(make):
    with pytest.raises(CallNotOpen):
        intake.submit(Statement("Mehr Wohnungen", call=make()))
    assert db.session.scalars(db.select(Proposal)).all() == []


def test_a_letter_that_came_in_time_is_typed_in_after_the_end():
    call = over_call()
    in_time, too_late = call.last_day, call.last_day + timedelta(days=1)

    typed = intake.type_in(Statement("Ein Brief", call=call), Origin(Channel.LETTER, received_on=in_time))

    assert typed.proposal.call is call
    with pytest.raises(OutsideCall):
        intake.type_in(Statement("Ein Brief", call=call), Origin(Channel.LETTER, received_on=too_late))


def test_what_is_said_at_the_tables_of_its_event_belongs_to_the_call():
    table, other = ThemeTableFactory(), ThemeTableFactory()
    call = over_call(event=table.event)

    found = [lines.record_table_result(each, text="Mehr Bänke", language="de").call for each in (table, other)]

    assert found == [call, None]


def test_a_draft_takes_no_words_from_tables():
    table = ThemeTableFactory()
    open_call(event=table.event, is_published=False)

    assert lines.record_table_result(table, text="Mehr Bänke", language="de").call is None


def test_import_rows_name_a_call_or_get_the_one_of_the_file():
    call, other = CallFactory(), CallFactory(slug="anders")
    rows = [
        Line(2, {"id": "1", "text": "Eins"}),
        Line(3, {"id": "2", "text": "Zwei", "call": "anders"}),
        Line(4, {"id": "3", "text": "Drei", "call": "unbekannt"}),
    ]

    report = imports.import_rows(rows, channel=Channel.WORKSHOP, call=call)

    found = db.session.scalars(db.select(Proposal).order_by(Proposal.id)).all()
    assert [proposal.call for proposal in found] == [call, other]
    assert report.refused == [(4, "Den Aufruf „unbekannt“ gibt es nicht.")]
