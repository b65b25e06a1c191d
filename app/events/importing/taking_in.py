"""What is new, what is known already; and taking in what is new."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from app import links
from app.accounts.models import Account
from app.audit import log
from app.db import db, transactional
from app.events import queries, services
from app.events.importing.rows import LONGEST_WORDS, NO_TEXT, ImportRow, same_moment
from app.events.models import Event, EventImport

OWN_UID = re.compile(r"event-(\d{1,9})@(.+)", re.ASCII)


class Outcome(NamedTuple):
    """One of: created as `event_id`, known already as `known_id`, refused; in a preview also nothing yet."""

    row: ImportRow
    event_id: int | None
    refusal: str
    known_id: int | None = None
    is_elsewhen: bool = False  # known with another time: calendars move events, people decide

    @property
    def is_new(self) -> bool:
        return not self.refusal and self.known_id is None


class TakenIn(NamedTuple):
    report: EventImport
    outcomes: list[Outcome]


def judge(rows: Sequence[ImportRow]) -> list[Outcome]:
    """What taking them in would do, row by row. An event is known by its UID, else by title and start. Two queries."""
    by_uid = queries.events_by_uid({row.uid for row in rows if row.uid}, _own_ids(rows))
    by_title = queries.events_by_title({row.title for row in rows if row.fields})
    seen: dict[object, int] = {}
    return [_judged(row, _known(row, by_uid, by_title), seen) for row in rows]


@transactional
def import_rows(
    rows: Sequence[ImportRow], *, publish: bool = False, file_name: str = "", by: Account | None = None
) -> TakenIn:
    """All new rows in one commit; those that are known or refused do not stop them. The report is kept."""
    outcomes = [_take_in(outcome, publish=publish, by=by) if outcome.is_new else outcome for outcome in judge(rows)]
    report = EventImport(
        file_name=file_name, made_by_id=by.id if by else None, rows=[_noted(outcome) for outcome in outcomes]
    )
    db.session.add(report)
    log.record("events.import", report, by=by)
    return TakenIn(report, outcomes)


def _take_in(outcome: Outcome, *, publish: bool, by: Account | None) -> Outcome:
    row = outcome.row
    assert row.fields is not None  # a new row has fields
    event = services.create_event(capacity=row.capacity, by=by, **row.fields)
    event.import_uid = row.uid or None
    if publish:
        services.publish(event, by=by)
    return outcome._replace(event_id=event.id)


def _judged(row: ImportRow, known: Event | None, seen: dict[object, int]) -> Outcome:
    if row.fields is None:
        return Outcome(row, None, row.refusal)
    if known is not None:
        is_elsewhen = not same_moment(known.starts_at, row.fields["starts_at"])
        return Outcome(row, None, "", known.id, is_elsewhen)
    keys: list[object] = [(row.title, row.fields["starts_at"].astimezone(UTC)), *([row.uid] if row.uid else [])]
    earlier = next((seen[key] for key in keys if key in seen), None)
    if earlier is not None:
        return Outcome(row, None, f"steht schon in Zeile {earlier}")
    seen.update(dict.fromkeys(keys, row.number))
    return Outcome(row, None, "")


def _known(row: ImportRow, by_uid: Mapping[str, Event], by_title: Mapping[tuple[str, datetime], Event]) -> Event | None:
    if row.fields is None:
        return None
    return by_uid.get(row.uid) or by_title.get((row.title, row.fields["starts_at"].astimezone(UTC)))


def _own_ids(rows: Sequence[ImportRow]) -> dict[int, str]:
    """Events that come from our own calendars: their numbers, with the UID."""
    host = urlsplit(links.absolute_url("events.index")).hostname
    matches = (OWN_UID.fullmatch(row.uid) for row in rows)
    return {int(match[1]): match[0] for match in matches if match and match[2] == host}


def _noted(outcome: Outcome) -> dict[str, object]:
    row = outcome.row
    return {
        "number": row.number,
        "title": NO_TEXT.sub("", row.title)[:LONGEST_WORDS],
        "event_id": outcome.event_id or outcome.known_id,
        "is_new": outcome.is_new,
        "is_elsewhen": outcome.is_elsewhen,
        "refusal": outcome.refusal,
    }
