import pytest

from app.capture.errors import AlreadyReviewed
from app.capture.services import lines
from app.moderation.services import moderation
from app.proposals.models import Channel, ProposalState
from tests.factories import AccountFactory
from tests.proposals.factories import ThemeTableFactory


def test_record_table_result_knows_table_event_and_section():
    table = ThemeTableFactory()

    proposal = lines.record_table_result(table, text="Die Kurse sind nur vormittags.", language="de")

    assert (proposal.table, proposal.event, proposal.section) == (table, table.event, table.section)
    assert (proposal.channel, proposal.author_id, proposal.contributor) == (Channel.TABLE, None, None)


def test_undo_table_result_takes_the_last_of_this_table_back():
    table, other = ThemeTableFactory(), ThemeTableFactory()
    first = lines.record_table_result(table, text="Eins", language="de")
    second = lines.record_table_result(table, text="Zwei", language="de")
    foreign = lines.record_table_result(other, text="Drei", language="de")

    assert lines.undo_table_result(table) == second

    assert [each.state for each in (first, second, foreign)] == [
        ProposalState.RECEIVED,
        ProposalState.WITHDRAWN,
        ProposalState.RECEIVED,
    ]
    assert lines.undo_table_result(table) == first
    assert lines.undo_table_result(table) is None


def test_undo_table_result_refuses_what_was_reviewed():
    table = ThemeTableFactory()
    proposal = lines.record_table_result(table, text="Eins", language="de")
    moderation.release([proposal], by=AccountFactory())

    with pytest.raises(AlreadyReviewed):
        lines.undo_table_result(table)
