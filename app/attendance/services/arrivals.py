"""Record who has arrived: at once, or hours later when a phone has a network again."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.attendance.entries import Entry, Guest, Receipt, Scan
from app.attendance.errors import NotAdmitted
from app.attendance.models import ArrivalEntry, DoorDevice, EntryKind, EntryResult
from app.attendance.queries import standing_arrivals
from app.attendance.queries.doors import label_of
from app.attendance.services.tickets import admit, has_ticket
from app.db import db, lock, now, transactional
from app.events.models import Event
from app.registrations.errors import NoRoomForGuests
from app.registrations.models import MOST_PERSONS, Attendee, Registration
from app.registrations.services.guests import admit_guest
from app.web.filters import clock

R = EntryResult


@transactional
def record(device: DoorDevice, entries: Sequence[Entry | Scan | Guest]) -> list[Receipt]:
    """Take down what a device sends, in its order; each entry once, however often it is sent.

    Holds the event's row, so of two devices that check in the same person one is first and the other hears it.
    """
    event = lock(device.event)
    ledger = _Ledger(device, event, now(), standing_arrivals(event.id, device.table_id))
    ledger.known = _known(entries)
    return [ledger.take(entry) for entry in entries]


def new_uuid() -> str:
    """For an entry that is made here, on a page without a script."""
    return str(uuid.uuid4())


def part_of(entry_uuid: str, number: int) -> str:
    """The uuid of the entry of one person among several that were let in by one: always the same."""
    return str(uuid.uuid5(uuid.UUID(entry_uuid), str(number))) if number else entry_uuid


@dataclass
class _Ledger:
    """One device's entries, as long as this transaction holds the event's row."""

    device: DoorDevice
    event: Event
    at: datetime
    arrivals: dict[int, ArrivalEntry]
    known: dict[str, ArrivalEntry] = field(default_factory=dict)

    def take(self, entry: Entry | Scan | Guest) -> Receipt:
        if entry.uuid in self.known:
            return self._told_before(self.known[entry.uuid])
        if isinstance(entry, Guest):
            return self._take_guest(entry)
        if isinstance(entry, Scan):
            return self._take_scan(entry)
        return self._take_entry(entry)

    def _take_entry(self, entry: Entry) -> Receipt:
        attendee = _find(entry.attendee_id, self.event)
        if attendee is None:
            return self._write(entry, None, R.UNKNOWN)
        take = self._take_back if entry.kind is EntryKind.UNDONE else self._take_arrival
        return take(entry, attendee)

    def _take_arrival(self, entry: Entry, attendee: Attendee) -> Receipt:
        if not has_ticket(attendee.registration):
            return self._write(entry, attendee, R.CANCELLED)
        if attendee.id in self.arrivals:
            return self._write(entry, attendee, R.ALREADY)
        return self._write(entry, attendee, R.RECORDED)

    def _take_back(self, entry: Entry, attendee: Attendee) -> Receipt:
        """Only the arrival that it names: another device may have recorded one since."""
        standing = self.arrivals.get(attendee.id)
        if entry.undoes not in self.known:
            return self._write(entry, attendee, R.UNKNOWN)
        if standing is None or standing.uuid != entry.undoes:
            return self._write(entry, attendee, R.ALREADY)
        return self._write(entry, attendee, R.RECORDED, undoes=standing)

    def _take_scan(self, scan: Scan) -> Receipt:
        try:
            attendees = admit(scan.code, self.event, min(scan.at, self.at)).attendees
        except NotAdmitted as error:
            return replace(self._write(_same(scan, 0), None, R.CANCELLED), words=str(error))
        return self._all_of(scan, attendees, self._take_arrival)

    def _take_guest(self, guest: Guest) -> Receipt:
        try:
            registration = admit_guest(
                self.event, name=guest.name, persons=guest.persons, beyond_limit=self.device.may_exceed
            )
        except NoRoomForGuests as error:
            words = _("%(name)s ist nicht eingetragen. %(reason)s", name=guest.name, reason=str(error))
            return replace(self._write(_same(guest, 0), None, R.FULL), words=words)
        return self._all_of(guest, registration.attendees, self._take_arrival)

    def _all_of(
        self, entry: Scan | Guest, attendees: Sequence[Attendee], take: Callable[[Entry, Attendee], Receipt]
    ) -> Receipt:
        """One entry each; whoever sent it hears of one that did not count."""
        receipts = [take(_same(entry, number, each.id), each) for number, each in enumerate(attendees)]
        return replace(next((each for each in receipts if each.words), receipts[0]), uuid=entry.uuid)

    def _write(
        self, entry: Entry, attendee: Attendee | None, result: EntryResult, undoes: ArrivalEntry | None = None
    ) -> Receipt:
        if entry.uuid in self.known:
            return self._told_before(self.known[entry.uuid])
        row = ArrivalEntry(
            uuid=entry.uuid,
            device=self.device,
            event_id=self.event.id,
            table_id=self.device.table_id,
            attendee=attendee,
            kind=entry.kind,
            undoes_id=undoes.id if undoes else None,
            at=min(entry.at, self.at),
            received_at=self.at,
            result=result,
        )
        words = self._words(row)
        db.session.add(row)
        db.session.flush()
        self.known[row.uuid] = row
        if attendee is not None and result is R.RECORDED:
            self._stand(attendee, row)
        return Receipt(entry.uuid, result, words)

    def _stand(self, attendee: Attendee, row: ArrivalEntry) -> None:
        if row.kind is EntryKind.ARRIVED:
            self.arrivals[attendee.id] = row
        else:
            del self.arrivals[attendee.id]

    def _told_before(self, row: ArrivalEntry) -> Receipt:
        is_ours = row.event_id == self.event.id
        words = self._words(row) if is_ours and row.result is not R.RECORDED else ""
        return Receipt(row.uuid, row.result, words, is_known=True)

    def _words(self, row: ArrivalEntry) -> str:
        """What whoever stands at the door is to know, if anything."""
        if row.result is R.CANCELLED and row.attendee is not None and self._has_seen(row.attendee):
            return str(_("%(name)s ist inzwischen abgemeldet.", name=_name(row.attendee)))
        if row.result in {R.UNKNOWN, R.CANCELLED}:
            return str(_("Eine Ankunft betraf niemanden, der noch angemeldet ist."))
        if row.result is R.FULL:
            return str(_("Ein Gast ist nicht eingetragen: Es war kein Platz mehr frei."))
        if row.result is R.ALREADY and row.kind is EntryKind.ARRIVED and row.attendee is not None:
            return self._who_was_first(row.attendee)
        return ""

    def _has_seen(self, attendee: Attendee) -> bool:
        """Whether the name stood in this device's list before the party left; of others it learns nothing."""
        ended_at = attendee.registration.ended_at
        return ended_at is not None and ended_at >= self.device.created_at

    def _who_was_first(self, attendee: Attendee) -> str:
        """Empty when this device was first itself: somebody pressed twice."""
        first = self.arrivals.get(attendee.id)
        if first is None or first.device_id == self.device.id:
            return ""
        since, device = clock(first.at), first.device.name
        return str(
            _("%(name)s war schon da: %(time)s Uhr, %(device)s.", name=_name(attendee), time=since, device=device)
        )


def _known(entries: Sequence[Entry | Scan | Guest]) -> dict[str, ArrivalEntry]:
    """Rows of these entries, and those they take back."""
    uuids = {entry.uuid for entry in entries}
    uuids |= {entry.undoes for entry in entries if isinstance(entry, Entry) and entry.undoes}
    parties = [entry for entry in entries if not isinstance(entry, Entry)]
    uuids |= {part_of(entry.uuid, number) for entry in parties for number in range(MOST_PERSONS)}
    rows = db.session.scalars(select(ArrivalEntry).where(ArrivalEntry.uuid.in_(uuids)))
    return {row.uuid: row for row in rows}


def _find(attendee_id: int, event: Event) -> Attendee | None:
    statement = (
        select(Attendee)
        .join(Registration)
        .where(Attendee.id == attendee_id, Registration.event_id == event.id)
        .options(joinedload(Attendee.registration).selectinload(Registration.attendees))
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(statement).one_or_none()


def _same(entry: Scan | Guest, number: int, attendee_id: int = 0) -> Entry:
    return Entry(part_of(entry.uuid, number), entry.at, attendee_id)


def _name(attendee: Attendee) -> str:
    registration = attendee.registration
    return label_of(registration, registration.attendees.index(attendee))
