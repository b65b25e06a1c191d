"""The lines of a table: what was said there, as its scribe wrote it down."""

from app.accounts.models import Account
from app.calls.queries import call_of_event
from app.capture import queries
from app.capture.errors import AlreadyReviewed
from app.db import lock, transactional
from app.events.models import ThemeTable
from app.proposals.models import Channel, Proposal, ProposalKind, ProposalState
from app.proposals.services import intake
from app.proposals.services.intake import Origin


@transactional
def record_table_result(
    table: ThemeTable,
    *,
    text: str,
    kind: ProposalKind = ProposalKind.GOAL,
    language: str | None = None,
    by: Account | None = None,
) -> Proposal:
    """What was said at a table, as its scribe wrote it down: one statement, never who said it. Raises TextEmpty."""
    origin = Origin(Channel.TABLE, event=table.event, table=table, recorded_by=by)
    call = call_of_event(table.event_id)
    return intake.receive(text=text, kind=kind, section=table.section, language=language, call=call, origin=origin)


@transactional
def undo_table_result(table: ThemeTable) -> Proposal | None:
    """Take back the last statement of a table, as long as nobody reviewed it; raises AlreadyReviewed."""
    lock(table)
    last = queries.last_of_table(table)
    if last is None:
        return None
    last = lock(last)
    if last.state is not ProposalState.RECEIVED:
        raise AlreadyReviewed
    intake.withdraw(last, role="scribe")
    return last
