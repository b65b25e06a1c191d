"""Tickets: one for each person, and one for a whole party."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import NamedTuple

import segno

from app.attendance import codes
from app.attendance.codes import Ticket
from app.attendance.errors import (
    NoTicketYet,
    TicketCancelled,
    TicketForeign,
    TicketForged,
    TicketOutdated,
    TicketOver,
    TicketUnknown,
)
from app.events.models import Event
from app.registrations.models import Attendee, Registration, RegistrationStatus
from app.registrations.queries import get_registration

STILL_GOOD = timedelta(hours=6)  # after the announced end: an evening runs late
WHOLE_PARTY = 0


class Admission(NamedTuple):
    """Whom a ticket lets in."""

    registration: Registration
    attendees: list[Attendee]


def token_of(attendee: Attendee) -> str:
    """The ticket of one person; of a person alone the same as that of the party."""
    registration = attendee.registration
    if registration.persons == 1:
        return token_of_party(registration)
    return codes.write(Ticket(registration.event_id, registration.id, attendee.id, registration.link_generation, 1))


def token_of_party(registration: Registration) -> str:
    """The ticket that lets in all of a party with one scan."""
    return codes.write(
        Ticket(registration.event_id, registration.id, WHOLE_PARTY, registration.link_generation, registration.persons)
    )


def has_ticket(registration: Registration) -> bool:
    return registration.status is RegistrationStatus.CONFIRMED and not registration.is_online


def check_ticket(registration: Registration) -> None:
    """Raise NoTicketYet for a party without a place on site."""
    if not has_ticket(registration):
        raise NoTicketYet


def admit(code: str, event: Event, at: datetime) -> Admission:
    """Whom the code lets in. Raises a NotAdmitted that says why it opens nothing."""
    ticket = codes.read(code)
    if ticket is None:
        raise TicketForged
    if ticket.event_id != event.id:
        raise TicketForeign
    if event.ends_at + STILL_GOOD <= at:
        raise TicketOver
    registration = get_registration(ticket.registration_id)
    if registration is None:
        raise TicketUnknown
    if not has_ticket(registration):
        raise TicketCancelled
    if registration.link_generation != ticket.generation:
        raise TicketOutdated
    attendees = [each for each in registration.attendees if ticket.attendee_id in {WHOLE_PARTY, each.id}]
    if not attendees:
        raise TicketUnknown
    return Admission(registration, attendees)


def qr_svg(token: str) -> str:
    """The code as an SVG document; dark on nothing, with its quiet zone."""
    return str(segno.make(token, error="m").svg_inline(scale=4, border=4))


def qr_png(token: str, scale: int = 8) -> bytes:
    """The code as a picture for a mail."""
    picture = BytesIO()
    segno.make(token, error="m").save(picture, kind="png", scale=scale, border=4)
    return picture.getvalue()
