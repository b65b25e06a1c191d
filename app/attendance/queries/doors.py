"""What a device at the door shows: names, and who is there. Nothing else."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.attendance.models import ArrivalEntry, DoorDevice
from app.attendance.queries.arrivals import standing_arrivals
from app.attendance.queries.seats import attendees_at
from app.db import db
from app.registrations.models import Registration, RegistrationStatus

UMLAUT = re.compile("([aou])e")


@dataclass(frozen=True)
class DoorPerson:
    """`entry`: the uuid of the arrival that stands."""

    id: int
    name: str
    arrived_at: datetime | None = None
    device: str = ""
    entry: str = ""


@dataclass(frozen=True)
class DoorParty:
    """Who registered together."""

    id: int
    generation: int
    people: Sequence[DoorPerson]

    @property
    def missing(self) -> list[DoorPerson]:
        return [person for person in self.people if person.arrived_at is None]

    def answers_to(self, words: str) -> bool:
        """Whether a name in it holds each of the words, however they are accented."""
        names = [plain(person.name) for person in self.people]
        return any(all(word in name for word in plain(words).split()) for name in names)


def get_device(device_id: int) -> DoorDevice | None:
    """With its event and table."""
    return db.session.get(DoorDevice, device_id, options=[joinedload(DoorDevice.event), joinedload(DoorDevice.table)])


def devices_of(event_id: int) -> Sequence[DoorDevice]:
    """Those in use, by name."""
    statement = (
        select(DoorDevice)
        .where(DoorDevice.event_id == event_id, DoorDevice.revoked_at.is_(None))
        .options(joinedload(DoorDevice.event), joinedload(DoorDevice.table))
        .order_by(DoorDevice.name, DoorDevice.id)
    )
    return db.session.scalars(statement).all()


def parties_at(event_id: int, table_id: int | None, only: Collection[int] | None = None) -> list[DoorParty]:
    """Who has a place on site, by name; `only`: those of these attendees (who sits at one table)."""
    arrivals = standing_arrivals(event_id, table_id)
    statement = (
        select(Registration)
        .where(
            Registration.event_id == event_id,
            Registration.status == RegistrationStatus.CONFIRMED,
            Registration.is_online.is_(False),
        )
        .options(selectinload(Registration.attendees))
    )
    parties = [_party(each, arrivals, only) for each in db.session.scalars(statement)]
    return sorted(
        (party for party in parties if party.people), key=lambda party: (plain(party.people[0].name), party.id)
    )


def parties_for(device: DoorDevice) -> list[DoorParty]:
    """Everyone on site; for a device at one table, those who sit there."""
    only = attendees_at(device.event_id, device.table_id) if device.table_id is not None else None
    return parties_at(device.event_id, device.table_id, only)


def gone_from(event_id: int) -> Sequence[int]:
    """Registrations that open nothing: cancelled, declined, waiting, online. So a phone knows their tickets."""
    statement = select(Registration.id).where(
        Registration.event_id == event_id,
        or_(Registration.status != RegistrationStatus.CONFIRMED, Registration.is_online.is_(True)),
    )
    return db.session.scalars(statement.order_by(Registration.id)).all()


def plain(text: str) -> str:
    """Lower case without accents, to sort and to find by; "Zündt" is found by "zundt" and by "zuendt"."""
    signs = (sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return UMLAUT.sub(r"\1", "".join(signs))


def label_of(registration: Registration, number: int) -> str:
    """The name of one person of a party, or who they come with."""
    name = registration.attendees[number].name
    return name or _("%(number)s. Person mit %(name)s", number=number + 1, name=registration.name)


def _party(registration: Registration, arrivals: dict[int, ArrivalEntry], only: Collection[int] | None) -> DoorParty:
    people = [
        _person(attendee.id, label_of(registration, number), arrivals.get(attendee.id))
        for number, attendee in enumerate(registration.attendees)
        if only is None or attendee.id in only
    ]
    return DoorParty(registration.id, registration.link_generation, people)


def _person(attendee_id: int, name: str, arrival: ArrivalEntry | None) -> DoorPerson:
    if arrival is None:
        return DoorPerson(attendee_id, name)
    return DoorPerson(attendee_id, name, arrival.at, arrival.device.name, arrival.uuid)
