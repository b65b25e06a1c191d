"""Write and publish the documentation of an event."""

from collections.abc import Mapping
from typing import TypedDict, Unpack

from app.accounts.models import Account
from app.audit import log
from app.db import db, lock, now, transactional
from app.events import documentation
from app.events.errors import (
    ChangeUnexplained,
    EventCancelled,
    EventNotOver,
    OtherNumberUnexplained,
    ReportIncomplete,
)
from app.events.models import Event, EventReport, EventReportChange, TableReport


class ReportFields(TypedDict, total=False):
    """What organisers write about an event that took place. Whatever is left out stays as it is."""

    participants: int | None  # None: as many as were checked in
    participants_reason: str
    who_took_part: str
    moderation: str
    summary: str
    next_steps: str


@transactional
def write_report(
    event: Event,
    *,
    counted: int = 0,
    tables: Mapping[int, str] | None = None,
    note: str = "",
    by: Account | None,
    **fields: Unpack[ReportFields],
) -> EventReport:
    """Save what was written; once it is public, `note` says what changed, and everyone reads that.

    `tables`: results by the table's id. `counted`: persons who were checked in. Raises OtherNumberUnexplained or
    ChangeUnexplained.
    """
    event = lock(event)
    report = documentation.get_report(event.id) or EventReport(event=event)
    changed = {name for name, value in fields.items() if getattr(report, name) != value}
    told = {result.table_id: result.text for result in documentation.table_reports_of(event.id).values()}
    results = {number: text for number, text in (tables or {}).items() if told.get(number, "") != text}
    _check(report, changed, results, note, fields)
    for name in changed:
        setattr(report, name, fields[name])  # type: ignore[literal-required]
    report.counted_participants = counted
    db.session.add(report)
    _write_results(event, results)
    if report.is_published and (changed or results):
        db.session.add(
            EventReportChange(report=report, note=note, changed_by_id=by.id if by else None, changed_at=now())
        )
    db.session.flush()
    log.record("events.write_report", report, by=by, fields=sorted(changed) + (["tables"] if results else []))
    return report


@transactional
def publish_report(event: Event, *, counted: int, by: Account | None) -> EventReport:
    """Everyone reads it from now on. Telling those who came is app.attendance.services.publish_results.

    Raises EventCancelled, EventNotOver, ReportIncomplete, or InvalidTransition when it is public already.
    """
    event = lock(event)
    at = now()
    if event.is_cancelled:
        raise EventCancelled
    if not event.is_over(at):
        raise EventNotOver
    report = documentation.get_report(event.id)
    if report is None or not report.summary:
        raise ReportIncomplete
    report.publish(at)
    event.revise(at, moved=False)  # calendars name the page
    report.counted_participants = counted
    log.record("events.publish_report", report, by=by)
    return report


@transactional
def note_reminder(event: Event) -> bool:
    """That the team is reminded now of results that are missing; False when it was reminded before, or all is there."""
    event = lock(event)
    report = documentation.get_report(event.id) or EventReport(event=event)
    if report.is_published or report.reminded_at is not None:
        return False
    report.reminded_at = now()
    db.session.add(report)
    db.session.flush()
    log.record("events.note_reminder", report)
    return True


def _check(report: EventReport, changed: set[str], results: Mapping[int, str], note: str, fields: ReportFields) -> None:
    number = fields.get("participants", report.participants)
    if number is not None and not fields.get("participants_reason", report.participants_reason):
        raise OtherNumberUnexplained
    if report.is_published and (changed or results) and not note:
        raise ChangeUnexplained


def _write_results(event: Event, results: Mapping[int, str]) -> None:
    written = documentation.table_reports_of(event.id)
    for table in event.tables:
        if table.id not in results:
            continue
        if table.id in written:
            written[table.id].text = results[table.id]
        else:
            db.session.add(TableReport(table=table, text=results[table.id]))
