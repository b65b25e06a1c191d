"""Who is expected on site, for papers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.attendance.queries.doors import label_of, plain
from app.attendance.queries.seats import Seat, seats_at
from app.db import db
from app.registrations.models import Registration, RegistrationStatus


@dataclass(frozen=True)
class Expected:
    """One person with a place on site; `sorts_as`: who has no name stands with whom they come with."""

    sorts_as: str
    name: str
    organization: str
    seats: Sequence[Seat]


def expected_at(event_id: int) -> list[Expected]:
    """By name. Organisations only of those who come for one."""
    statement = (
        select(Registration)
        .where(
            Registration.event_id == event_id,
            Registration.status == RegistrationStatus.CONFIRMED,
            Registration.is_online.is_(False),
        )
        .options(selectinload(Registration.attendees), joinedload(Registration.organization))
        .order_by(Registration.id)
    )
    seats = seats_at(event_id)
    people = [person for party in db.session.scalars(statement) for person in _people(party, seats)]
    return sorted(people, key=lambda person: person.sorts_as)


def _people(party: Registration, seats: Mapping[int, Sequence[Seat]]) -> list[Expected]:
    organization = party.organization.name if party.organization else party.organization_name
    return [
        Expected(plain(attendee.name or party.name), label_of(party, number), organization, seats.get(attendee.id, ()))
        for number, attendee in enumerate(party.attendees)
    ]
