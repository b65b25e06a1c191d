"""Reading needs: sealing and opening the rows, what an event's guests need in all, and what is not planned yet."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple, cast

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.db import db
from app.encryption import Unreadable, decrypt, encrypt
from app.events.models import Event, EventStatus, TeamMember
from app.registrations.models import OCCUPYING, WITH_NAMES, Need, NeedFields, NeedKind, Registration, Resource

PADDING = 512  # bytes: the length of a row tells little about what stands in it
ORDER = {kind: position for position, kind in enumerate(NeedKind)}


class Demand(NamedTuple):
    """How many persons need one service; `ages` of the children to look after."""

    kind: NeedKind
    language: str
    persons: int
    ages: tuple[int, ...] = ()


class Demands(NamedTuple):
    """What the guests of an event need, counted; and how many rows no key opens."""

    found: Sequence[Demand]
    unreadable: int


class Cover(NamedTuple):
    """One service: how many need it, and for how many it is planned and promised (None: for as many as come)."""

    kind: NeedKind
    language: str
    needed: int
    planned: int | None
    confirmed: int | None

    @property
    def is_gap(self) -> bool:
        return self.confirmed is not None and self.confirmed < self.needed

    @property
    def is_planned(self) -> bool:
        """Whether the gap closes as soon as everybody asked says yes."""
        return self.planned is None or self.planned >= self.needed


class Guest(NamedTuple):
    """Somebody the team has to find or call, with what they need."""

    registration: Registration
    needs: Sequence[NeedFields]


def seal(needs: Sequence[NeedFields]) -> bytes:
    content = json.dumps(needs, ensure_ascii=False).encode()
    return encrypt(content + b" " * (-len(content) % PADDING))


def unseal(ciphertext: bytes) -> list[NeedFields]:
    """Raise Unreadable when no key fits."""
    return [cast("NeedFields", {**need, "kind": NeedKind(need["kind"])}) for need in json.loads(decrypt(ciphertext))]


def needs_of(registration: Registration) -> list[NeedFields]:
    """What this party told us it needs; raises Unreadable when no key fits."""
    need = find_need(registration)
    return [] if need is None else unseal(need.ciphertext)


def find_need(registration: Registration) -> Need | None:
    return db.session.scalars(select(Need).where(Need.registration_id == registration.id)).one_or_none()


def demands_at(event_id: int) -> Demands:
    """Of all who hold a place, confirmed or not yet."""
    opened, unreadable = _open(_occupying(event_id))
    persons: Counter[tuple[NeedKind, str]] = Counter()
    ages: defaultdict[tuple[NeedKind, str], list[int]] = defaultdict(list)
    for guest in opened:
        for need in guest.needs:
            key = (need["kind"], need["language"])
            persons[key] += need["persons"]
            ages[key] += need["ages"]
    found = [Demand(*key, persons[key], tuple(sorted(ages[key]))) for key in _in_order(persons)]
    return Demands(found, unreadable)


def guests_to_find(event_id: int) -> Sequence[Guest]:
    """Whom the team has to find or call, by name; nothing about what a number is enough for."""
    opened, _unreadable = _open(_occupying(event_id))
    found = [Guest(party, [need for need in needs if need["kind"] in WITH_NAMES]) for party, needs in opened]
    return [guest for guest in found if guest.needs]


def count_unreadable() -> int:
    """Rows of all events that no key opens."""
    _opened, unreadable = _open(db.session.scalars(select(Need).options(joinedload(Need.registration))))
    return unreadable


def resources_of(event_id: int) -> Sequence[Resource]:
    found = db.session.scalars(select(Resource).where(Resource.event_id == event_id)).all()
    return sorted(found, key=lambda resource: (ORDER[resource.kind], resource.language, resource.id))


def get_resource(resource_id: int) -> Resource | None:
    return db.session.get(Resource, resource_id)


def covers_at(event_id: int, demands: Demands) -> Sequence[Cover]:
    """Each service that somebody needs or that is planned."""
    by_service: defaultdict[tuple[NeedKind, str], list[Resource]] = defaultdict(list)
    for resource in resources_of(event_id):
        by_service[resource.kind, resource.language].append(resource)
    needed = {(demand.kind, demand.language): demand.persons for demand in demands.found}
    return [
        Cover(
            *key,
            needed=needed.get(key, 0),
            planned=_served(by_service[key]),
            confirmed=_served(resource for resource in by_service[key] if resource.is_confirmed),
        )
        for key in _in_order({*needed, *by_service})
    ]


def gaps_of(account: Account, at: datetime) -> Sequence[tuple[Event, Sequence[Cover]]]:
    """What is missing at the coming events in whose team the account is, the next event first."""
    own = select(TeamMember.event_id).where(TeamMember.account_id == account.id)
    coming = select(Event).where(Event.id.in_(own), Event.ends_at > at, Event.status != EventStatus.CANCELLED)
    events = db.session.scalars(coming.order_by(Event.starts_at, Event.id)).all()
    found = [
        (event, [cover for cover in covers_at(event.id, demands_at(event.id)) if cover.is_gap]) for event in events
    ]
    return [(event, gaps) for event, gaps in found if gaps]


def _occupying(event_id: int) -> Sequence[Need]:
    statement = (
        select(Need)
        .join(Registration)
        .where(Need.event_id == event_id, Registration.status.in_(OCCUPYING))
        .options(joinedload(Need.registration))
        .order_by(Registration.name, Registration.id)
    )
    return db.session.scalars(statement).all()


def _open(rows: Iterable[Need]) -> tuple[list[Guest], int]:
    opened, unreadable = [], 0
    for row in rows:
        try:
            opened.append(Guest(row.registration, unseal(row.ciphertext)))
        except Unreadable:
            unreadable += 1
    return opened, unreadable


def _in_order(keys: Iterable[tuple[NeedKind, str]]) -> list[tuple[NeedKind, str]]:
    return sorted(keys, key=lambda key: (ORDER[key[0]], key[1]))


def _served(resources: Iterable[Resource]) -> int | None:
    """For how many persons; None when one of them is for as many as come."""
    numbers = [resource.persons for resource in resources]
    return None if None in numbers else sum(number or 0 for number in numbers)
