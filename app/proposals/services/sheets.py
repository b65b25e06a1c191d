"""What stands on a scanned sheet becomes contributions."""

from dataclasses import replace

from app.accounts.models import Account
from app.calls.errors import SheetClosed
from app.calls.models import Sheet, SheetState
from app.calls.services import sheets
from app.db import lock, transactional
from app.proposals.models import Channel
from app.proposals.services import intake
from app.proposals.services.intake import Contact, Origin, Statement, Submission


@transactional
def type_in_sheet(
    sheet: Sheet, statement: Statement, *, contact: Contact, is_last: bool, by: Account | None
) -> Submission:
    """One statement of a sheet, which may hold several; with the last one the sheet is done. Raises SheetClosed."""
    sheet = lock(sheet)
    if sheet.state is not SheetState.OPEN:
        raise SheetClosed
    submission = intake.type_in(
        replace(statement, call=sheet.call),
        Origin(Channel.LETTER, received_on=sheet.received_on, sheet=sheet, recorded_by=by),
        contact=contact,
    )
    if is_last:
        sheets.finish(sheet, by=by)
    return submission
