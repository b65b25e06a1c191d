from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.capture import queries
from app.capture.entries import Change, Points, Show, Undo
from app.capture.errors import ReopeningUnexplained, TableClosed
from app.capture.models import EntryResult, StatementPoints, TableEntry, TableLine
from app.capture.services import closing, lines
from app.db import db, now
from app.errors import InvalidTransition
from app.events.models import ThemeTable
from app.moderation.services import moderation
from app.proposals import exports
from app.proposals.entries import source_of
from app.proposals.models import Channel, Proposal, ProposalKind, ProposalState
from tests.capture.factories import TableLineFactory, said
from tests.factories import AccountFactory
from tests.proposals.factories import EventFactory, ThemeTableFactory
from tests.threads import at_once

R = EntryResult


def key():
    return str(uuid4())


def words(table):
    return [line.proposal.text.current.content for line in reversed(queries.lines_of(table))]


def change(line, text):
    return Change(key(), now(), line.key, text, ProposalKind.IDEA, "en")


def test_record_knows_table_event_section_and_when_it_was_said():
    table, at = ThemeTableFactory(), now() - timedelta(minutes=20)

    lines.record(table, [said("Die Kurse sind nur vormittags.", at=at)])

    [line] = queries.lines_of(table)
    proposal = line.proposal
    assert (proposal.table, proposal.event, proposal.section) == (table, table.event, table.section)
    assert (proposal.channel, proposal.author_id, proposal.contributor) == (Channel.TABLE, None, None)
    assert (line.number, line.spoken_at, proposal.received_at) == (1, at, at)


@pytest.mark.parametrize("off", [timedelta(days=4), timedelta(days=4000), timedelta(hours=-3)])
def test_record_believes_no_clock_that_cannot_be_right(off):
    table, before = ThemeTableFactory(), now()

    lines.record(table, [said("Eins", at=before - off)])

    [line] = queries.lines_of(table)
    assert before <= line.spoken_at <= now()


def test_record_keeps_the_order_and_counts_each_key_once():
    table = ThemeTableFactory()
    batch = [said(f"Satz {number}") for number in range(5)]
    lines.record(table, batch[:3])

    receipts = lines.record(table, batch)

    assert [receipt.is_known for receipt in receipts] == [True, True, True, False, False]
    assert words(table) == [f"Satz {number}" for number in range(5)]
    assert [line.number for line in queries.lines_of(table)] == [5, 4, 3, 2, 1]


def test_record_lets_two_tables_use_the_same_key():
    first, second = ThemeTableFactory(), ThemeTableFactory()
    same = said("Satz")

    for table in (first, second):
        lines.record(table, [same])

    assert (words(first), words(second)) == (["Satz"], ["Satz"])


def test_record_never_names_a_round_the_event_does_not_have():
    table = ThemeTableFactory(event=EventFactory(table_rounds=2))

    lines.record(table, [said("Eins", number=2), said("Zwei", number=9)])

    assert [line.round for line in queries.lines_of(table)] == [2, 2]


def test_undo_takes_any_line_back_with_a_trace():
    table = ThemeTableFactory()
    lines.record(table, [said("Eins"), said("Zwei"), said("Drei")])
    middle = queries.lines_of(table)[1]

    lines.record(table, [Undo(key(), now(), middle.key)])

    assert words(table) == ["Eins", "Drei"]
    [release] = middle.proposal.releases
    assert (middle.proposal.state, release.role) == (ProposalState.WITHDRAWN, "scribe")
    lines.record(table, [said("Vier")])
    assert [line.number for line in queries.lines_of(table)] == [4, 3, 1]  # the number is not given again


def test_undo_of_a_line_of_another_table_changes_nothing():
    table, foreign = ThemeTableFactory(), TableLineFactory()

    [receipt] = lines.record(table, [Undo(key(), now(), foreign.key)])

    assert receipt.result is R.UNKNOWN
    assert foreign.proposal.state is ProposalState.RECEIVED


def test_change_takes_the_wrong_statement_back_and_keeps_number_round_and_points():
    table = ThemeTableFactory()
    lines.record(table, [said("Kurse am Moorgen")])
    [line] = queries.lines_of(table)
    wrong = line.proposal
    lines.record(table, [Points(key(), now(), line.key, to=4)])

    lines.record(table, [change(line, "Courses in the morning")])

    [line] = queries.lines_of(table)
    assert (line.number, line.proposal.text.current.content) == (1, "Courses in the morning")
    assert (line.proposal.kind, line.proposal.text.current.language) == (ProposalKind.IDEA, "en")
    assert (wrong.state, wrong.text.current.content) == (ProposalState.WITHDRAWN, "Kurse am Moorgen")
    assert line.proposal.received_at == wrong.received_at
    assert queries.points_of([line.proposal_id, wrong.id]) == {line.proposal_id: 4, wrong.id: 4}
    kinds = db.session.scalars(select(TableEntry.kind).where(TableEntry.line_id == line.id).order_by(TableEntry.id))
    assert list(kinds) == ["line", "points", "changed"]


def test_change_and_undo_refuse_what_was_reviewed_and_give_the_words_back():
    line = TableLineFactory()
    moderation.release([line.proposal], by=AccountFactory())

    changed, undone = lines.record(line.table, [change(line, "Anders"), Undo(key(), now(), line.key)])

    assert (changed.result, undone.result) == (R.REVIEWED, R.REVIEWED)
    assert "„Anders“" in changed.words
    assert line.proposal.is_released


def test_points_are_set_or_counted_and_every_step_stays():
    line = TableLineFactory(table=ThemeTableFactory(event=EventFactory(table_rounds=2)))
    table = line.table
    more = Points(key(), now(), line.key, by=2)

    lines.record(table, [Points(key(), now(), line.key, to=3), more, more, Points(key(), now(), line.key, by=-9)])
    lines.record(table, [Points(key(), now(), line.key, 2, to=7), Points(key(), now(), line.key, by=1)])

    assert queries.points_by_round(line.proposal_id) == {1: 1, 2: 7}
    assert queries.points_of([line.proposal_id, 0]) == {line.proposal_id: 8, 0: 0}
    assert line.proposal.points == 8
    assert "8 Punkte am Tisch" in source_of(line.proposal)
    [row] = exports.rows()
    assert dict(zip(exports.HEADS, row, strict=True))["points"] == "8"
    steps = select(StatementPoints.points).where(StatementPoints.proposal_id == line.proposal_id)
    assert db.session.scalars(steps.order_by(StatementPoints.id)).all() == [3, 5, 0, 7, 1]


def test_most_points_is_a_hint_from_places_and_points():
    table = ThemeTableFactory(capacity=8, event=EventFactory(table_rounds=2))

    assert queries.most_points(table, 3) == {1: 24, 2: 24}
    assert queries.most_points(table, 0) == {}
    assert queries.most_points(ThemeTableFactory(), 3) == {}


def test_close_refuses_lines_with_a_sentence_and_takes_them_when_reopened():
    table, late = ThemeTableFactory(), said("Zu spät")
    lines.record(table, [said("Eins")])
    closing.close(table)

    [receipt] = lines.record(table, [late])
    assert (receipt.result, receipt.words) == (R.CLOSED, str(TableClosed()))
    assert words(table) == ["Eins"]
    with pytest.raises(TableClosed):
        closing.close(table)

    by = AccountFactory()
    with pytest.raises(ReopeningUnexplained):
        closing.reopen(table, reason=" ", by=by)
    closing.reopen(table, reason="Eine Seite lag noch da", by=by)
    lines.record(table, [late])
    closing.close(table)

    assert words(table) == ["Eins", "Zu spät"]
    first, second = queries.closings_of(table.id)
    assert (first.reopen_reason, first.reopened_by_id) == ("Eine Seite lag noch da", by.id)
    assert second.reopened_at is None


def test_reopen_refuses_an_open_table():
    with pytest.raises(InvalidTransition):
        closing.reopen(ThemeTableFactory(), reason="Weil", by=None)


def test_open_tables_are_those_that_wrote_and_are_not_closed():
    closed, writing, empty = TableLineFactory(), TableLineFactory(), ThemeTableFactory()
    closing.close(closed.table)
    closing.close(empty)

    assert queries.open_tables() == {writing.table_id}


def test_the_wall_may_hide_a_line_of_a_closed_table():
    line = TableLineFactory()
    closing.close(line.table)

    [receipt] = lines.record(line.table, [Show(key(), now(), line.key, on_wall=False)], by=AccountFactory())

    assert (receipt.result, line.is_off_wall) == (R.RECORDED, True)


def test_record_table_result_writes_one_line_with_its_points():
    table = ThemeTableFactory()

    proposal = lines.record_table_result(table, text="Eins", language="de", points=5)

    assert queries.points_of([proposal.id]) == {proposal.id: 5}
    closing.close(table)
    with pytest.raises(TableClosed):
        lines.record_table_result(table, text="Zwei", language="de")


def test_four_scribes_who_send_again_write_a_hundred_lines_once_each(own_app):
    app = own_app()
    with app.app_context():
        table_id = ThemeTableFactory().id
    batches = [[said(f"Schreiber {scribe}, Satz {number}") for number in range(25)] for scribe in range(4)]

    def writing(batch):
        def write():
            for start in (0, 10, 5, 0, 20, 0):  # parts are sent again, as after a lost answer
                lines.record(db.session.get_one(ThemeTable, table_id), batch[start : start + 10])
            return [receipt.is_known for receipt in lines.record(db.session.get_one(ThemeTable, table_id), batch)]

        return write

    answers = at_once(app, *[writing(batch) for batch in batches])

    assert answers == [[True] * 25] * 4
    with app.app_context():
        rows = db.session.scalars(select(TableLine).where(TableLine.table_id == table_id).order_by(TableLine.id)).all()
        texts = [row.proposal.text.current.content for row in rows]
        assert [row.number for row in rows] == list(range(1, 101))
        for scribe in range(4):
            mine = [text for text in texts if text.startswith(f"Schreiber {scribe}")]
            assert mine == [f"Schreiber {scribe}, Satz {number}" for number in range(25)]
        assert db.session.scalar(select(func.count(Proposal.id)).where(Proposal.table_id == table_id)) == 100


def test_every_recorded_entry_is_in_the_history():
    line = TableLineFactory()

    lines.record(line.table, [Points(key(), now(), line.key, to=1), Undo(key(), now(), "unbekannt")])

    actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.action.startswith("capture."))).all()
    assert actions == ["capture.points"]
