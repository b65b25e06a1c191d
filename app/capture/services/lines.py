"""The lines of a table: written, corrected, taken back, with points; at once, or when a device has a network again."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask_babel import gettext as _

from app.accounts.models import Account
from app.audit import log
from app.calls.models import Call
from app.calls.queries import call_of_event
from app.capture import queries
from app.capture.entries import Change, Entry, Line, Points, Receipt, Show, Undo
from app.capture.errors import TableClosed
from app.capture.models import EntryKind, EntryResult, StatementPoints, TableEntry, TableLine
from app.db import db, lock, now, transactional
from app.events.models import ThemeTable
from app.proposals.models import Channel, Proposal, ProposalKind, ProposalState
from app.proposals.services import intake
from app.proposals.services.intake import Origin, Statement

MOST_POINTS = 999
LATE = timedelta(days=3)  # what a device claims to be older has a clock that cannot be right
R = EntryResult


@transactional
def record(table: ThemeTable, entries: Sequence[Entry], *, by: Account | None = None) -> list[Receipt]:
    """Take down what a device sends, in its order; each entry once, however often it is sent.

    Holds the table's row, so of two devices each gets numbers of its own. A closed table takes nothing, and says so:
    the device keeps what was typed. The wall may be told to show or hide a line even then.
    """
    table = lock(table)
    closing = queries.standing_closing(table.id)
    ledger = _Ledger(table, now(), by, call_of_event(table.event_id), is_closed=closing is not None)
    ledger.known = queries.entries_by_key(table.id, [entry.key for entry in entries])
    ledger.number = queries.last_number(table.id)
    return [ledger.take(entry) for entry in entries]


@transactional
def record_table_result(
    table: ThemeTable,
    *,
    text: str,
    kind: ProposalKind = ProposalKind.GOAL,
    language: str,
    points: int = 0,
    by: Account | None = None,
) -> Proposal:
    """One statement said at a table, never who said it. Raises TextEmpty or TableClosed."""
    line = Line(new_key(), now(), text, kind, language)
    entries: list[Entry] = [line, Points(new_key(), now(), line.key, to=points)] if points else [line]
    receipts = record(table, entries, by=by)
    if receipts[0].result is R.CLOSED:
        raise TableClosed
    return queries.get_line(table, line.key).proposal


def new_key() -> str:
    """For an entry that is made here, on a page without a script."""
    return str(uuid.uuid4())


@dataclass
class _Ledger:
    """One device's entries, as long as this transaction holds the table's row."""

    table: ThemeTable
    at: datetime
    by: Account | None
    call: Call | None
    is_closed: bool
    known: dict[str, TableEntry] = field(default_factory=dict)
    number: int = 0

    def take(self, entry: Entry) -> Receipt:
        known = self.known.get(entry.key)
        if known is not None:
            return Receipt(entry.key, known.result, is_known=True)
        if self.is_closed and not isinstance(entry, Show):
            return Receipt(entry.key, R.CLOSED, str(TableClosed()))
        if isinstance(entry, Line):
            return self._write_line(entry)
        line = queries.find_line(self.table.id, entry.line)
        if line is None or line.proposal.state is ProposalState.WITHDRAWN:
            return self._keep(entry, line, R.UNKNOWN)
        return self._take_about(entry, line)

    def _take_about(self, entry: Change | Undo | Points | Show, line: TableLine) -> Receipt:
        match entry:
            case Points():
                self._set_points(entry, line)
            case Show():
                line.is_off_wall = not entry.on_wall
            case Change() | Undo() if lock(line.proposal).state is not ProposalState.RECEIVED:
                return self._keep(entry, line, R.REVIEWED)
            case Undo():
                intake.withdraw(line.proposal, role="scribe")
            case Change():
                self._correct(entry, line)
        return self._keep(entry, line, R.RECORDED)

    def _write_line(self, entry: Line) -> Receipt:
        self.number += 1
        line = TableLine(
            table=self.table,
            key=entry.key,
            number=self.number,
            round=min(entry.round, self.table.event.table_rounds),
            spoken_at=self._sane(entry.at),
            proposal=self._receive(entry, self._sane(entry.at)),
        )
        db.session.add(line)
        db.session.flush()
        return self._keep(entry, line, R.RECORDED)

    def _correct(self, entry: Change, line: TableLine) -> None:
        """The wrong statement is taken back, another takes its place; its points come along, as new rows."""
        wrong = line.proposal
        intake.withdraw(wrong, role="scribe")
        line.proposal = self._receive(entry, wrong.received_at)
        db.session.flush()
        for number, points in queries.points_by_round(wrong.id).items():
            self._add_points(line.proposal, number, points)

    def _receive(self, entry: Line | Change, at: datetime) -> Proposal:
        event = self.table.event
        origin = Origin(
            Channel.TABLE,
            received_at=at,
            event=event,
            table=self.table,
            recorded_by=self.by,
            is_example=event.is_example,
        )
        statement = Statement(entry.text, entry.kind, entry.language, section=self.table.section, call=self.call)
        return intake.receive(statement, origin)

    def _set_points(self, entry: Points, line: TableLine) -> None:
        number = min(entry.round, self.table.event.table_rounds)
        before = queries.points_by_round(line.proposal_id).get(number, 0)
        after = before + entry.by if entry.to is None else entry.to
        self._add_points(line.proposal, number, min(max(after, 0), MOST_POINTS))

    def _add_points(self, proposal: Proposal, number: int, points: int) -> None:
        db.session.add(StatementPoints(proposal_id=proposal.id, round=number, points=points, recorded_at=self.at))
        db.session.flush()
        proposal.points = sum(queries.points_by_round(proposal.id).values())

    def _keep(self, entry: Entry, line: TableLine | None, result: EntryResult) -> Receipt:
        row = TableEntry(
            table_id=self.table.id,
            key=entry.key,
            kind=_kind_of(entry),
            line_id=line.id if line else None,
            proposal_id=line.proposal.id if line else None,
            result=result,
            at=self._sane(entry.at),
            received_at=self.at,
            recorded_by_id=self.by.id if self.by else None,
        )
        db.session.add(row)
        db.session.flush()
        self.known[entry.key] = row
        if line and result is R.RECORDED:
            log.record(f"capture.{row.kind}", line, by=self.by)
        return Receipt(entry.key, result, _words(entry, result))

    def _sane(self, at: datetime) -> datetime:
        return at if self.at - LATE <= at <= self.at else self.at


def _kind_of(entry: Entry) -> EntryKind:
    if isinstance(entry, Show):
        return EntryKind.SHOWN if entry.on_wall else EntryKind.HIDDEN
    kinds: dict[type, EntryKind] = {
        Line: EntryKind.LINE,
        Change: EntryKind.CHANGED,
        Undo: EntryKind.UNDONE,
        Points: EntryKind.POINTS,
    }
    return kinds[type(entry)]


def _words(entry: Entry, result: EntryResult) -> str:
    """What the scribe is to know, with the words that would be lost otherwise."""
    if result is R.REVIEWED and isinstance(entry, Change):
        return str(_("Diese Zeile ist schon geprüft und bleibt, wie sie ist. Sie wollten: „%(text)s“", text=entry.text))
    if result is R.REVIEWED:
        return str(_("Diese Zeile ist schon geprüft. Sie lässt sich hier nicht mehr zurücknehmen."))
    if result is R.UNKNOWN and isinstance(entry, Change):
        return str(_("Diese Zeile ist zurückgenommen. Sie wollten: „%(text)s“", text=entry.text))
    if result is R.UNKNOWN:
        return str(_("Diese Zeile ist schon zurückgenommen."))
    return ""
