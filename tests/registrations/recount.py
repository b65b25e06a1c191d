"""Everything about the places of an event once more, from the bare rows and without the product's queries."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations

from sqlalchemy import select

from app.db import db
from app.events.models import AttendanceMode, Event, ProgrammeItem, ThemeTable
from app.registrations.models import (
    Attendee,
    Booking,
    InvitationCode,
    Question,
    QuestionOption,
    Registration,
    Thing,
    ThingKind,
)

OCCUPYING = {"held", "confirmed", "offered"}
STATES = {"confirmed": "confirmed", "held": "held", "offered": "held", "waiting": "waiting", "requested": "requested"}


@dataclass
class Row:
    capacity: int | None = None
    confirmed: int = 0
    held: int = 0
    waiting: int = 0
    requested: int = 0
    beyond: int = 0
    line: list = field(default_factory=list)  # (queued_at, id, persons)
    holding: dict = field(default_factory=dict)  # id to persons

    @property
    def taken(self):
        return self.confirmed + self.held

    @property
    def free(self):
        return float("inf") if self.capacity is None else self.capacity - self.taken

    @property
    def counts(self):
        return self.confirmed, self.held, self.waiting, self.requested, self.beyond


def rows_of(model, *conditions):
    table = model.__table__
    return db.session.execute(select(table).where(*conditions).order_by(table.c.id)).mappings().all()


class Recount:
    def __init__(self, event_id):
        [self.event] = rows_of(Event, Event.id == event_id)
        self.registrations = {row["id"]: row for row in rows_of(Registration, Registration.event_id == event_id)}
        self.persons = dict.fromkeys(self.registrations, 0)
        for attendee in rows_of(Attendee):
            if attendee["registration_id"] in self.persons:
                self.persons[attendee["registration_id"]] += 1
        self.bookings = [row for row in rows_of(Booking) if row["registration_id"] in self.registrations]
        self.once = set()
        self.things = dict(self._capacities())
        for registration in self.registrations.values():
            self._count_party(registration)
        for booking in self.bookings:
            self._count_booking(booking)
        for row in self.things.values():
            row.line.sort()

    def _capacities(self):
        event_id = self.event["id"]
        yield Thing(ThingKind.EVENT, event_id), Row(self.event["capacity"])
        if self.event["attendance_mode"] == AttendanceMode.HYBRID:
            yield Thing(ThingKind.ONLINE, event_id), Row(self.event["online_capacity"])
        for model, kind in ((ThemeTable, ThingKind.TABLE), (ProgrammeItem, ThingKind.ITEM)):
            for row in rows_of(model, model.event_id == event_id):
                yield Thing(kind, row["id"]), Row(row["capacity"])
        for question in rows_of(Question, Question.event_id == event_id):
            for row in rows_of(QuestionOption, QuestionOption.question_id == question["id"]):
                thing = Thing(ThingKind.OPTION, row["id"])
                if not question["counts_persons"]:
                    self.once.add(thing)
                yield thing, Row(row["capacity"])

    def thing_of_party(self, registration):
        is_apart = registration["is_online"] and self.event["attendance_mode"] == AttendanceMode.HYBRID
        return Thing(ThingKind.ONLINE if is_apart else ThingKind.EVENT, self.event["id"])

    def thing_of_booking(self, booking):
        [kind] = [kind for kind in ("table", "item", "option") if booking[f"{kind}_id"] is not None]
        return Thing(ThingKind(kind), booking[f"{kind}_id"])

    def _count_party(self, registration):
        row, persons = self.things[self.thing_of_party(registration)], self.persons[registration["id"]]
        state = STATES.get(registration["status"])
        if state is None:
            return
        setattr(row, state, getattr(row, state) + persons)
        if registration["status"] in OCCUPYING:
            row.holding[registration["id"]] = persons
            row.beyond += persons * registration["is_beyond_limit"]
        if registration["status"] == "waiting" and registration["confirmed_at"] is not None:
            row.line.append((registration["queued_at"], registration["id"], persons))

    def _count_booking(self, booking):
        registration, thing = self.registrations[booking["registration_id"]], self.thing_of_booking(booking)
        if registration["status"] not in OCCUPYING:
            return
        persons = 1 if thing in self.once else self.persons[registration["id"]]
        row = self.things[thing]
        state = STATES[registration["status"]] if booking["status"] == "booked" else "waiting"
        setattr(row, state, getattr(row, state) + persons)
        if booking["status"] == "booked":
            row.holding[booking["id"]] = persons
            row.beyond += persons * booking["is_beyond_limit"]
        if booking["status"] == "waiting" and registration["status"] == "confirmed":
            row.line.append((booking["queued_at"], booking["id"], persons))

    def broken_rules(self, at):
        return [
            *self._too_full(),
            *self._without_reason(),
            *self._not_given(at),
            *self._at_two_places(),
            *self._codes(),
        ]

    def _too_full(self):
        for thing, row in self.things.items():
            if row.capacity is not None and row.taken - row.beyond > row.capacity:
                yield f"{thing} holds {row.taken} of {row.capacity}, {row.beyond} beyond the limit"

    def _without_reason(self):
        for row in self.registrations.values():
            if row["status"] in {"confirmed", "offered"} and row["confirmed_at"] is None:
                yield f"{row['id']} is {row['status']} and nobody confirmed it"
            if row["is_beyond_limit"] and row["status"] not in OCCUPYING:
                yield f"{row['id']} is beyond the limit without a place"
            if not self.persons[row["id"]]:
                yield f"{row['id']} is nobody"
        for booking in self.bookings:
            status = self.registrations[booking["registration_id"]]["status"]
            if booking["status"] == "booked" and status not in OCCUPYING:
                yield f"booking {booking['id']} counts for somebody {status}"

    def _not_given(self, at):
        """What is free goes to whoever fits, in time."""
        event = db.session.get_one(Event, self.event["id"])
        for thing, row in self.things.items():
            is_event = thing.kind in {ThingKind.EVENT, ThingKind.ONLINE}
            if event.gives_by_itself(at) and (event.accepts_registrations(at) or not is_event):
                for _queued_at, claim, persons in row.line:
                    if persons <= row.free:
                        yield f"{thing} has {row.free} free and {claim} with {persons} still waits"

    def _at_two_places(self):
        items = {row["id"]: row for row in rows_of(ProgrammeItem, ProgrammeItem.event_id == self.event["id"])}
        chosen = defaultdict(list)
        tables = defaultdict(int)
        for booking in self.bookings:
            tables[booking["registration_id"]] += booking["table_id"] is not None
            if booking["item_id"] is not None:
                chosen[booking["registration_id"]].append(items[booking["item_id"]])
        for registration_id, those in chosen.items():
            for one, other in combinations(those, 2):
                if one["starts_at"] < other["ends_at"] and other["starts_at"] < one["ends_at"]:
                    yield f"{registration_id} is at {one['id']} and {other['id']} at the same time"
        yield from (
            f"{registration_id} sits at {count} tables" for registration_id, count in tables.items() if count > 1
        )

    def _codes(self):
        for code in rows_of(InvitationCode, InvitationCode.event_id == self.event["id"]):
            came = sum(
                self.persons[row["id"]]
                for row in self.registrations.values()
                if row["invitation_code_id"] == code["id"] and row["status"] in STATES
            )
            if code["persons"] is not None and came > code["persons"]:
                yield f"{came} came by code {code['id']} for {code['persons']}"
